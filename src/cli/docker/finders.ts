import { err, ok } from '../../base/result.ts';
import type { Cli } from './cli.ts';
import type { Finder } from './inspect-objects.ts';
import { pathPart } from './path-part.ts';

export const OBJECT_TYPES = [
  'config',
  'container',
  'image',
  'network',
  'node',
  'plugin',
  'secret',
  'service',
  'task',
  'volume',
] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** How an object of a kind is asked for; failures carry the HTTP status for those who try one kind after another. */
const REQUESTS: Readonly<Record<ObjectType, readonly [goType: string, path: (name: string) => string]>> = {
  container: ['container.InspectResponse', (name) => `/containers/${name}/json`],
  image: ['image.InspectResponse', (name) => `/images/${pathPart(name)}/json`],
  network: ['network.Inspect', (name) => `/networks/${pathPart(name)}`],
  volume: ['volume.Volume', (name) => `/volumes/${name}`],
  plugin: ['types.Plugin', (name) => `/plugins/${pathPart(name)}/json`],
  service: ['swarm.Service', (name) => `/services/${name}`],
  task: ['swarm.Task', (name) => `/tasks/${name}`],
  node: ['swarm.Node', (name) => `/nodes/${name}`],
  secret: ['swarm.Secret', (name) => `/secrets/${name}`],
  config: ['swarm.Config', (name) => `/configs/${name}`],
};

/** Finds objects of one kind. */
export function finder(cli: Cli, type: ObjectType, query: Readonly<Record<string, string>> = {}): Finder {
  const [goType, path] = REQUESTS[type];
  return function* (name) {
    const answer = yield* cli.call('GET', path(name), { query });
    return answer.ok ? ok({ goType, json: answer.value }) : err(answer.error.message);
  };
}

/** Finds whatever bears the name: a container first, then an image, a network, a volume, a plugin. */
export function anyFinder(cli: Cli, query: Readonly<Record<string, string>>): Finder {
  return function* (name) {
    for (const type of ['container', 'image', 'network', 'volume', 'plugin'] as const) {
      const [goType, path] = REQUESTS[type];
      const answer = yield* cli.call('GET', path(name), { query: type === 'container' ? query : {} });
      if (answer.ok) return ok({ goType, json: answer.value });
      const { status, message } = answer.error;
      if (status !== 404 && status !== 501 && !/not supported|invalid reference format/.test(message))
        return err(message);
    }
    return err(`Error: No such object: ${name}`);
  };
}
