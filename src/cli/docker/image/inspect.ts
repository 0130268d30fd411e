import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { string } from '../../command/flag.ts';
import { imageNames } from '../completion.ts';
import { finder } from '../finders.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

/** `docker image inspect`. */
export const inspect = defineCommand({
  use: 'inspect [OPTIONS] IMAGE [IMAGE...]',
  short: 'Show all that is known of one or more images',
  args: atLeast(1),
  flags: {
    format: FORMAT_FLAG,
    platform: string('Only for this platform', { limit: 'without effect: images are for one' }),
  },
  complete: imageNames(Number.POSITIVE_INFINITY),
  *run({ cli, flags, args }) {
    return yield* inspectObjects(cli, args, flags.format, finder(cli, 'image'));
  },
});
