import { projectContainers } from '../../../compose/v2/containers.ts';
import { down } from '../../../compose/v2/down.ts';
import { engineWords } from '../../../compose/v2/task.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { bool } from '../../command/flag.ts';
import { defineVerb } from './verb.ts';

export const wait = defineVerb({
  use: 'wait SERVICE [SERVICE...] [OPTIONS]',
  short: 'Block until containers of all (or specified) services stop.',
  args: atLeast(1),
  flags: { 'down-project': bool('Drops project when the first container stops') },
  *run({ compose, args, flags }) {
    const { console, engine } = compose;
    const named = yield* compose.projectOrName();
    if (!named.ok) return yield* console.fail(named.error);
    const { name } = named.value;
    const listed = yield* projectContainers({ engine }, name, { oneOff: 'include', all: false, services: args });
    if (!listed.ok) return yield* console.fail(listed.error);
    if (listed.value.length === 0) return yield* console.fail(`no containers for project ${JSON.stringify(name)}`);
    let status = 0;
    // Waiting for one after the other ends when the last has ended; what each says doesn't change.
    for (const { id } of listed.value) {
      const ended = yield* engine.waitContainer(id);
      if (!ended.ok) return yield* console.fail(engineWords(ended.error), 42);
      yield* console.out(`container ${JSON.stringify(id)} exited with status code ${ended.value}\n`);
      status = ended.value;
    }
    if (!flags['down-project']) return status;
    const project = yield* compose.resolve(named.value);
    if (!project.ok) return yield* console.fail(project.error);
    const options = { services: [], timeout: undefined, volumes: false, removeOrphans: true, images: false };
    const failed = yield* compose.operate('Running', (task) => down(task, project.value, options));
    return failed === 0 ? status : failed;
  },
});
