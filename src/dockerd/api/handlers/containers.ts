import { ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Container } from '../../container/container.ts';
import { inspectContainer, summarise } from '../../container/inspect.ts';
import { type Answer, conflict, invalid } from '../../fault.ts';
import { type Filters, fitsLabels, readFilters } from '../filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

const FILTERS = [
  'ancestor',
  'before',
  'expose',
  'exited',
  'health',
  'id',
  'isolation',
  'is-task',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

const found = ({ daemon, path }: Exchange): Answer<Container> => daemon.containers.find(path['id'] as string);
const done = (answer: Answer<void>, status = 204): Handled => (answer.ok ? ok({ status }) : answer);

/** Acts on one container and answers without a body. */
function act(perform: (exchange: Exchange, container: Container) => Sys<Answer<void>>) {
  return function* (exchange: Exchange): Sys<Handled> {
    const container = found(exchange);
    return container.ok ? done(yield* perform(exchange, container.value)) : container;
  };
}

function* now(answer: Answer<void>): Sys<Answer<void>> {
  return answer;
}

const seconds = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Number(text);
const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';

export const containerRoutes: readonly Route[] = [
  route('GET', '/containers/json', list),
  route('POST', '/containers/create', function* ({ daemon, proc, query, body }) {
    const created = yield* daemon.containers.create(proc, query['name'] || undefined, body);
    return created.ok ? ok({ status: 201, body: { Id: created.value.id, Warnings: [] } }) : created;
  }),
  route('POST', '/containers/prune', prune),
  route('GET', '/containers/:id/json', function* (exchange) {
    const container = found(exchange);
    return container.ok ? ok({ status: 200, body: inspectContainer(exchange.daemon, container.value) }) : container;
  }),
  route('POST', '/containers/:id/start', function* (exchange) {
    const container = found(exchange);
    if (!container.ok) return container;
    if (container.value.running && container.value.lifecycle.state !== 'paused') return ok({ status: 304 });
    return done(yield* exchange.daemon.containers.start(exchange.proc, container.value));
  }),
  route('POST', '/containers/:id/stop', function* (exchange) {
    const container = found(exchange);
    if (!container.ok) return container;
    const { state } = container.value.lifecycle;
    if (!container.value.running && state !== 'restarting') return ok({ status: 304 });
    return done(
      yield* exchange.daemon.containers.stop(
        exchange.proc,
        container.value,
        seconds(exchange.query['t']),
        exchange.query['signal'],
      ),
    );
  }),
  route(
    'POST',
    '/containers/:id/restart',
    act(({ daemon, proc, query }, container) => daemon.containers.restart(proc, container, seconds(query['t']))),
  ),
  route(
    'POST',
    '/containers/:id/kill',
    act(({ daemon, proc, query }, container) => daemon.containers.kill(proc, container, query['signal'] ?? '')),
  ),
  route(
    'POST',
    '/containers/:id/pause',
    act(({ daemon }, container) => now(daemon.containers.pause(container))),
  ),
  route(
    'POST',
    '/containers/:id/unpause',
    act(({ daemon }, container) => now(daemon.containers.unpause(container))),
  ),
  route(
    'POST',
    '/containers/:id/rename',
    act(({ daemon, query }, container) => now(daemon.containers.rename(container, query['name'] ?? ''))),
  ),
  route(
    'DELETE',
    '/containers/:id',
    act(({ daemon, proc, query }, container) =>
      daemon.containers.remove(proc, container, { force: isSet(query['force']), volumes: isSet(query['v']) }),
    ),
  ),
  route('POST', '/containers/:id/wait', wait),
  route('GET', '/containers/:id/top', top),
  route('POST', '/containers/:id/update', function* (exchange) {
    const container = found(exchange);
    if (!container.ok) return container;
    const policy = exchange.body['RestartPolicy'] as Container['hostConfig']['RestartPolicy'] | undefined;
    if (policy) Object.assign(container.value.hostConfig, { RestartPolicy: policy });
    return ok({ status: 200, body: { Warnings: [] } });
  }),
];

function* list({ daemon, query }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], FILTERS);
  if (!filters.ok) return filters;
  const limit = Number(query['limit'] ?? 0);
  const all = isSet(query['all']) || limit > 0 || filters.value.has('status') || filters.value.has('exited');
  const fitting = daemon.containers
    .list()
    .filter(
      (container) =>
        (all || container.running || container.lifecycle.state === 'restarting') && fits(container, filters.value),
    );
  return ok({
    status: 200,
    body: (limit > 0 ? fitting.slice(0, limit) : fitting).map((container) => summarise(daemon, container)),
  });
}

function fits(container: Container, filters: Filters): boolean {
  const some = (key: string, test: (value: string) => boolean) => {
    const values = filters.get(key);
    return values === undefined || values.some(test);
  };
  return (
    some('id', (value) => container.id.startsWith(value)) &&
    some('name', (value) => nameFits(container.name, value)) &&
    some('status', (value) => container.lifecycle.state === value) &&
    some('exited', (value) => container.lifecycle.state === 'exited' && String(container.exitCode) === value) &&
    some('network', (value) =>
      [...container.endpoints.values()].some(({ network }) => network.name === value || network.id.startsWith(value)),
    ) &&
    some(
      'ancestor',
      (value) =>
        container.imageName === value ||
        container.image.tags.includes(value) ||
        container.image.tags.includes(`${value}:latest`) ||
        container.image.id.includes(value),
    ) &&
    some('volume', (value) =>
      container.mounts.some((mount) => mount.volume === value || mount.target === value || mount.source === value),
    ) &&
    some('publish', (value) => container.ports.some((port) => String(port.hostPort) === value.split('/')[0])) &&
    some('expose', (value) =>
      Object.keys(container.config.ExposedPorts ?? {}).some((port) => port.split('/')[0] === value.split('/')[0]),
    ) &&
    some('health', (value) => (container.health?.status ?? 'none') === value) &&
    fitsLabels(container.config.Labels, filters.get('label') ?? [])
  );
}

/** The name filter is a regular expression, with or without the leading slash. */
function nameFits(name: string, pattern: string): boolean {
  try {
    const expression = new RegExp(pattern);
    return expression.test(name) || expression.test(`/${name}`);
  } catch {
    return name.includes(pattern);
  }
}

function* prune({ daemon, proc }: Exchange): Sys<Handled> {
  const deleted: string[] = [];
  for (const container of daemon.containers
    .list()
    .filter((each) => !each.running && each.lifecycle.state !== 'restarting')) {
    const removed = yield* daemon.containers.remove(proc, container, { force: false, volumes: false });
    if (removed.ok) deleted.push(container.id);
  }
  return ok({ status: 200, body: { ContainersDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: 0 } });
}

function* wait({ daemon, proc, path, query }: Exchange): Sys<Handled> {
  const container = daemon.containers.find(path['id'] as string);
  if (!container.ok) return container;
  const { value } = container;
  const condition = query['condition'] ?? 'not-running';
  const removed = () => !daemon.containers.find(value.id).ok;
  const started = value.startedAt;
  const over = () =>
    condition === 'removed'
      ? removed()
      : condition === 'next-exit'
        ? value.startedAt !== started || (!value.running && value.startedDate > 0)
        : !value.running;
  yield* daemon.containers.waitUntil(proc, value, over);
  return ok({ status: 200, body: { StatusCode: value.exitCode } });
}

function* top({ daemon, path, query }: Exchange): Sys<Handled> {
  const container = daemon.containers.find(path['id'] as string);
  if (!container.ok) return container;
  const { namespaces, id } = container.value;
  if (!container.value.running || !namespaces) return conflict(`container ${id} is not running`);
  if (query['ps_args'] && query['ps_args'] !== '-ef')
    return invalid('this simulated host knows the columns of "ps -ef" only');
  const host = daemon.kernel.hostNamespaces.pids;
  const clock = (ns: number) => {
    const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
    const seconds = ns / 1e9;
    return `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}`;
  };
  const start = daemon.kernel.date() - Math.floor(daemon.kernel.queue.now / 1e6);
  const processes = [...namespaces.pids.tasks.values()].map((task) => {
    const began = clock((start % 86_400_000) * 1e6 + task.started);
    return [
      'root',
      String(task.pids.get(host)),
      String(task.parent?.pids.get(host) ?? 1),
      '0',
      began,
      task.group.session.tty?.name ?? '?',
      '00:00:00',
      task.argv.join(' '),
    ];
  });
  return ok({
    status: 200,
    body: { Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], Processes: processes },
  });
}
