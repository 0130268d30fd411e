import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { containerNames, signalNames } from '../completion.ts';
import { STOP_FLAGS, stopQuery } from './stop.ts';

/** `docker restart`: one after the other. */
export const restart = defineCommand({
  use: 'restart [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Restart one or more containers',
  top: 'restart [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: STOP_FLAGS,
  complete: containerNames({ all: true }),
  completeFlag: { signal: signalNames },
  *run({ cli, flags, args, changed }) {
    const query = stopQuery(flags, changed('timeout'));
    const failures: string[] = [];
    for (const name of args) {
      const done = yield* cli.call('POST', `/containers/${name}/restart`, { query });
      if (done.ok) yield* cli.out(`${name}\n`);
      else failures.push(done.error.message);
    }
    return failures.length === 0 ? 0 : yield* cli.fail(failures.join('\n'));
  },
});
