import { err, ok, type Result } from '../../base/result.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, invalid } from '../fault.ts';
import type { Container, ContainerMount } from './container.ts';
import type { MountRequest } from './spec.ts';

/** What is mounted into a container: `--volumes-from`, `-v`, `--mount`, `--tmpfs`, the image's volumes (daemon/volumes.go). */
export function planMounts(daemon: Daemon, container: Container): Answer<void> {
  const { hostConfig, config } = container;
  const taken = new Set<string>();
  const asked: { readonly request: MountRequest; readonly mode: string; readonly create: boolean }[] = [];
  const inherited = inheritMounts(daemon, container);
  if (!inherited.ok) return inherited;
  for (const bind of hostConfig.Binds ?? []) {
    const parsed = parseBind(bind, String(hostConfig['VolumeDriver'] ?? ''));
    if (!parsed.ok) return invalid(parsed.error);
    asked.push({ ...parsed.value, create: true });
  }
  for (const request of hostConfig.Mounts ?? []) asked.push({ request, mode: '', create: false });
  for (const { request, mode, create } of asked) {
    const target = cleanPath(request.Target);
    if (taken.has(target) || Object.hasOwn(hostConfig.Tmpfs ?? {}, target))
      return invalid(`Duplicate mount point: ${target}`);
    taken.add(target);
    const mount = makeMount(daemon, request, { mode, create });
    if (!mount.ok) return mount;
    put(container, mount.value);
  }
  for (const [target, mode] of Object.entries(hostConfig.Tmpfs ?? {})) {
    const problem = problemOf({ Type: 'tmpfs', Target: target });
    if (problem !== null) return invalid(problem);
    put(container, { type: 'tmpfs', volume: null, source: '', target, readOnly: isReadOnly(mode), mode, apart: true });
  }
  for (const target of Object.keys(config.Volumes ?? {})) {
    if (container.mounts.some((mount) => mount.target === cleanPath(target))) continue;
    const volume = daemon.volumes.create('');
    if (!volume.ok) return volume;
    const source = daemon.volumes.mountpoint(volume.value);
    put(container, { type: 'volume', volume: volume.value.name, source, target, readOnly: false, mode: '' });
  }
  return ok();
}

function put(container: Container, mount: ContainerMount): void {
  const at = container.mounts.findIndex((each) => each.target === mount.target);
  if (at >= 0) container.mounts.splice(at, 1);
  container.mounts.push(mount);
}

/** `--volumes-from other:ro`: what the other container has mounted, at the same places. */
function inheritMounts(daemon: Daemon, container: Container): Answer<void> {
  for (const text of (container.hostConfig['VolumesFrom'] as readonly string[] | null) ?? []) {
    const [name = '', mode = ''] = text.split(':');
    if (mode !== '' && !isMode(mode)) return invalid(`invalid mode: ${mode}`);
    const other = daemon.containers.find(name);
    if (!other.ok) return invalid(other.error.message);
    for (const mount of other.value.mounts)
      if (!mount.apart) put(container, { ...mount, mode: '', readOnly: mount.readOnly || isReadOnly(mode) });
  }
  return ok();
}

const MODES = [
  ['ro', 'rw'],
  ['z', 'Z'],
  ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'],
  ['nocopy'],
  ['consistent', 'cached', 'delegated', 'default'],
];

/** At most one word of each kind. */
function isMode(mode: string): boolean {
  const words = mode.split(',');
  return (
    words.every((word) => MODES.some((kind) => kind.includes(word))) &&
    MODES.every((kind) => words.filter((word) => kind.includes(word)).length <= 1)
  );
}

const isReadOnly = (mode: string): boolean => mode.split(',').includes('ro');
const cleanPath = (path: string): string => path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');

/** `source:target:mode` (volume/mounts/linux_parser.go, ParseMountRaw). */
export function parseBind(
  text: string,
  volumeDriver = '',
): Result<{ readonly request: MountRequest; readonly mode: string }, string> {
  const bad = `invalid volume specification: '${text}'`;
  const [Source = '', Target = '', mode = '', ...more] = text.split(':');
  if (Source === '' || more.length > 0 || (mode === '' && isMode(Target))) return err(bad);
  if (mode !== '' && !isMode(mode)) return err(`invalid mode: ${mode}`);
  const request: MountRequest = {
    Type: Source.startsWith('/') ? 'bind' : 'volume',
    Source,
    Target,
    ReadOnly: isReadOnly(mode),
    VolumeOptions: {
      NoCopy: mode.split(',').includes('nocopy'),
      ...(volumeDriver !== '' && { DriverConfig: { Name: volumeDriver } }),
    },
  };
  const problem = problemOf(request);
  return problem === null ? ok({ request, mode }) : err(`${bad}: ${problem}`);
}

/** What is wrong with a mount, whatever way it was asked for; null where nothing is. */
function problemOf({ Type, Source = '', Target, ReadOnly }: MountRequest): string | null {
  const because = (why: string) => `invalid mount config for type "${Type}": ${why}`;
  if (Target === '') return because('field Target must not be empty');
  if (!Target.startsWith('/')) return because(`invalid mount path: '${Target}' mount path must be absolute`);
  if (cleanPath(Target) === '/') return because("invalid specification: destination can't be '/'");
  if (Type === 'bind' && Source === '') return because('field Source must not be empty');
  if (Type === 'bind' && !Source.startsWith('/'))
    return because(`invalid mount path: '${Source}' mount path must be absolute`);
  if (Type === 'tmpfs' && Source !== '') return because('field Source must not be specified');
  if (Type === 'volume' && Source === '' && ReadOnly)
    return because('must not set ReadOnly mode when using anonymous volumes');
  return ['bind', 'volume', 'tmpfs'].includes(Type) ? null : because('mount type unknown');
}

function makeMount(
  daemon: Daemon,
  request: MountRequest,
  { mode, create }: { readonly mode: string; readonly create: boolean },
): Answer<ContainerMount> {
  const problem = problemOf(request);
  if (problem !== null) return invalid(problem);
  const { Type, Source = '', ReadOnly = false, VolumeOptions: options } = request;
  const common = { target: cleanPath(request.Target), readOnly: ReadOnly };
  if (Type === 'tmpfs') return ok({ type: 'tmpfs', volume: null, source: '', mode, ...common });
  if (Type === 'bind') {
    const source = cleanPath(Source);
    if (!daemon.kernel.files.stat(source)) {
      if (!create && !request.BindOptions?.CreateMountpoint)
        return invalid(`invalid mount config for type "bind": bind source path does not exist: ${source}`);
      daemon.kernel.files.makeFolder(source);
    }
    return ok({ type: 'bind', volume: null, source, mode, ...common });
  }
  const volume = daemon.volumes.create(Source, {
    driver: options?.DriverConfig?.Name || 'local',
    labels: options?.Labels ?? null,
    options: options?.DriverConfig?.Options ?? null,
  });
  if (!volume.ok) return volume;
  const { name } = volume.value;
  const source = daemon.volumes.mountpoint(volume.value);
  return ok({ type: 'volume', volume: name, source, mode: mode || 'z', noCopy: options?.NoCopy ?? false, ...common });
}
