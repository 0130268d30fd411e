import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { containerNames } from '../completion.ts';

/** `docker unpause`. */
export const unpause = defineCommand({
  use: 'unpause CONTAINER [CONTAINER...]',
  short: 'Let the processes of one or more containers run on',
  top: 'unpause CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: containerNames({ all: false, state: ['paused'] }),
  *run({ cli, args }) {
    return yield* cli.forEach(args, (name) => ['POST', `/containers/${name}/unpause`]);
  },
});
