import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { containerNames } from '../completion.ts';
import { finder } from '../finders.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

/** `docker container inspect`. */
export const inspect = defineCommand({
  use: 'inspect [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Show all that is known of one or more containers',
  args: atLeast(1),
  flags: {
    format: FORMAT_FLAG,
    size: bool('Show how much it wrote', { short: 's' }),
  },
  complete: containerNames({ all: true }),
  *run({ cli, flags, args }) {
    return yield* inspectObjects(cli, args, flags.format, finder(cli, 'container', flags.size ? { size: '1' } : {}));
  },
});
