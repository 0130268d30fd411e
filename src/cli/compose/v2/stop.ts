import { stopServices } from '../../../compose/v2/stop.ts';
import { int } from '../../command/flag.ts';
import { defineVerb } from './verb.ts';

export const stop = defineVerb({
  use: 'stop [OPTIONS] [SERVICE...]',
  short: 'Stop services',
  flags: { timeout: int('Seconds until a container is killed', { short: 't' }) },
  *run({ compose, args, flags, changed }) {
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* compose.console.fail(named.error);
    const project = yield* compose.resolve(named.value);
    if (!project.ok) return yield* compose.console.fail(project.error);
    const timeout = changed('timeout') ? flags.timeout : undefined;
    return yield* compose.operate('Stopping', (task) => stopServices(task, project.value, { services: args, timeout }));
  },
});
