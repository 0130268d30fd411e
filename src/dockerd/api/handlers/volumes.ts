import { ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Daemon } from '../../daemon.ts';
import { invalid } from '../../fault.ts';
import type { Volume } from '../../volume/volumes.ts';
import { fitsLabels, fitsName, readFilters } from '../filters.ts';
import { readPruneFilters } from '../prune-filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

export const volumeRoutes: readonly Route[] = [
  route('GET', '/volumes', list),
  route('POST', '/volumes/create', function* ({ daemon, body }) {
    const volume = daemon.volumes.create(String(body['Name'] ?? ''), {
      driver: String(body['Driver'] || 'local'),
      labels: (body['Labels'] ?? null) as Record<string, string> | null,
      options: (body['DriverOpts'] ?? null) as Record<string, string> | null,
    });
    return volume.ok ? ok({ status: 201, body: volumeJson(daemon, volume.value) }) : volume;
  }),
  route('POST', '/volumes/prune', prune),
  route('GET', '/volumes/:name', function* ({ daemon, path }) {
    const volume = daemon.volumes.find(path['name'] as string);
    return volume.ok ? ok({ status: 200, body: volumeJson(daemon, volume.value) }) : volume;
  }),
  route('DELETE', '/volumes/:name', function* ({ daemon, path, query }) {
    const volume = daemon.volumes.find(path['name'] as string);
    if (!volume.ok) return query['force'] === '1' || query['force'] === 'true' ? ok({ status: 204 }) : volume;
    const removed = daemon.volumes.remove(volume.value);
    return removed.ok ? ok({ status: 204 }) : removed;
  }),
];

function volumeJson(daemon: Daemon, volume: Volume) {
  const { name, created, labels, options } = volume;
  return {
    CreatedAt: created,
    Driver: 'local',
    Labels: labels,
    Mountpoint: daemon.volumes.mountpoint(volume),
    Name: name,
    Options: options,
    Scope: 'local',
  };
}

/** The volume with what it weighs and how many containers hold it, for `docker system df`. */
export function volumeUsage(daemon: Daemon, volume: Volume) {
  const UsageData = { Size: daemon.volumes.size(volume), RefCount: daemon.volumes.users(volume).length };
  return { ...volumeJson(daemon, volume), UsageData };
}

function* list({ daemon, query }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], ['dangling', 'driver', 'label', 'label!', 'name']);
  if (!filters.ok) return filters;
  const dangling = filters.value.get('dangling')?.[0];
  if (dangling !== undefined && !['0', '1', 'true', 'false'].includes(dangling))
    return invalid(`invalid filter 'dangling=[${dangling}]'`);
  const some = (key: string, test: (value: string) => boolean) => filters.value.get(key)?.some(test) ?? true;
  const volumes = daemon.volumes
    .list()
    .filter(
      (volume) =>
        some('name', (value) => fitsName(volume.name, value)) &&
        some('driver', (value) => value === 'local') &&
        fitsLabels(volume.labels ?? {}, filters.value.get('label') ?? []) &&
        (dangling === undefined ||
          (daemon.volumes.users(volume).length === 0) === (dangling === 'true' || dangling === '1')),
    );
  return ok({ status: 200, body: { Volumes: volumes.map((volume) => volumeJson(daemon, volume)), Warnings: null } });
}

/** Volumes that nobody uses: anonymous ones, or all where the filter `all` is set. */
function* prune({ daemon, query }: Exchange): Sys<Handled> {
  const known = ['all', 'label', 'label!'];
  const filters = readFilters(query['filters'], known);
  if (!filters.ok) return filters;
  const fits = readPruneFilters(query['filters'], daemon.kernel.date(), known);
  if (!fits.ok) return fits;
  const all = ['1', 'true'].includes(filters.value.get('all')?.[0] ?? '');
  const deleted: string[] = [];
  let freed = 0;
  for (const volume of daemon.volumes.list()) {
    if (!all && !volume.anonymous) continue;
    if (!fits.value({ labels: volume.labels ?? {}, created: 0 })) continue;
    const size = daemon.volumes.size(volume);
    if (!daemon.volumes.remove(volume).ok) continue;
    deleted.push(volume.name);
    freed += size;
  }
  daemon.events.emit('volume', 'prune', '', { reclaimed: String(freed) });
  return ok({ status: 200, body: { VolumesDeleted: deleted, SpaceReclaimed: freed } });
}
