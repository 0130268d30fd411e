import { ok } from '../../../base/result.ts';
import { MILLISECOND } from '../../../sim/clock.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { connect, disconnect } from '../../container/networking.ts';
import { type Answer, failure, invalid, notFound } from '../../fault.ts';
import type { EndpointSettings } from '../../libnetwork/endpoint.ts';
import type { Network } from '../../libnetwork/network.ts';
import type { CreateNetwork } from '../../libnetwork/networks.ts';
import { parseTime } from '../../timestamp.ts';
import { fitsLabels, fitsName, readFilters } from '../filters.ts';
import { readPruneFilters } from '../prune-filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

const FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];
const CREATE_TIME = 80 * MILLISECOND;

export const networkRoutes: readonly Route[] = [
  route('GET', '/networks', list),
  route('POST', '/networks/create', function* ({ daemon, proc, body }) {
    yield* proc.sleep(CREATE_TIME);
    const created = daemon.networks.create(body as unknown as CreateNetwork);
    return created.ok ? ok({ status: 201, body: { Id: created.value.id, Warning: '' } }) : created;
  }),
  route('POST', '/networks/prune', function* ({ daemon, query }) {
    const fits = readPruneFilters(query['filters'], daemon.kernel.date());
    if (!fits.ok) return fits;
    const deleted: string[] = [];
    for (const network of daemon.networks.list()) {
      const { labels } = network.settings;
      if (network.isPredefined || isUsed(network)) continue;
      if (!fits.value({ labels, created: parseTime(network.created) })) continue;
      if (daemon.networks.remove(network).ok) deleted.push(network.name);
    }
    daemon.events.emit('network', 'prune', '', { reclaimed: '0' });
    return ok({ status: 200, body: { NetworksDeleted: deleted.length > 0 ? deleted : null } });
  }),
  route('GET', '/networks/:id', function* ({ daemon, path }) {
    const network = daemon.networks.find(path['id'] as string);
    return network.ok ? ok({ status: 200, body: network.value.inspect() }) : network;
  }),
  route('DELETE', '/networks/:id', function* ({ daemon, path, proc }) {
    const network = daemon.networks.find(path['id'] as string);
    if (!network.ok) return network;
    yield* proc.sleep(CREATE_TIME);
    const removed = daemon.networks.remove(network.value);
    return removed.ok ? ok({ status: 204 }) : removed;
  }),
  route(
    'POST',
    '/networks/:id/connect',
    change((exchange, network) => {
      const container = exchange.daemon.containers.find(String(exchange.body['Container']));
      if (!container.ok) return notFound(container.error.message);
      return connect(
        exchange.daemon,
        container.value,
        network,
        (exchange.body['EndpointConfig'] ?? {}) as EndpointSettings,
      );
    }),
  ),
  route(
    'POST',
    '/networks/:id/disconnect',
    change((exchange, network) => {
      const container = exchange.daemon.containers.find(String(exchange.body['Container']));
      return container.ok ? disconnect(exchange.daemon, container.value, network) : container;
    }),
  ),
];

function change(act: (exchange: Exchange, network: Network) => Answer<void>) {
  return function* (exchange: Exchange): Sys<Handled> {
    const network = exchange.daemon.networks.find(exchange.path['id'] as string);
    if (!network.ok) return network;
    const changed = act(exchange, network.value);
    return changed.ok ? ok({ status: 200 }) : changed;
  };
}

/** Containers that don't run have no endpoint, and hold no network. */
const isUsed = (network: Network) => [...network.endpoints].some((endpoint) => endpoint.active);

/** GetNetworks looks at what a list shows, which never has containers: every network of one's own is dangling. */
const isDangling = (network: Network) => !network.isPredefined;

function* list({ daemon, query }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], FILTERS);
  if (!filters.ok) return filters;
  const [dangling, ...more] = filters.value.get('dangling') ?? [];
  if (more.length > 0) return invalid('got more than one value for filter key "dangling"');
  if (dangling !== undefined && !['0', '1', 'false', 'true'].includes(dangling))
    return invalid('invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")');
  const unknown = filters.value.get('type')?.find((value) => value !== 'builtin' && value !== 'custom');
  if (unknown !== undefined) return failure(`invalid filter: 'type'='${unknown}'`);
  const some = (key: string, test: (value: string) => boolean) => {
    const values = filters.value.get(key);
    return values === undefined || values.some(test);
  };
  const networks = daemon.networks
    .list()
    .filter(
      (network) =>
        some('name', (value) => fitsName(network.name, value)) &&
        some('id', (value) => fitsName(network.id, value)) &&
        some('driver', (value) => network.driver === value) &&
        some('scope', (value) => value === 'local') &&
        some('type', (value) => network.isPredefined === (value === 'builtin')) &&
        some('dangling', (value) => isDangling(network) === (value === 'true' || value === '1')) &&
        fitsLabels(network.settings.labels, filters.value.get('label') ?? []),
    );
  return ok({ status: 200, body: networks.map((network) => ({ ...network.inspect(), Containers: {} })) });
}
