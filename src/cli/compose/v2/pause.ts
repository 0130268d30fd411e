import { pauseServices, unpauseServices } from '../../../compose/v2/lifecycle.ts';
import { defineVerb } from './verb.ts';

export const pause = defineVerb({
  use: 'pause [SERVICE...]',
  short: 'Pause services',
  *run({ compose, args }) {
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* compose.console.fail(named.error);
    const { project, name } = named.value;
    return yield* compose.operate('Pausing', (task) => pauseServices(task, project, name, args));
  },
});

export const unpause = defineVerb({
  use: 'unpause [SERVICE...]',
  short: 'Unpause services',
  *run({ compose, args }) {
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* compose.console.fail(named.error);
    const { project, name } = named.value;
    return yield* compose.operate('Running', (task) => unpauseServices(task, project, name, args));
  },
});
