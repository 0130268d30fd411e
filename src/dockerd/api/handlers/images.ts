import { ok } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { failure } from '../../fault.ts';
import { historyOf } from '../../image/history.ts';
import type { Image } from '../../image/image.ts';
import { fitsReference } from '../../image/reference.ts';
import { parseTime } from '../../timestamp.ts';
import { fitsLabels, readFilters } from '../filters.ts';
import { readPruneFilters } from '../prune-filters.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

const FILTERS = ['before', 'dangling', 'label', 'label!', 'reference', 'since', 'until'];
const PRUNE_FILTERS = ['dangling', 'label', 'label!', 'until'];

const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';
const createdAt = (image: Image): number => parseTime(image.definition.created);

export const imageRoutes: readonly Route[] = [
  route('GET', '/images/json', list),
  route('GET', '/images/search', search),
  route('POST', '/images/create', pull),
  route('POST', '/images/prune', function* ({ daemon, query }) {
    const filters = readFilters(query['filters'], PRUNE_FILTERS);
    if (!filters.ok) return filters;
    const dangling = filters.value.get('dangling')?.[0] ?? 'true';
    const fits = readPruneFilters(query['filters'], daemon.kernel.date(), PRUNE_FILTERS);
    if (!fits.ok) return fits;
    const { removed, freed } = daemon.images.prune({
      all: dangling === 'false' || dangling === '0',
      fits: (image) => fits.value({ labels: image.definition.config.Labels ?? {}, created: createdAt(image) }),
    });
    return ok({ status: 200, body: { ImagesDeleted: removed.length > 0 ? removed : null, SpaceReclaimed: freed } });
  }),
  route('GET', '/images/:name*/json', function* ({ daemon, path }) {
    const image = daemon.images.get(path['name'] as string);
    return image.ok ? ok({ status: 200, body: inspectImage(image.value) }) : image;
  }),
  route('GET', '/images/:name*/history', function* ({ daemon, path }) {
    const found = daemon.images.get(path['name'] as string);
    if (!found.ok) return found;
    const image = found.value;
    const body = historyOf(image).map(({ createdBy, size }, i) => ({
      Id: i === 0 ? image.id : '<missing>',
      Created: Math.floor(createdAt(image) / 1000),
      CreatedBy: createdBy,
      Tags: i === 0 ? image.tags : null,
      Size: size,
      Comment: '',
    }));
    return ok({ status: 200, body });
  }),
  route('POST', '/images/:name*/tag', function* ({ daemon, path, query }) {
    const image = daemon.images.get(path['name'] as string);
    if (!image.ok) return image;
    daemon.images.tag(image.value, `${query['repo'] ?? ''}:${query['tag'] || 'latest'}`);
    return ok({ status: 201 });
  }),
  route('POST', '/images/:name*/push', push),
  route('DELETE', '/images/:name*', function* ({ daemon, path, query }) {
    const removed = daemon.images.remove(path['name'] as string, { force: isSet(query['force']) });
    return removed.ok ? ok({ status: 200, body: removed.value }) : removed;
  }),
];

/** The image as `docker image inspect` shows it. */
function inspectImage(image: Image): Record<string, unknown> {
  const { config, created, size } = image.definition;
  return {
    Id: image.id,
    RepoTags: image.tags,
    RepoDigests: [],
    Parent: '',
    Comment: '',
    Created: created,
    DockerVersion: '',
    Author: '',
    Architecture: 'amd64',
    Os: 'linux',
    Size: size,
    GraphDriver: { Data: {}, Name: 'overlay2' },
    RootFS: { Type: 'layers', Layers: image.layers },
    Metadata: { LastTagTime: created },
    Config: {
      Cmd: config.Cmd ?? null,
      Entrypoint: config.Entrypoint ?? null,
      Env: config.Env ?? null,
      ...(config.ExposedPorts && { ExposedPorts: config.ExposedPorts }),
      Labels: config.Labels ?? null,
      OnBuild: null,
      ...(config.StopSignal && { StopSignal: config.StopSignal }),
      User: config.User ?? '',
      Volumes: config.Volumes ?? null,
      WorkingDir: config.WorkingDir ?? '',
    },
  };
}

/** A line of `docker images`. */
export function summariseImage(image: Image): Record<string, unknown> {
  return {
    Id: image.id,
    ParentId: '',
    RepoTags: image.tags,
    RepoDigests: [],
    Created: Math.floor(createdAt(image) / 1000),
    Size: image.definition.size,
    SharedSize: -1,
    Labels: image.definition.config.Labels ?? null,
    Containers: -1,
  };
}

function* list({ daemon, query }: Exchange): Sys<Handled> {
  const filters = readFilters(query['filters'], FILTERS);
  if (!filters.ok) return filters;
  const one = (key: 'before' | 'since') => {
    const [name] = filters.value.get(key) ?? [];
    return name === undefined ? ok(null) : daemon.images.get(name);
  };
  const before = one('before');
  if (!before.ok) return before;
  const since = one('since');
  if (!since.ok) return since;
  const patterns = filters.value.get('reference');
  const dangling = filters.value.get('dangling')?.[0];
  const until = filters.value.get('until')?.[0];
  const images = daemon.images.list().filter((image) => {
    const labels = image.definition.config.Labels ?? {};
    return (
      (!before.value || createdAt(image) < createdAt(before.value)) &&
      (!since.value || createdAt(image) > createdAt(since.value)) &&
      (until === undefined || createdAt(image) < Number(until) * 1000) &&
      (dangling === undefined || (image.tags.length === 0) === (dangling === 'true' || dangling === '1')) &&
      fitsLabels(labels, filters.value.get('label') ?? []) &&
      !(filters.value.get('label!') ?? []).some((each) => fitsLabels(labels, [each])) &&
      (patterns === undefined || image.tags.some((tag) => patterns.some((pattern) => fitsReference(tag, pattern))))
    );
  });
  return ok({
    status: 200,
    body: images.map((image) => ({
      ...summariseImage(image),
      // A pattern shows of an image's names those that fit.
      ...(patterns && { RepoTags: image.tags.filter((tag) => patterns.some((each) => fitsReference(tag, each))) }),
    })),
  });
}

/** What is said where a name can't be resolved, and the host has no registry's name in any way. */
export function noSuchHost({ daemon }: Exchange, host: string, url: string): string {
  const [server = 'localhost'] = daemon.resolvConf().servers;
  return `Get "${url}": dial tcp: lookup ${host} on ${server}:53: no such host`;
}

/** There is no registry: pulling fails where a real engine without a network fails. */
function* pull(exchange: Exchange): Sys<Handled> {
  const { host } = registryOf(exchange.query['fromImage'] ?? '');
  return failure(noSuchHost(exchange, host.replace(/:\d+$/, ''), `https://${host}/v2/`));
}

/** The image is looked for, and then the registry that it would go to. */
function* push(exchange: Exchange): Sys<Handled> {
  const { daemon, path, query, connection } = exchange;
  const name = path['name'] as string;
  const repository = registryOf(name).path;
  yield* connection.begin(200);
  yield* connection.send({ object: { status: `The push refers to repository [${repository}]` } });
  const known = daemon.images.find(`${name}:${query['tag'] || 'latest'}`);
  const { host } = registryOf(name);
  const error = known
    ? noSuchHost(exchange, host.replace(/:\d+$/, ''), `https://${host}/v2/`)
    : `An image does not exist locally with the tag: ${name}`;
  yield* connection.send({ object: { error, errorDetail: { message: error } } });
  return 'streamed';
}

/** Where an image's name says that it comes from. */
function registryOf(name: string): { readonly host: string; readonly path: string } {
  const [first = '', ...rest] = name.split('/');
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (named && first !== 'docker.io') return { host: first, path: name };
  const short = named ? rest.join('/') : name;
  return { host: 'registry-1.docker.io', path: `docker.io/${short.includes('/') ? short : `library/${short}`}` };
}

/** The index of Docker Hub is asked by way of HTTP, and is not there either. */
function* search(exchange: Exchange): Sys<Handled> {
  const term = encodeURIComponent(exchange.query['term'] ?? '');
  const url = `https://index.docker.io/v1/search?q=${term}&n=${exchange.query['limit'] || '25'}`;
  return failure(noSuchHost(exchange, 'index.docker.io', url));
}
