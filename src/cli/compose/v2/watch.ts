import { bool } from '../../command/flag.ts';
import { defineVerb } from './verb.ts';

export const watch = defineVerb({
  use: 'watch [SERVICE...]',
  short: 'Watch build context for service and rebuild/refresh containers when files are updated',
  flags: {
    quiet: bool('hide build output'),
    prune: bool('Prune dangling images on rebuild', { initial: true }),
    'no-up': bool('Do not build & start services before watching'),
  },
  *run({ compose, args }) {
    const project = yield* compose.toProject(args);
    if (!project.ok) return yield* compose.console.fail(project.error);
    const watched = project.value.services.some((service) => service.source['develop'] !== undefined);
    return yield* compose.console.fail(
      watched
        ? 'docker compose watch: nothing is rebuilt or copied on this simulated host; a file that is mounted ("volumes:") is seen at once'
        : "none of the selected services is configured for watch, consider setting a 'develop' section",
    );
  },
});
