import { unavailable } from '../../fault.ts';
import { route, type Route } from '../router.ts';

/** What an engine outside of any swarm says to whoever asks for something of one (daemon/cluster/errors.go, errNoSwarm). */
const NO_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

const LISTS = ['configs', 'nodes', 'secrets', 'services', 'tasks'];

const refuse = (method: string, pattern: string): Route =>
  route(method, pattern, function* () {
    return unavailable(NO_MANAGER);
  });

/** Swarm mode isn't modelled: everything behind it is refused as by an engine that hasn't joined one. */
export const swarmRoutes: readonly Route[] = [
  refuse('GET', '/swarm'),
  refuse('GET', '/swarm/unlockkey'),
  refuse('POST', '/swarm/update'),
  route('POST', '/swarm/leave', function* () {
    return unavailable('This node is not part of a swarm');
  }),
  ...LISTS.flatMap((list) => [
    refuse('GET', `/${list}`),
    refuse('POST', `/${list}/create`),
    refuse('GET', `/${list}/:id`),
    refuse('GET', `/${list}/:id/logs`),
    refuse('POST', `/${list}/:id/update`),
    refuse('DELETE', `/${list}/:id`),
  ]),
];
