import { ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Container } from '../../container/container.ts';
import { inspectContainer, portsOf, summarise } from '../../container/inspect.ts';
import type { Daemon } from '../../daemon.ts';
import { type Answer, invalid } from '../../fault.ts';
import { type Filters, fitsLabels, fitsName, readFilters } from '../filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';
import { sizesOf } from './files.ts';

const FILTERS = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];
const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const HEALTH = ['none', 'starting', 'healthy', 'unhealthy'];

const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';
const anyOf = (words: readonly string[]) => `must be one of ${words.join(', ')}`;

export const containerListRoutes: readonly Route[] = [
  route('GET', '/containers/json', list),
  route('GET', '/containers/:id/json', function* ({ daemon, path, query }) {
    const container = daemon.containers.find(path['id'] as string);
    if (!container.ok) return container;
    const sizes = isSet(query['size']) ? sizesOf(container.value) : {};
    return ok({ status: 200, body: { ...inspectContainer(daemon, container.value, sizes) } });
  }),
];

function* list({ daemon, query }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], FILTERS);
  if (!filters.ok) return filters;
  const problem = checkValues(filters.value);
  if (!problem.ok) return problem;
  const range = rangeOf(daemon, filters.value);
  if (!range.ok) return range;
  const limit = Number(query['limit'] ?? 0);
  const all = isSet(query['all']) || limit > 0 || filters.value.has('status');
  const fitting = range.value.filter(
    (container) =>
      (all || container.running || container.lifecycle.state === 'restarting') &&
      fits(daemon, container, filters.value),
  );
  return ok({
    status: 200,
    body: (limit > 0 ? fitting.slice(0, limit) : fitting).map((container) => ({
      ...summarise(daemon, container),
      ...(isSet(query['size']) && sizesOf(container)),
    })),
  });
}

/** Values that mean nothing (daemon/list.go, foldFilter). */
function checkValues(filters: Filters): Answer<void> {
  for (const value of filters.get('exited') ?? [])
    if (!/^[+-]?\d+$/.test(value))
      return invalid(`invalid filter 'exited=${value}': strconv.Atoi: parsing "${value}": invalid syntax`);
  for (const value of filters.get('status') ?? [])
    if (!STATES.includes(value))
      return invalid(`invalid filter 'status=${value}': invalid value for state (${value}): ${anyOf(STATES)}`);
  for (const value of filters.get('health') ?? [])
    if (!HEALTH.includes(value))
      return invalid(`invalid filter 'health=${value}': invalid value for health (${value}): ${anyOf(HEALTH)}`);
  return ok();
}

/** The containers between those of `before` and `since`, newest first. */
function rangeOf(daemon: Daemon, filters: Filters): Answer<readonly Container[]> {
  let containers = daemon.containers.list();
  for (const name of filters.get('before') ?? []) {
    const found = daemon.containers.find(name);
    if (!found.ok) return found;
    containers = containers.slice(containers.indexOf(found.value) + 1);
  }
  for (const name of filters.get('since') ?? []) {
    const found = daemon.containers.find(name);
    if (!found.ok) return found;
    const at = containers.indexOf(found.value);
    if (at >= 0) containers = containers.slice(0, at);
  }
  return ok(containers);
}

function fits(daemon: Daemon, container: Container, filters: Filters): boolean {
  const some = (key: string, test: (value: string) => boolean) => filters.get(key)?.some(test) ?? true;
  const { lifecycle, mounts, config } = container;
  const stopped = !container.running && lifecycle.state !== 'restarting' && container.startedDate > 0;
  return (
    some('id', (value) => container.id.startsWith(value)) &&
    some('name', (value) => fitsName(container.name, value) || fitsName(`/${container.name}`, value)) &&
    some('is-task', (value) => !isSet(value)) &&
    some('status', (value) => lifecycle.state === value) &&
    some('exited', (value) => stopped && container.exitCode === Number(value)) &&
    some('network', (value) => isOnNetwork(container, value)) &&
    some('ancestor', (value) => daemon.images.find(value) === container.image) &&
    some('volume', (value) => mounts.some((mount) => [mount.volume ?? mount.source, mount.target].includes(value))) &&
    (filters.has('publish') || filters.has('expose') ? portFits(container, filters) : true) &&
    some('health', (value) => (container.health?.status ?? 'none') === value) &&
    fitsLabels(config.Labels, filters.get('label') ?? [])
  );
}

function isOnNetwork(container: Container, value: string): boolean {
  return [...container.networks].some(
    ([name, { networkId }]) => name === value || (networkId !== '' && networkId.startsWith(value)),
  );
}

/** `publish` looks at ports of the host, `expose` at the container's own; `8000-8010/udp` is a range. */
function portFits(container: Container, filters: Filters): boolean {
  const covers = (value: string, port: number, type: string) => {
    const [numbers = '', protocol = 'tcp'] = value.split('/');
    const [from, to = from] = numbers.split('-').map(Number) as [number, number?];
    return type === protocol && from <= port && port <= (to ?? from);
  };
  return portsOf(container).some(
    ({ PrivatePort, PublicPort, Type }) =>
      (filters.get('publish') ?? []).some((value) => PublicPort !== undefined && covers(value, PublicPort, Type)) ||
      (filters.get('expose') ?? []).some((value) => covers(value, PrivatePort, Type)),
  );
}
