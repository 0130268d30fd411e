import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import type { WaitAnswer } from '../api-objects.ts';
import { containerNames } from '../completion.ts';

/** `docker wait`. */
export const wait = defineCommand({
  use: 'wait CONTAINER [CONTAINER...]',
  short: 'Wait until one or more containers stop, and print their exit codes',
  top: 'wait CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: containerNames({ all: false }),
  *run({ cli, args }) {
    const failures: string[] = [];
    for (const name of args) {
      const answer = yield* cli.call<WaitAnswer>('POST', `/containers/${name}/wait`);
      if (answer.ok) yield* cli.out(`${answer.value.StatusCode}\n`);
      else failures.push(answer.error.message);
    }
    return failures.length === 0 ? 0 : yield* cli.fail(failures.join('\n'));
  },
});
