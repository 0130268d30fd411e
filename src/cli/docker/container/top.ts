import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { alignTabs, TOP_LAYOUT } from '../../format/table.ts';
import { containerNames } from '../completion.ts';

/** `docker top`: what ps(1) on the host says of a container's processes. */
export const top = defineCommand({
  use: 'top CONTAINER [ps OPTIONS]',
  short: 'Display the running processes of a container',
  top: 'top CONTAINER [ps OPTIONS]',
  args: atLeast(1),
  interspersed: false,
  complete: containerNames({ all: false }),
  *run({ cli, args: [name = '', ...options] }) {
    const query: Record<string, string> = options.length > 0 ? { ps_args: options.join(' ') } : {};
    const answer = yield* cli.call<{ Titles: string[]; Processes: string[][] }>('GET', `/containers/${name}/top`, {
      query,
    });
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const rows = [answer.value.Titles, ...answer.value.Processes];
    yield* cli.out(alignTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), TOP_LAYOUT));
    return 0;
  },
});
