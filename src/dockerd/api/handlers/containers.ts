import { err, ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Container } from '../../container/container.ts';
import { type Answer, conflict, notFound } from '../../fault.ts';
import { readPruneFilters } from '../prune-filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';
import { sizesOf } from './files.ts';

/** Names of what this machine is. */
const PLATFORMS = ['', 'linux', 'amd64', 'linux/amd64', 'linux/x86_64'];

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

/** The same answer, its failure behind words that tell what was tried. */
function* trying<T>(words: string, answering: Sys<Answer<T>>): Sys<Answer<T>> {
  const answer = yield* answering;
  return answer.ok ? answer : err({ ...answer.error, message: `${words}: ${answer.error.message}` });
}

const seconds = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Number(text);
const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';

export const containerRoutes: readonly Route[] = [
  route('POST', '/containers/create', function* ({ daemon, proc, query, body }) {
    const { platform = '' } = query;
    const name = String(body['Image'] ?? '');
    if (!PLATFORMS.includes(platform) && daemon.images.find(name))
      return notFound(
        `image with reference ${name} was found but does not match the specified platform: wanted ${platform}, actual: linux/amd64`,
      );
    const created = yield* daemon.containers.create(proc, query['name'] || undefined, body);
    if (!created.ok) return created;
    const { container, warnings } = created.value;
    return ok({ status: 201, body: { Id: container.id, Warnings: warnings } });
  }),
  route('POST', '/containers/prune', prune),
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
    const { daemon, proc, path, query } = exchange;
    const stopping = daemon.containers.stop(proc, container.value, seconds(query['t']), query['signal']);
    return done(yield* trying(`cannot stop container: ${path['id']}`, stopping));
  }),
  route(
    'POST',
    '/containers/:id/restart',
    act(({ daemon, proc, path, query }, container) =>
      trying(
        `Cannot restart container ${path['id']}`,
        daemon.containers.restart(proc, container, seconds(query['t']), query['signal']),
      ),
    ),
  ),
  route('POST', '/containers/:id/kill', function* ({ daemon, proc, path: { id = '' }, query }) {
    const container = daemon.containers.find(id);
    const killing = container.ok
      ? daemon.containers.kill(proc, container.value, query['signal'] ?? '')
      : now(container);
    return done(yield* trying(`cannot kill container: ${id}`, killing));
  }),
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
    act(({ daemon, proc, path: { id = '' }, query }, container) => {
      if (container.removing) return now(conflict(`removal of container ${id} is already in progress`));
      const how = { force: isSet(query['force']), volumes: isSet(query['v']) };
      return trying(`cannot remove container ${JSON.stringify(id)}`, daemon.containers.remove(proc, container, how));
    }),
  ),
  route('POST', '/containers/:id/wait', wait),
  route('POST', '/containers/:id/update', function* (exchange) {
    const container = found(exchange);
    if (!container.ok) return container;
    const updated = exchange.daemon.containers.update(container.value, exchange.body);
    return updated.ok ? ok({ status: 200, body: { Warnings: updated.value } }) : updated;
  }),
];

function* prune({ daemon, proc, query }: Exchange): Sys<Handled> {
  const fits = readPruneFilters(query['filters'], daemon.kernel.date());
  if (!fits.ok) return fits;
  const deleted: string[] = [];
  let freed = 0;
  for (const container of daemon.containers.list().toReversed()) {
    if (container.running || container.lifecycle.state === 'restarting') continue;
    if (!fits.value({ labels: container.config.Labels, created: container.createdDate })) continue;
    const { SizeRw } = sizesOf(container);
    const removed = yield* daemon.containers.remove(proc, container, { force: false, volumes: false });
    if (!removed.ok) continue;
    deleted.push(container.id);
    freed += SizeRw;
  }
  daemon.events.emit('container', 'prune', '', { reclaimed: String(freed) });
  return ok({ status: 200, body: { ContainersDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: freed } });
}

function* wait({ daemon, proc, path, query }: Exchange): Sys<Handled> {
  const container = daemon.containers.find(path['id'] as string);
  if (!container.ok) return container;
  const { value } = container;
  const condition = query['condition'] ?? 'not-running';
  const removed = () => !daemon.containers.find(value.id).ok;
  const finished = value.finishedAt;
  const over = () =>
    condition === 'removed' ? removed() : condition === 'next-exit' ? value.finishedAt !== finished : !value.running;
  yield* daemon.containers.waitUntil(proc, value, over);
  return ok({ status: 200, body: { StatusCode: value.exitCode } });
}
