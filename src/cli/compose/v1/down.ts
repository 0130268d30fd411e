import { down as takeDown } from '../../../compose/v1/down.ts';
import { TIMEOUT, timeoutOf, type Verb } from './verb.ts';

export const down: Verb = {
  name: 'down',
  short: 'Stop and remove resources',
  args: '[options]',
  options: [
    {
      long: '--rmi',
      value: 'type',
      help: 'Remove images: "all" or "local" (images are fixed on this host).',
      limit: 'says that it removes none',
    },
    { short: '-v', long: '--volumes', help: 'Remove the named volumes of the file, and anonymous ones.' },
    { long: '--remove-orphans', help: 'Remove containers of services that the file no longer has.' },
    TIMEOUT,
  ],
  *run(context) {
    const { console, engine, project, parsed } = context;
    if (parsed.values.has('--rmi')) yield* console.warning('This simulated host keeps its images: --rmi removes none.');
    const whole = yield* takeDown(engine, console, project, {
      volumes: parsed.flags.has('--volumes'),
      removeOrphans: parsed.flags.has('--remove-orphans'),
      timeout: timeoutOf(context),
    });
    return whole ? 0 : 1;
  },
};
