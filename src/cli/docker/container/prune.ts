import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { humanSize } from '../../format/units.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { filterFlag, filterQuery, type Filters } from '../filters.ts';

/** What a prune took away: its report, and the bytes that it freed. */
export interface Pruned {
  readonly report: string;
  readonly reclaimed: number;
}

/** Removes all stopped containers. */
export function* pruneContainers(cli: Cli, filters: Filters): Sys<Result<Pruned, string>> {
  const answer = yield* cli.call<{ ContainersDeleted: string[] | null; SpaceReclaimed?: number }>(
    'POST',
    '/containers/prune',
    { query: filterQuery(filters) },
  );
  if (!answer.ok) return err(answer.error.message);
  const deleted = answer.value.ContainersDeleted ?? [];
  const report = deleted.length === 0 ? '' : `Deleted Containers:\n${deleted.map((id) => `${id}\n`).join('')}`;
  return ok({ report, reclaimed: deleted.length === 0 ? 0 : (answer.value.SpaceReclaimed ?? 0) });
}

/** `docker container prune`. */
export const prune = defineCommand({
  use: 'prune [OPTIONS]',
  short: 'Remove all stopped containers',
  args: noArguments,
  flags: {
    force: bool("Don't ask", { short: 'f' }),
    filter: filterFlag('Only those that fulfil a condition (until=24h)', null),
  },
  *run({ cli, flags }) {
    const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?';
    if (!flags.force && !(yield* confirm(cli, question))) return 0;
    const pruned = yield* pruneContainers(cli, flags.filter);
    if (!pruned.ok) return yield* cli.fail(pruned.error);
    const report = pruned.value.report === '' ? '' : `${pruned.value.report}\n`;
    yield* cli.out(`${report}Total reclaimed space: ${humanSize(pruned.value.reclaimed)}\n`);
    return 0;
  },
});
