import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { asData } from '../../../compose/model/normalise.ts';
import { ofServices, projectContainers } from '../../../compose/v2/containers.ts';
import { removeStopped } from '../../../compose/v2/lifecycle.ts';
import { serviceNames } from '../../../compose/v2/project.ts';
import { stopServices } from '../../../compose/v2/stop.ts';
import { bool } from '../../command/flag.ts';
import { confirm } from '../../docker/confirm.ts';
import { defineVerb } from './verb.ts';

export const rm = defineVerb({
  use: 'rm [OPTIONS] [SERVICE...]',
  short: 'Removes stopped service containers',
  long: 'Removes stopped service containers\n\nAnonymous volumes stay, unless -v is given ("docker volume ls" lists them).',
  flags: {
    force: bool("Don't ask to confirm removal", { short: 'f' }),
    stop: bool('Stop the containers, if required, before removing', { short: 's' }),
    volumes: bool('Remove any anonymous volumes attached to containers', { short: 'v' }),
    all: bool('', { short: 'a', hidden: true }),
  },
  *run({ compose, args, flags }) {
    const { console, engine, cli } = compose;
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* console.fail(named.error);
    const { project, name } = named.value;
    if (flags.stop) {
      const resolved = yield* compose.resolve(named.value);
      if (!resolved.ok) return yield* console.fail(resolved.error);
      const stopped = yield* compose.operate('Stopping', (task) =>
        stopServices(task, resolved.value, { services: args }),
      );
      if (stopped !== 0) return stopped;
    }
    const listed = yield* projectContainers({ engine }, name, { services: args });
    if (!listed.ok) return yield* console.fail(listed.error);
    const own = project ? ofServices(listed.value, serviceNames(project)) : listed.value;
    const stopped: ContainerSummary[] = [];
    for (const container of own) {
      const inspected = yield* engine.inspectContainer(container.id);
      if (inspected.ok && asData(inspected.value['State'])['Running'] !== true) stopped.push(container);
    }
    if (stopped.length === 0) {
      yield* console.error('No stopped containers\n');
      return 0;
    }
    const question = `Going to remove ${stopped.map((each) => each.name).join(', ')}`;
    if (flags.force) yield* console.out(`${question}\n`);
    else if (!(yield* confirm(cli, `? ${question}`))) return 0;
    return yield* compose.operate('Removing', (task) =>
      removeStopped(task, stopped, { force: flags.force, volumes: flags.volumes }),
    );
  },
});
