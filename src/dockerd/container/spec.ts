/** What a container is made from, in the API's own names, with defaults filled in (api/types/container). */
export interface ContainerConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly Image: string;
  readonly Volumes: Readonly<Record<string, object>> | null;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Healthcheck?: {
    readonly Test?: readonly string[];
    readonly Interval?: number;
    readonly Timeout?: number;
    readonly Retries?: number;
    readonly StartPeriod?: number;
    readonly StartInterval?: number;
  };
}

export interface PortBinding {
  readonly HostIp: string;
  readonly HostPort: string;
}

export interface HostConfig {
  readonly Binds: readonly string[] | null;
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<Record<string, readonly PortBinding[] | null>>;
  readonly PublishAllPorts: boolean;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly AutoRemove: boolean;
  readonly Links: readonly string[] | null;
  readonly ExtraHosts: readonly string[] | null;
  readonly Dns: readonly string[];
  readonly DnsOptions: readonly string[];
  readonly DnsSearch: readonly string[];
  readonly CapAdd: readonly string[] | null;
  readonly CapDrop: readonly string[] | null;
  readonly Privileged: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly UTSMode: string;
  readonly Init?: boolean;
  readonly Sysctls?: Readonly<Record<string, string>>;
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly PidMode: string;
  readonly Mounts?: readonly MountRequest[];
  readonly [other: string]: unknown;
}

/** A mount as `--mount` asks for it (api/types/mount). */
export interface MountRequest {
  readonly Type: 'bind' | 'volume' | 'tmpfs';
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: { readonly CreateMountpoint?: boolean };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
  };
}

type Given = Readonly<Record<string, unknown>>;

/** Fills a config of `POST /containers/create` from the image and the defaults. */
export function completeConfig(
  given: Given,
  image: {
    readonly Env?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly ExposedPorts?: Readonly<Record<string, object>>;
    readonly WorkingDir?: string;
    readonly User?: string;
    readonly StopSignal?: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Volumes?: Readonly<Record<string, object>>;
  },
  hostname: string,
): ContainerConfig {
  const text = (key: string) => (typeof given[key] === 'string' ? (given[key] as string) : '');
  const flag = (key: string) => given[key] === true;
  const list = (key: string) => (Array.isArray(given[key]) ? (given[key] as string[]) : null);
  const map = (key: string) => (given[key] ?? {}) as Record<string, object>;
  const entrypoint = list('Entrypoint');
  // An entrypoint of one's own forgets the image's command.
  const keepsCommand = entrypoint === null;
  const command = list('Cmd');
  const exposed = { ...image.ExposedPorts, ...map('ExposedPorts') };
  const volumes = { ...image.Volumes, ...map('Volumes') };
  const env = list('Env') ?? [];
  const names = new Set(env.map((each) => each.split('=')[0]));
  return {
    Hostname: text('Hostname') || hostname,
    Domainname: text('Domainname'),
    User: text('User') || (image.User ?? ''),
    AttachStdin: flag('AttachStdin'),
    AttachStdout: flag('AttachStdout'),
    AttachStderr: flag('AttachStderr'),
    ...(Object.keys(exposed).length > 0 && { ExposedPorts: exposed }),
    Tty: flag('Tty'),
    OpenStdin: flag('OpenStdin'),
    StdinOnce: flag('StdinOnce'),
    Env: [
      ...env.filter((each) => each.includes('=')),
      ...(image.Env ?? []).filter((each) => !names.has(each.split('=')[0])),
    ],
    Cmd: command && command.length > 0 ? command : keepsCommand ? (image.Cmd ?? null) : null,
    ...(given['Healthcheck']
      ? { Healthcheck: given['Healthcheck'] as NonNullable<ContainerConfig['Healthcheck']> }
      : {}),
    Image: text('Image'),
    Volumes: Object.keys(volumes).length > 0 ? volumes : null,
    WorkingDir: text('WorkingDir') || (image.WorkingDir ?? ''),
    Entrypoint:
      entrypoint === null
        ? (image.Entrypoint ?? null)
        : entrypoint.length === 1 && entrypoint[0] === ''
          ? null
          : entrypoint,
    Labels: { ...image.Labels, ...(given['Labels'] as Record<string, string> | undefined) },
    ...((given['StopSignal'] || image.StopSignal) && {
      StopSignal: (given['StopSignal'] || image.StopSignal) as string,
    }),
    ...(typeof given['StopTimeout'] === 'number' && { StopTimeout: given['StopTimeout'] }),
  };
}

/** What a host config says where nobody says anything else, in the order in which inspect shows it. */
const HOST_DEFAULTS: Given = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: null,
  NetworkMode: '',
  PortBindings: {},
  RestartPolicy: null,
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  Annotations: undefined,
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: 'private',
  Dns: [],
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: 'private',
  Cgroup: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  StorageOpt: undefined,
  Tmpfs: undefined,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67_108_864,
  Sysctls: undefined,
  Runtime: 'runc',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: [],
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  Mounts: undefined,
};

/** What stands there, but means nothing. */
const EMPTY_MEANS_DEFAULT = ['CgroupnsMode', 'IpcMode', 'Runtime', 'ShmSize', 'OomKillDisable', 'PidsLimit'];

const MASKED_PATHS = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
];
const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** Fills a host config with the defaults (daemon/container.go, adaptContainerSettings). */
export function completeHostConfig(given: Given): HostConfig {
  const filled: Record<string, unknown> = {};
  for (const [key, otherwise] of Object.entries(HOST_DEFAULTS)) {
    let value = given[key] ?? otherwise;
    if (EMPTY_MEANS_DEFAULT.includes(key)) value = given[key] || otherwise;
    // Fields that JSON leaves out where they are empty.
    if (otherwise === undefined && isEmpty(value)) continue;
    filled[key] = value;
  }
  const { NetworkMode: mode, RestartPolicy: restart, LogConfig: log } = given as Partial<HostConfig>;
  filled['NetworkMode'] = !mode || mode === 'default' ? 'bridge' : mode;
  filled['RestartPolicy'] = { Name: restart?.Name || 'no', MaximumRetryCount: restart?.MaximumRetryCount ?? 0 };
  const driver = log as { readonly Type?: string; readonly Config?: Record<string, string> } | undefined;
  filled['LogConfig'] = { Type: driver?.Type || 'json-file', Config: driver?.Config ?? {} };
  // Swap is limited to as much again as memory where only that is said.
  const memory = Number(filled['Memory']);
  if (memory > 0 && filled['MemorySwap'] === 0) filled['MemorySwap'] = memory * 2;
  const { Privileged } = given;
  return {
    ...filled,
    ...(Privileged === true && {
      SecurityOpt: [...((given['SecurityOpt'] as readonly string[] | null) ?? []), 'label=disable'],
    }),
    MaskedPaths: Privileged === true ? null : MASKED_PATHS,
    ReadonlyPaths: Privileged === true ? null : READONLY_PATHS,
    ...(typeof given['Init'] === 'boolean' && { Init: given['Init'] }),
  } as unknown as HostConfig;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || Object.keys(value as object).length === 0;
