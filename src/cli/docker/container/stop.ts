import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { int, string } from '../../command/flag.ts';
import { containerNames, signalNames } from '../completion.ts';

/** What `docker stop` and `docker restart` take alike. */
export const STOP_FLAGS = {
  signal: string('Signal to send first', { short: 's' }),
  timeout: int('Seconds to wait until it is killed', { short: 't' }),
  time: int('Seconds to wait until it is killed', { sameAs: 'timeout', deprecated: 'use --timeout instead' }),
} as const;

/** The query of a stop or restart. */
export function stopQuery(flags: { readonly signal: string; readonly timeout: number }, timed: boolean) {
  return {
    ...(flags.signal === '' ? {} : { signal: flags.signal }),
    ...(timed ? { t: String(flags.timeout) } : {}),
  };
}

/** `docker stop`. */
export const stop = defineCommand({
  use: 'stop [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Stop one or more running containers',
  top: 'stop [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: STOP_FLAGS,
  complete: containerNames({ all: false }),
  completeFlag: { signal: signalNames },
  *run({ cli, flags, args, changed }) {
    const query = stopQuery(flags, changed('timeout'));
    return yield* cli.forEach(args, (name) => ['POST', `/containers/${name}/stop`, { query }]);
  },
});
