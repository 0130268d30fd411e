import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { volumeNames } from '../completion.ts';
import { finder } from '../finders.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

/** `docker volume inspect`. */
export const inspect = defineCommand({
  use: 'inspect [OPTIONS] VOLUME [VOLUME...]',
  short: 'Show all that is known of one or more volumes',
  args: atLeast(1),
  flags: {
    format: FORMAT_FLAG,
  },
  complete: volumeNames,
  *run({ cli, flags, args }) {
    return yield* inspectObjects(cli, args, flags.format, finder(cli, 'volume'));
  },
});
