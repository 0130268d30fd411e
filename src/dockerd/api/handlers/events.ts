import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { EngineEvent } from '../../events.ts';
import { invalid } from '../../fault.ts';
import { nameOfTag } from '../../image/reference.ts';
import { type Filters, fitsLabels, readFilters } from '../filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

const NAMED = ['config', 'container', 'daemon', 'network', 'node', 'plugin', 'secret', 'service', 'volume'];
const FILTERS = [...NAMED, 'event', 'image', 'label', 'scope', 'type'];
/** Actions that carry a text behind a colon: the filter may leave it out. */
const WITH_TEXT = ['health_status', 'exec_create', 'exec_start'];

export const eventRoutes: readonly Route[] = [route('GET', '/events', events)];

/** Whether an event is one that is asked for (daemon/events/filter.go, Include): names and ids by their beginnings. */
export function fitsEvent(event: EngineEvent, filters: Filters): boolean {
  const { Attributes, ID } = event.Actor;
  const { name = '' } = Attributes;
  const some = (key: string, test: (value: string) => boolean) => filters.get(key)?.some(test) ?? true;
  const byText = filters.get('event')?.some((value) => WITH_TEXT.includes(value)) ?? false;
  const image = event.Type === 'image' ? name : (Attributes['image'] ?? '');
  return (
    some('type', (value) => event.Type === value) &&
    some('scope', (value) => event.scope === value) &&
    some('event', (value) => (byText ? event.Action.startsWith(value) : event.Action === value)) &&
    some('image', (value) => [ID, image, nameOfTag(ID), nameOfTag(image)].includes(value)) &&
    NAMED.every((key) => some(key, (value) => ID.startsWith(value) || name.startsWith(value))) &&
    fitsLabels(Attributes, filters.get('label') ?? [])
  );
}

/** What has happened since a time, then what happens until one; without them only the latter, for ever. */
function* events({ daemon, proc, query, connection }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], FILTERS);
  if (!filters.ok) return filters;
  const since = query['since'] ? Number(query['since']) * 1000 : null;
  const until = query['until'] ? Number(query['until']) * 1000 : Number.POSITIVE_INFINITY;
  if (since !== null && since > until)
    return invalid(`\`since\` time (${query['since']}) cannot be after \`until\` time (${query['until']})`);
  yield* connection.begin(200);
  const log = daemon.events;
  const task = daemon.kernel.taskOf(proc);
  const file = task.files.get(connection.fd);
  let next = since === null && until === Number.POSITIVE_INFINITY ? log.length : log.dropped;
  for (;;) {
    for (; next < log.length; next++) {
      const event = log.at(next);
      if (!event) continue;
      const date = event.timeNano / 1e6;
      if (date < (since ?? 0) || date > until || !fitsEvent(event, filters.value)) continue;
      if (!(yield* connection.send({ object: event }))) return 'streamed';
    }
    const left = until - daemon.kernel.date();
    if (left <= 0) return 'streamed';
    if (file?.readable() && (yield* connection.receive()) === undefined) return 'streamed';
    yield* task.waitOn(
      [log.changed, ...(file ? [file.changed] : [])],
      left === Number.POSITIVE_INFINITY ? left : proc.now() + left * 1e6,
    );
  }
}
