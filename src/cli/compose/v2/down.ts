import { down as takeDown } from '../../../compose/v2/down.ts';
import { noSuchService } from '../../../compose/v2/selection.ts';
import { bool, int, string } from '../../command/flag.ts';
import { noCompletion } from './completion.ts';
import { isTruthy } from './create-options.ts';
import { defineVerb } from './verb.ts';

export const down = defineVerb({
  use: 'down [OPTIONS] [SERVICES]',
  short: 'Stop and remove containers, networks',
  complete: noCompletion,
  flags: {
    'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
    timeout: int('Seconds until a container is killed', { short: 't' }),
    volumes: bool('Remove named volumes of the Compose file and anonymous volumes of containers', { short: 'v' }),
    volume: bool('', { hidden: true, sameAs: 'volumes' }),
    rmi: string('Remove images used by services ("local"|"all")'),
  },
  *run({ compose, args, flags, changed }) {
    const { console, proc } = compose;
    if (changed('volume')) yield* console.warn('--volume is deprecated, please use --volumes');
    if (!['', 'all', 'local'].includes(flags.rmi))
      return yield* console.fail(`invalid value for --rmi: ${JSON.stringify(flags.rmi)}`);
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* console.fail(named.error);
    const project = yield* compose.resolve(named.value);
    if (!project.ok) return yield* console.fail(project.error);
    const unknown = args.find((name) => !project.value.services.some((service) => service.name === name));
    if (unknown !== undefined && named.value.project) return yield* console.fail(noSuchService(project.value, unknown));
    const services = args.filter((name) => project.value.services.some((service) => service.name === name));
    if (args.length > 0 && services.length === 0) return 0;
    return yield* compose.operate('Running', (task) =>
      takeDown(task, project.value, {
        services,
        timeout: changed('timeout') ? flags.timeout : undefined,
        volumes: flags.volumes,
        removeOrphans: flags['remove-orphans'] || isTruthy(proc.env.get('COMPOSE_REMOVE_ORPHANS')),
        // Images "without a custom tag" are those that were built, of which there are none here.
        images: flags.rmi === 'all',
      }),
    );
  },
});
