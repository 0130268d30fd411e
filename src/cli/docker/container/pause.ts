import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { containerNames } from '../completion.ts';

/** `docker pause`. */
export const pause = defineCommand({
  use: 'pause CONTAINER [CONTAINER...]',
  short: 'Pause all processes within one or more containers',
  top: 'pause CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: containerNames({ all: false, state: ['running'] }),
  *run({ cli, args }) {
    return yield* cli.forEach(args, (name) => ['POST', `/containers/${name}/pause`]);
  },
});
