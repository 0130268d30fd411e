import { withSelectedServices } from '../../../compose/v2/selection.ts';
import { start as startProject } from '../../../compose/v2/start.ts';
import { defineVerb } from './verb.ts';

export const start = defineVerb({
  use: 'start [SERVICE...]',
  short: 'Start services',
  *run({ compose, args }) {
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* compose.console.fail(named.error);
    const resolved = yield* compose.resolve(named.value);
    if (!resolved.ok) return yield* compose.console.fail(resolved.error);
    if (!named.value.project && resolved.value.services.length === 0)
      return yield* compose.console.fail(
        `no container found for project ${JSON.stringify(named.value.name)}: not found`,
      );
    const project = named.value.project ? resolved : withSelectedServices(resolved.value, args);
    if (!project.ok) return yield* compose.console.fail(project.error);
    return yield* compose.operate('Running', (task) => startProject(task, project.value));
  },
});
