import { create as createProject } from '../../../compose/v2/create.ts';
import { CREATE_FLAGS, createConflict, createOptions, withCreateFlags } from './create-options.ts';
import { defineVerb } from './verb.ts';

export const create = defineVerb({
  use: 'create [OPTIONS] [SERVICE...]',
  short: 'Creates containers for a service',
  flags: CREATE_FLAGS,
  *run({ compose, args, flags, changed }) {
    const conflict = createConflict(flags);
    if (conflict !== null) return yield* compose.console.fail(conflict);
    const loaded = yield* compose.toProject(args);
    const project = loaded.ok ? withCreateFlags(loaded.value, flags, changed('pull')) : loaded;
    if (!project.ok) return yield* compose.console.fail(project.error);
    const options = createOptions(flags, project.value, args);
    return yield* compose.operate('Creating', (task) => createProject(task, project.value, options));
  },
});
