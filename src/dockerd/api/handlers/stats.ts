import { ok } from '../../../base/result.ts';
import { SECOND } from '../../../sim/clock.ts';
import { statsOf } from '../../container/stats.ts';
import { route, type Route } from '../router.ts';

/** What a container uses: once, or every second for as long as somebody listens. */
export const statsRoutes: readonly Route[] = [
  route('GET', '/containers/:id/stats', function* ({ daemon, proc, path, query, connection }) {
    const container = daemon.containers.find(path['id'] as string);
    if (!container.ok) return container;
    if (query['stream'] === '0' || query['stream'] === 'false')
      return ok({ status: 200, body: statsOf(daemon, container.value) });
    yield* connection.begin(200);
    while (daemon.containers.find(container.value.id).ok) {
      if (!(yield* connection.send({ object: statsOf(daemon, container.value) }))) break;
      yield* proc.sleep(SECOND);
    }
    return 'streamed';
  }),
];
