import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { networkNames } from '../completion.ts';
import { finder } from '../finders.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

/** `docker network inspect`. */
export const inspect = defineCommand({
  use: 'inspect [OPTIONS] NETWORK [NETWORK...]',
  short: 'Show all that is known of one or more networks',
  args: atLeast(1),
  flags: {
    format: FORMAT_FLAG,
    verbose: bool('Show what helps to find faults', { short: 'v' }),
  },
  complete: networkNames,
  *run({ cli, flags, args }) {
    return yield* inspectObjects(
      cli,
      args,
      flags.format,
      finder(cli, 'network', flags.verbose ? { verbose: 'true' } : {}),
    );
  },
});
