import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { networkThenContainer } from '../completion.ts';
import { pathPart } from '../path-part.ts';

/** `docker network disconnect`. */
export const disconnect = defineCommand({
  use: 'disconnect [OPTIONS] NETWORK CONTAINER',
  short: 'Disconnect a container from a network',
  args: exactly(2),
  flags: { force: bool('Even if the container is gone', { short: 'f' }) },
  complete: networkThenContainer,
  *run({ cli, flags, args: [network = '', container = ''] }) {
    const done = yield* cli.call('POST', `/networks/${pathPart(network)}/disconnect`, {
      body: { Container: container, Force: flags.force },
    });
    return done.ok ? 0 : yield* cli.fail(done.error.message);
  },
});
