import { ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { conflict, failure, notFound } from '../../fault.ts';
import { fitsLabels, readFilters } from '../filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

const VERSION = '28.5.2';
const API_VERSION = '1.51';

export const systemRoutes: readonly Route[] = [
  route('GET', '/_ping', function* () {
    return ok({ status: 200, body: 'OK' });
  }),
  route('GET', '/version', function* () {
    return ok({
      status: 200,
      body: {
        Version: VERSION,
        ApiVersion: API_VERSION,
        MinAPIVersion: '1.24',
        Os: 'linux',
        Arch: 'amd64',
        KernelVersion: '6.18.44',
        GoVersion: '',
        GitCommit: '',
        BuildTime: '',
        Platform: { Name: 'Docker Engine - Community' },
        Components: [
          {
            Name: 'Engine',
            Version: VERSION,
            Details: { ApiVersion: API_VERSION, Os: 'linux', Arch: 'amd64', MinAPIVersion: '1.24' },
          },
        ],
      },
    });
  }),
  route('GET', '/info', function* ({ daemon }) {
    const containers = daemon.containers.list();
    const count = (state: string) => containers.filter((each) => each.lifecycle.state === state).length;
    return ok({
      status: 200,
      body: {
        Containers: containers.length,
        ContainersRunning: count('running'),
        ContainersPaused: count('paused'),
        ContainersStopped: containers.length - count('running') - count('paused'),
        Images: daemon.images.images.length,
        Driver: 'overlay2',
        LoggingDriver: 'json-file',
        CgroupDriver: 'systemd',
        CgroupVersion: '2',
        Plugins: { Volume: ['local'], Network: ['bridge', 'host', 'null'] },
        KernelVersion: '6.18.44',
        OperatingSystem: 'Ubuntu 24.04 LTS (simulated)',
        OSType: 'linux',
        Architecture: 'x86_64',
        NCPU: 2,
        MemTotal: 4 * 2 ** 30,
        DockerRootDir: '/var/lib/docker',
        Name: daemon.kernel.hostNamespaces.uts.hostname,
        ServerVersion: VERSION,
        Swarm: { LocalNodeState: 'inactive' },
      },
    });
  }),
  route('GET', '/events', events),
  route('GET', '/system/df', function* ({ daemon }) {
    const images = daemon.images.images.map((image) => ({
      Id: image.id,
      RepoTags: image.tags,
      Size: image.definition.size,
      Containers: daemon.containers.list().filter((each) => each.image === image).length,
    }));
    return ok({
      status: 200,
      body: {
        LayersSize: images.reduce((sum, { Size }) => sum + Size, 0),
        Images: images,
        Containers: [],
        Volumes: daemon.volumes.list().map((each) => ({ Name: each.name, UsageData: { Size: 0, RefCount: 0 } })),
        BuildCache: [],
      },
    });
  }),
  route('GET', '/images/json', listImages),
  route('POST', '/images/create', pull),
  route('GET', '/images/:name*/json', function* ({ daemon, path }) {
    const image = daemon.images.find(path['name'] as string);
    if (!image) return notFound(`No such image: ${withTag(path['name'] as string)}`);
    const { config, created, size } = image.definition;
    return ok({
      status: 200,
      body: {
        Id: image.id,
        RepoTags: image.tags,
        RepoDigests: [],
        Parent: '',
        Comment: '',
        Created: created,
        DockerVersion: '',
        Author: '',
        Config: config,
        Architecture: 'amd64',
        Os: 'linux',
        Size: size,
        GraphDriver: { Data: {}, Name: 'overlay2' },
        RootFS: { Type: 'layers', Layers: [image.id] },
        Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
      },
    });
  }),
  route('DELETE', '/images/:name*', function* ({ daemon, path }) {
    const image = daemon.images.find(path['name'] as string);
    if (!image) return notFound(`No such image: ${withTag(path['name'] as string)}`);
    return conflict(
      `conflict: unable to delete ${path['name']}: the images of this simulated host are fixed, because it has no registry to pull them from again`,
    );
  }),
  route('GET', '/volumes', function* ({ daemon }) {
    return ok({
      status: 200,
      body: { Volumes: daemon.volumes.list().map((volume) => volumeJson(daemon, volume.name)), Warnings: null },
    });
  }),
  route('POST', '/volumes/create', function* ({ daemon, body }) {
    const volume = daemon.volumes.create(
      String(body['Name'] ?? ''),
      (body['Labels'] ?? null) as Record<string, string> | null,
      (body['DriverOpts'] ?? null) as Record<string, string> | null,
    );
    return volume.ok ? ok({ status: 201, body: volumeJson(daemon, volume.value.name) }) : volume;
  }),
  route('POST', '/volumes/prune', function* ({ daemon }) {
    const deleted = daemon.volumes.list().filter((volume) => volume.anonymous && daemon.volumes.remove(volume).ok);
    return ok({ status: 200, body: { VolumesDeleted: deleted.map((volume) => volume.name), SpaceReclaimed: 0 } });
  }),
  route('GET', '/volumes/:name', function* ({ daemon, path }) {
    const volume = daemon.volumes.find(path['name'] as string);
    return volume.ok ? ok({ status: 200, body: volumeJson(daemon, volume.value.name) }) : volume;
  }),
  route('DELETE', '/volumes/:name', function* ({ daemon, path }) {
    const volume = daemon.volumes.find(path['name'] as string);
    if (!volume.ok) return volume;
    const removed = daemon.volumes.remove(volume.value);
    return removed.ok ? ok({ status: 204 }) : removed;
  }),
];

const withTag = (name: string) => (/:[^/]+$/.test(name) ? name : `${name}:latest`);

function volumeJson(daemon: Exchange['daemon'], name: string) {
  const volume = daemon.volumes.find(name);
  if (!volume.ok) return {};
  const { created, labels, options } = volume.value;
  return {
    CreatedAt: created,
    Driver: 'local',
    Labels: labels,
    Mountpoint: daemon.volumes.mountpoint(volume.value),
    Name: name,
    Options: options,
    Scope: 'local',
  };
}

function* listImages({ daemon }: Exchange): Sys<Handled> {
  return ok({
    status: 200,
    body: daemon.images.images.map(({ id, tags, definition }) => ({
      Id: id,
      ParentId: '',
      RepoTags: tags,
      RepoDigests: [],
      Created: Math.floor(dateOf(definition.created) / 1000),
      Size: definition.size,
      SharedSize: -1,
      Labels: definition.config.Labels ?? null,
      Containers: -1,
    })),
  });
}

/** Milliseconds of an RFC 3339 text in UTC. */
function dateOf(text: string): number {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text.split(/[-T:.Z]/).map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const yearOfEra = y - era * 400;
  const days =
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
  return (days * 86_400 + hour * 3600 + minute * 60 + second) * 1000;
}

/** There is no registry: pulling fails where a real engine without a network fails, with a line that says what there is. */
function* pull({ daemon, query }: Exchange): Sys<Handled> {
  const name = `${query['fromImage'] ?? ''}:${query['tag'] || 'latest'}`;
  if (daemon.images.find(name)) return ok({ status: 200, body: { status: `Status: Image is up to date for ${name}` } });
  const [server = 'localhost'] = daemon.resolvConf().servers;
  const have = daemon.images.images.flatMap((image) => image.tags).join(', ');
  return failure(
    `Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on ${server}:53: no such host\nThis simulated host has no registry. Its images are: ${have}`,
  );
}

function* events({ daemon, proc, query, connection }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], [
    'config',
    'container',
    'daemon',
    'event',
    'image',
    'label',
    'network',
    'node',
    'plugin',
    'scope',
    'secret',
    'service',
    'type',
    'volume',
  ]);
  if (!filters.ok) return filters;
  yield* connection.begin(200);
  const log = daemon.events;
  const since = query['since'] ? Number(query['since']) : Number.POSITIVE_INFINITY;
  const until = query['until'] ? Number(query['until']) * 1000 : Number.POSITIVE_INFINITY;
  const some = (key: string, test: (value: string) => boolean) => filters.value.get(key)?.some(test) ?? true;
  const task = daemon.kernel.taskOf(proc);
  const file = task.files.get(connection.fd);
  let next = since === Number.POSITIVE_INFINITY ? log.dropped + log.list.length : log.dropped;
  for (;;) {
    for (; next < log.dropped + log.list.length; next++) {
      const event = log.list[next - log.dropped];
      if (!event || event.time < (since === Number.POSITIVE_INFINITY ? 0 : since) || event.time * 1000 > until)
        continue;
      const { Attributes, ID } = event.Actor;
      const wanted =
        some('type', (value) => event.Type === value) &&
        some('event', (value) => event.Action === value || event.Action.startsWith(`${value}:`)) &&
        some(
          'container',
          (value) => event.Type === 'container' && (ID.startsWith(value) || Attributes['name'] === value),
        ) &&
        some(
          'network',
          (value) => event.Type === 'network' && (ID.startsWith(value) || Attributes['name'] === value),
        ) &&
        fitsLabels(Attributes, filters.value.get('label') ?? []);
      if (wanted && !(yield* connection.send({ object: event }))) return 'streamed';
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
