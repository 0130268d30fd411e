import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { string } from '../../command/flag.ts';
import { containerNames, signalNames } from '../completion.ts';

/** `docker kill`. */
export const kill = defineCommand({
  use: 'kill [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Kill one or more running containers',
  top: 'kill [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: { signal: string('Signal to send', { short: 's' }) },
  complete: containerNames({ all: false }),
  completeFlag: { signal: signalNames },
  *run({ cli, flags, args }) {
    const query: Record<string, string> = flags.signal === '' ? {} : { signal: flags.signal };
    return yield* cli.forEach(args, (name) => ['POST', `/containers/${name}/kill`, { query }]);
  },
});
