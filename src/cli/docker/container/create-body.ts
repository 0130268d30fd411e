import { err, ok, type Result } from '../../../base/result.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { FlagValues } from '../../command/flag.ts';
import { absolutePath } from '../absolute-path.ts';
import { isMac } from '../address-check.ts';
import { parseRestartPolicy } from './checks.ts';
import type { CREATE_FLAGS } from './create-flags.ts';
import { endpointsOf } from './endpoints.ts';
import { healthOf } from './health.ts';
import { readKeyValues, toRecord } from './key-value-files.ts';
import { addExposed, parsePortSpecs } from './port-spec.ts';

export type CreateFlags = FlagValues<typeof CREATE_FLAGS>;

/** The part of a create request that the client itself looks at again. */
export interface CreateBody {
  readonly Tty: boolean;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Image: string;
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** The body of POST /containers/create from the flags of `docker run` (docker/cli container/opts.go parse). */
export function* createBody(
  proc: Proc,
  flags: CreateFlags,
  changed: (name: keyof CreateFlags & string) => boolean,
  args: readonly string[],
): Sys<Result<CreateBody, string>> {
  const mac = flags['mac-address'];
  if (mac !== '' && !isMac(mac.trim())) return err(`${mac} is not a valid mac address`);
  const ports = parsePortSpecs(flags.publish);
  if (!ports.ok) return ports;
  const exposed = addExposed(flags.expose, ports.value.exposed);
  if (!exposed.ok) return exposed;
  const env = yield* readKeyValues(proc, flags['env-file'], flags.env, (name) => proc.env.get(name));
  if (!env.ok) return env;
  const labels = yield* readKeyValues(proc, flags['label-file'], flags.label, () => undefined);
  if (!labels.ok) return labels;
  const restart = parseRestartPolicy(flags.restart);
  if (!restart.ok) return restart;
  const health = healthOf(flags);
  if (!health.ok) return health;
  if (flags.rm && restart.value.Name !== 'no' && restart.value.Name !== '')
    return err('conflicting options: cannot specify both --restart and --rm');
  const endpoints = endpointsOf(flags);
  if (!endpoints.ok) return endpoints;
  const volumes = volumesOf(proc, flags.volume);
  const streams = streamsOf(flags);
  const [image = '', ...command] = args;
  return ok({
    Hostname: flags.hostname,
    Domainname: flags.domainname,
    User: flags.user,
    ...streams,
    ExposedPorts: ports.value.exposed,
    Tty: flags.tty,
    OpenStdin: flags.interactive,
    StdinOnce: flags.interactive && streams.AttachStdin,
    Env: env.value,
    Cmd: command.length > 0 ? command : null,
    ...(health.value === undefined ? {} : { Healthcheck: health.value }),
    Image: image,
    Volumes: volumes.anonymous,
    WorkingDir: flags.workdir,
    Entrypoint: flags.entrypoint !== '' ? [flags.entrypoint] : changed('entrypoint') ? [''] : null,
    Labels: toRecord(labels.value),
    ...(mac === '' ? {} : { MacAddress: mac }),
    ...(flags['stop-signal'] === '' ? {} : { StopSignal: flags['stop-signal'] }),
    ...(changed('stop-timeout') ? { StopTimeout: flags['stop-timeout'] } : {}),
    HostConfig: {
      ...hostConfig(proc, flags, changed),
      Binds: volumes.binds.length > 0 ? volumes.binds : null,
      PortBindings: ports.value.bindings,
      RestartPolicy: restart.value,
    },
    NetworkingConfig: { EndpointsConfig: endpoints.value },
  });
}

function streamsOf(flags: CreateFlags): Pick<CreateBody, 'AttachStdin' | 'AttachStdout' | 'AttachStderr'> {
  const plain = flags.attach.length === 0;
  return {
    AttachStdin: flags.interactive || flags.attach.includes('stdin'),
    AttachStdout: plain || flags.attach.includes('stdout'),
    AttachStderr: plain || flags.attach.includes('stderr'),
  };
}

/** `-v`: with a source it is a bind or a named volume, without one an anonymous volume. */
function volumesOf(
  proc: Proc,
  specs: readonly string[],
): { binds: string[]; anonymous: Record<string, unknown> | null } {
  const binds: string[] = [];
  const anonymous: Record<string, unknown> = {};
  for (const spec of new Set(specs)) {
    const [source = '', ...rest] = spec.split(':');
    if (rest.length === 0) anonymous[spec] = {};
    else binds.push([source.startsWith('.') ? absolutePath(proc.cwd(), source) : source, ...rest].join(':'));
  }
  return { binds, anonymous: Object.keys(anonymous).length > 0 ? anonymous : null };
}

function hostConfig(
  proc: Proc,
  flags: CreateFlags,
  changed: (name: keyof CreateFlags & string) => boolean,
): Readonly<Record<string, unknown>> {
  const size = proc.windowSize(1);
  const added = capabilities(flags['cap-add']);
  const orNull = (values: readonly string[]): readonly string[] | null => (values.length > 0 ? values : null);
  return {
    ContainerIDFile: flags.cidfile,
    LogConfig: { Type: flags['log-driver'], Config: toRecord(flags['log-opt']) },
    NetworkMode: flags.network[0]?.target ?? 'default',
    AutoRemove: flags.rm,
    VolumeDriver: flags['volume-driver'],
    VolumesFrom: orNull(flags['volumes-from']),
    ConsoleSize: [size?.rows ?? 0, size?.columns ?? 0],
    CapAdd: orNull(added),
    CapDrop: orNull(capabilities(flags['cap-drop']).filter((name) => !added.includes(name))),
    CgroupnsMode: flags.cgroupns,
    Dns: flags.dns,
    DnsOptions: flags['dns-option'],
    DnsSearch: flags['dns-search'],
    ExtraHosts: orNull(flags['add-host']),
    GroupAdd: orNull(flags['group-add']),
    IpcMode: flags.ipc,
    Links: orNull(flags.link),
    OomScoreAdj: flags['oom-score-adj'],
    PidMode: flags.pid,
    Privileged: flags.privileged,
    PublishAllPorts: flags['publish-all'],
    ReadonlyRootfs: flags['read-only'],
    SecurityOpt: orNull(flags['security-opt']),
    UTSMode: flags.uts,
    UsernsMode: flags.userns,
    ShmSize: flags['shm-size'],
    CpuShares: flags['cpu-shares'],
    Memory: flags.memory,
    NanoCpus: Math.round(flags.cpus * 1e9),
    CgroupParent: flags['cgroup-parent'],
    BlkioWeight: flags['blkio-weight'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    Devices: flags.device.map(deviceOf),
    DeviceCgroupRules: orNull(flags['device-cgroup-rule']),
    DeviceRequests: flags.gpus === '' ? null : [gpuRequest(flags.gpus)],
    Isolation: flags.isolation,
    ...(flags['memory-swappiness'] === -1 ? {} : { MemorySwappiness: flags['memory-swappiness'] }),
    CpusetMems: flags['cpuset-mems'],
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    OomKillDisable: flags['oom-kill-disable'],
    PidsLimit: flags['pids-limit'],
    Ulimits: flags.ulimit.map(ulimitOf).toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    ...(flags.runtime === '' ? {} : { Runtime: flags.runtime }),
    ...(flags.mount.length > 0 ? { Mounts: flags.mount } : {}),
    ...(flags.sysctl.size > 0 ? { Sysctls: Object.fromEntries(flags.sysctl) } : {}),
    ...(flags.annotation.size > 0 ? { Annotations: Object.fromEntries(flags.annotation) } : {}),
    ...(flags['storage-opt'].length > 0 ? { StorageOpt: toRecord(flags['storage-opt']) } : {}),
    ...(flags.tmpfs.length > 0 ? { Tmpfs: toRecord(flags.tmpfs.map((each) => each.replace(':', '='))) } : {}),
    ...(changed('init') ? { Init: flags.init } : {}),
  };
}

/** `net_admin` to `CAP_NET_ADMIN`, each once and sorted; ALL stands for every one (docker/cli opts/capabilities.go). */
function capabilities(names: readonly string[]): readonly string[] {
  const full = names.map((name) => name.trim().toUpperCase()).map((name) => (name === 'ALL' ? name : addPrefix(name)));
  return full.includes('ALL') ? ['ALL'] : [...new Set(full)].sort();
}

const addPrefix = (name: string): string => (name.startsWith('CAP_') ? name : `CAP_${name}`);

/** `nofile=1024:2048`; one number is both limits. */
function ulimitOf(text: string): { readonly Name: string; readonly Hard: number; readonly Soft: number } {
  const [Name = '', limits = ''] = text.split('=');
  const [Soft = 0, Hard = Soft] = limits.split(':').map(Number);
  return { Name, Hard, Soft };
}

/** `/dev/a:/dev/b:rw`; behind one colon may stand permissions alone. */
function deviceOf(text: string): Readonly<Record<string, string>> {
  const [PathOnHost = '', second = '', third = ''] = text.split(':');
  const alone = /^[rwm]+$/.test(second);
  return {
    PathOnHost,
    PathInContainer: second === '' || alone ? PathOnHost : second,
    CgroupPermissions: (alone ? second : third) || 'rwm',
  };
}

/** `all`, or how many. */
function gpuRequest(text: string): Readonly<Record<string, unknown>> {
  const Count = text === 'all' ? -1 : Number(text) || 0;
  return { Driver: '', Count, DeviceIDs: null, Capabilities: [['gpu']], Options: {} };
}
