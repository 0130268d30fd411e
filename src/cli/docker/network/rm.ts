import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { networkNames } from '../completion.ts';
import { pathPart } from '../path-part.ts';

/** `docker network rm`. */
export const rm = defineCommand({
  use: 'rm NETWORK [NETWORK...]',
  short: 'Remove one or more networks',
  aliases: ['remove'],
  args: atLeast(1),
  flags: { force: bool("Say nothing about networks that don't exist", { short: 'f' }) },
  complete: networkNames,
  *run({ cli, flags, args }) {
    let status = 0;
    for (const name of args) {
      const removed = yield* cli.call('DELETE', `/networks/${pathPart(name)}`);
      if (removed.ok) yield* cli.out(`${name}\n`);
      else if (!flags.force || removed.error.status !== 404) status = yield* cli.fail(removed.error.message);
    }
    // docker prints the status itself as the last line of its error.
    return status === 0 ? 0 : yield* cli.fail(`exit status ${status}`, status);
  },
});
