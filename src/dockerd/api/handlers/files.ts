import { ok } from '../../../base/result.ts';
import { emitTar, parseTar } from '../../../base/tar.ts';
import { changesOf, diskUsage } from '../../../kernel/fs/layers.ts';
import { exportFiles, extractArchive, readArchive, statPath } from '../../container/archive.ts';
import { overlayOf } from '../../container/root.ts';
import { findUser } from '../../container/user.ts';
import { invalid } from '../../fault.ts';
import { route, type Route } from '../router.ts';

const KINDS = { C: 0, A: 1, D: 2 } as const;
const NO_PATH = 'bad parameter: path cannot be empty';

const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';

/** Routes about a container's files. An archive is the body itself; of HEAD the body is what HTTP has in a header. */
export const fileRoutes: readonly Route[] = [
  route('HEAD', '/containers/:id/archive', function* ({ daemon, path: { id = '' }, query }) {
    const container = daemon.containers.find(id);
    if (!container.ok) return container;
    if (!query['path']) return invalid(NO_PATH);
    const stat = statPath(daemon, container.value, query['path'], id);
    return stat.ok ? ok({ status: 200, body: stat.value }) : stat;
  }),
  route('GET', '/containers/:id/archive', function* ({ daemon, path: { id = '' }, query }) {
    const container = daemon.containers.find(id);
    if (!container.ok) return container;
    if (!query['path']) return invalid(NO_PATH);
    const entries = readArchive(daemon, container.value, query['path'], id);
    return entries.ok ? ok({ status: 200, body: emitTar(entries.value) }) : entries;
  }),
  route('PUT', '/containers/:id/archive', function* ({ daemon, path: { id = '' }, query, body }) {
    const container = daemon.containers.find(id);
    if (!container.ok) return container;
    if (!query['path']) return invalid(NO_PATH);
    const entries = parseTar(body as unknown as Uint8Array);
    if (!entries.ok) return invalid('archive/tar: invalid tar header');
    const { namespaces, config } = container.value;
    const user = isSet(query['copyUIDGID']) && namespaces && config.User ? findUser(namespaces, config.User) : null;
    const extracted = extractArchive(daemon, container.value, {
      path: query['path'],
      named: id,
      entries: entries.value,
      owner: user?.ok ? user.value.uid : null,
    });
    return extracted.ok ? ok({ status: 200 }) : extracted;
  }),
  route('GET', '/containers/:id/export', function* ({ daemon, path: { id = '' } }) {
    const container = daemon.containers.find(id);
    if (!container.ok) return container;
    const entries = exportFiles(daemon, container.value);
    return entries.ok ? ok({ status: 200, body: emitTar(entries.value) }) : entries;
  }),
  route('GET', '/containers/:id/changes', function* ({ daemon, path: { id = '' } }) {
    const container = daemon.containers.find(id);
    if (!container.ok) return container;
    const root = overlayOf(daemon, container.value);
    const changes = root ? changesOf(root).map(({ path, kind }) => ({ Path: path, Kind: KINDS[kind] })) : [];
    return ok({ status: 200, body: changes });
  }),
];

/** Bytes that a container wrote, and with its image's. */
export function sizesOf(container: {
  readonly upper: Parameters<typeof diskUsage>[0];
  readonly image: { readonly definition: { readonly size: number } };
}): { readonly SizeRw: number; readonly SizeRootFs: number } {
  const written = diskUsage(container.upper);
  return { SizeRw: written, SizeRootFs: container.image.definition.size + written };
}
