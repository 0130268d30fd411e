import { killServices } from '../../../compose/v2/lifecycle.ts';
import { bool, string } from '../../command/flag.ts';
import { signalNames } from '../../docker/completion.ts';
import { isTruthy } from './create-options.ts';
import { defineVerb } from './verb.ts';

export const kill = defineVerb({
  use: 'kill [OPTIONS] [SERVICE...]',
  short: 'Force stop service containers',
  flags: {
    'remove-orphans': bool('Also containers of services not defined in the Compose file'),
    signal: string('Signal to send to the container', { short: 's', initial: 'SIGKILL' }),
  },
  completeFlag: { signal: signalNames },
  *run({ compose, args, flags }) {
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* compose.console.fail(named.error);
    const project = yield* compose.resolve(named.value);
    if (!project.ok) return yield* compose.console.fail(project.error);
    const removeOrphans = flags['remove-orphans'] || isTruthy(compose.proc.env.get('COMPOSE_REMOVE_ORPHANS'));
    return yield* compose.operate('Killing', (task) =>
      killServices(task, project.value, { services: args, signal: flags.signal, removeOrphans }),
    );
  },
});
