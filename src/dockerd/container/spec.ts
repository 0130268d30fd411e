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
  readonly Mounts?: readonly {
    readonly Type: 'bind' | 'volume' | 'tmpfs';
    readonly Source?: string;
    readonly Target: string;
    readonly ReadOnly?: boolean;
  }[];
  readonly [other: string]: unknown;
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

/** Fills a host config with the defaults, in the order in which inspect shows them. */
export function completeHostConfig(given: Given): HostConfig {
  const or = <T>(key: string, otherwise: T): T => (given[key] ?? otherwise) as T;
  const restart = or('RestartPolicy', { Name: 'no', MaximumRetryCount: 0 });
  return {
    Binds: or('Binds', null),
    ContainerIDFile: '',
    LogConfig: { Type: 'json-file', Config: {} },
    NetworkMode:
      or('NetworkMode', '') === '' || given['NetworkMode'] === 'default' ? 'bridge' : or('NetworkMode', 'bridge'),
    PortBindings: or('PortBindings', {}),
    RestartPolicy: { Name: restart.Name || 'no', MaximumRetryCount: restart.MaximumRetryCount ?? 0 },
    AutoRemove: or('AutoRemove', false),
    VolumeDriver: '',
    VolumesFrom: or('VolumesFrom', null),
    ConsoleSize: or('ConsoleSize', [0, 0]),
    CapAdd: or('CapAdd', null),
    CapDrop: or('CapDrop', null),
    CgroupnsMode: 'private',
    Dns: or('Dns', []),
    DnsOptions: or('DnsOptions', []),
    DnsSearch: or('DnsSearch', []),
    ExtraHosts: or('ExtraHosts', null),
    GroupAdd: or('GroupAdd', null),
    IpcMode: or('IpcMode', '') || 'private',
    Cgroup: '',
    Links: or('Links', null),
    OomScoreAdj: 0,
    PidMode: or('PidMode', ''),
    Privileged: or('Privileged', false),
    PublishAllPorts: or('PublishAllPorts', false),
    ReadonlyRootfs: or('ReadonlyRootfs', false),
    SecurityOpt: or('SecurityOpt', null),
    UTSMode: or('UTSMode', ''),
    UsernsMode: '',
    ShmSize: 67_108_864,
    Runtime: 'runc',
    Isolation: '',
    CpuShares: 0,
    Memory: or('Memory', 0),
    NanoCpus: or('NanoCpus', 0),
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
    Devices: or('Devices', []),
    DeviceCgroupRules: null,
    DeviceRequests: null,
    MemoryReservation: 0,
    MemorySwap: 0,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: null,
    Ulimits: or('Ulimits', []),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...(given['Mounts'] ? { Mounts: given['Mounts'] as NonNullable<HostConfig['Mounts']> } : {}),
    ...(given['Tmpfs'] && Object.keys(given['Tmpfs'] as object).length > 0
      ? { Tmpfs: given['Tmpfs'] as Record<string, string> }
      : {}),
    ...(given['Sysctls'] && Object.keys(given['Sysctls'] as object).length > 0
      ? { Sysctls: given['Sysctls'] as Record<string, string> }
      : {}),
    ...(given['Init'] === true && { Init: true }),
    MaskedPaths: [
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
    ],
    ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  } as HostConfig;
}
