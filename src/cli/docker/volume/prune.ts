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

/** Removes the volumes that no container uses: anonymous ones, or all. */
export function* pruneVolumes(cli: Cli, filters: Filters): Sys<Result<Pruned, string>> {
  const answer = yield* cli.call<{ VolumesDeleted: string[] | null; SpaceReclaimed?: number }>(
    'POST',
    '/volumes/prune',
    { query: filterQuery(filters) },
  );
  if (!answer.ok) return err(answer.error.message);
  const deleted = answer.value.VolumesDeleted ?? [];
  const report = deleted.length === 0 ? '' : `Deleted Volumes:\n${deleted.map((name) => `${name}\n`).join('')}`;
  return ok({ report, reclaimed: deleted.length === 0 ? 0 : (answer.value.SpaceReclaimed ?? 0) });
}

/** `docker volume prune`. */
export const prune = defineCommand({
  use: 'prune [OPTIONS]',
  short: 'Remove local volumes that nothing uses',
  args: noArguments,
  flags: {
    all: bool('Named volumes as well, not only anonymous ones', { short: 'a' }),
    filter: filterFlag('Only those that fulfil a condition (label=a)', null),
    force: bool("Don't ask", { short: 'f' }),
  },
  *run({ cli, flags }) {
    const which = flags.all ? 'all' : 'anonymous';
    const question = `WARNING! This will remove ${which} local volumes not used by at least one container.\nAre you sure you want to continue?`;
    if (!flags.force && !(yield* confirm(cli, question))) return 0;
    const filters = flags.all ? new Map(flags.filter).set('all', ['true']) : flags.filter;
    const pruned = yield* pruneVolumes(cli, filters);
    if (!pruned.ok) return yield* cli.fail(pruned.error);
    const report = pruned.value.report === '' ? '' : `${pruned.value.report}\n`;
    yield* cli.out(`${report}Total reclaimed space: ${humanSize(pruned.value.reclaimed)}\n`);
    return 0;
  },
});
