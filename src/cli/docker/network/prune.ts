import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import type { Pruned } from '../container/prune.ts';
import { filterFlag, filterQuery, type Filters } from '../filters.ts';

/** Removes the networks that no container uses. */
export function* pruneNetworks(cli: Cli, filters: Filters): Sys<Result<Pruned, string>> {
  const answer = yield* cli.call<{ NetworksDeleted: string[] | null }>('POST', '/networks/prune', {
    query: filterQuery(filters),
  });
  if (!answer.ok) return err(answer.error.message);
  const deleted = answer.value.NetworksDeleted ?? [];
  const report = deleted.length === 0 ? '' : `Deleted Networks:\n${deleted.map((name) => `${name}\n`).join('')}`;
  return ok({ report, reclaimed: 0 });
}

/** `docker network prune`. */
export const prune = defineCommand({
  use: 'prune [OPTIONS]',
  short: 'Remove all networks that nothing uses',
  args: noArguments,
  flags: {
    force: bool("Don't ask", { short: 'f' }),
    filter: filterFlag('Only those that fulfil a condition (until=24h)', null),
  },
  *run({ cli, flags }) {
    const question =
      'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?';
    if (!flags.force && !(yield* confirm(cli, question))) return 0;
    const pruned = yield* pruneNetworks(cli, flags.filter);
    if (!pruned.ok) return yield* cli.fail(pruned.error);
    yield* cli.out(pruned.value.report === '' ? '' : `${pruned.value.report}\n`);
    return 0;
  },
});
