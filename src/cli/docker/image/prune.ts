import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { humanSize } from '../../format/units.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import type { Pruned } from '../container/prune.ts';
import { filterFlag, filterQuery, type Filters } from '../filters.ts';

/** Removes images without a tag, or with `all` every image that no container uses. */
export function* pruneImages(cli: Cli, filters: Filters, all: boolean): Sys<Result<Pruned, string>> {
  const answer = yield* cli.call<{
    ImagesDeleted: { Deleted?: string; Untagged?: string }[] | null;
    SpaceReclaimed?: number;
  }>('POST', '/images/prune', { query: filterQuery(new Map(filters).set('dangling', [String(!all)])) });
  if (!answer.ok) return err(answer.error.message);
  const deleted = answer.value.ImagesDeleted ?? [];
  const lines = deleted.map((each) =>
    each.Untagged === undefined ? `deleted: ${each.Deleted}\n` : `untagged: ${each.Untagged}\n`,
  );
  const report = deleted.length === 0 ? '' : `Deleted Images:\n${lines.join('')}`;
  return ok({ report, reclaimed: deleted.length === 0 ? 0 : (answer.value.SpaceReclaimed ?? 0) });
}

/** `docker image prune`. */
export const prune = defineCommand({
  use: 'prune [OPTIONS]',
  short: 'Remove images that nothing uses',
  args: noArguments,
  flags: {
    all: bool('Every image that no container uses, not only those without a tag', { short: 'a' }),
    filter: filterFlag('Only those that fulfil a condition (until=24h)', null),
    force: bool("Don't ask", { short: 'f' }),
  },
  *run({ cli, flags }) {
    const which = flags.all ? 'all images without at least one container associated to them' : 'all dangling images';
    const question = `WARNING! This will remove ${which}.\nAre you sure you want to continue?`;
    if (!flags.force && !(yield* confirm(cli, question))) return 0;
    const pruned = yield* pruneImages(cli, flags.filter, flags.all);
    if (!pruned.ok) return yield* cli.fail(pruned.error);
    const report = pruned.value.report === '' ? '' : `${pruned.value.report}\n`;
    yield* cli.out(`${report}Total reclaimed space: ${humanSize(pruned.value.reclaimed)}\n`);
    return 0;
  },
});
