import { ok } from '../../../base/result.ts';
import { sha256 } from '../../../base/sha256.ts';
import { RELEASE } from '../../../kernel/fs/proc/machine-files.ts';
import { summarise } from '../../container/inspect.ts';
import { LOG_DRIVERS, MACHINE } from '../../container/settings.ts';
import type { Daemon } from '../../daemon.ts';
import { failure, notFound } from '../../fault.ts';
import { route, type Route } from '../router.ts';
import { sizesOf } from './files.ts';
import { noSuchHost, summariseImage } from './images.ts';
import { volumeUsage } from './volumes.ts';

const VERSION = '28.5.2';
const API_VERSION = '1.51';
const MIN_API_VERSION = '1.24';
/** Of the release's build. */
const BUILD = { GitCommit: '89c5e8f', GoVersion: 'go1.25.3', BuildTime: 'Wed Nov  5 14:43:33 2025' } as const;
/** The programs that this release comes with. */
const PARTS = { containerd: 'v1.7.29', runc: '1.3.3', 'docker-init': '0.19.0' } as const;
const NETWORK_DRIVERS = ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'];

export const systemRoutes: readonly Route[] = [
  route('GET', '/_ping', function* () {
    return ok({ status: 200, body: 'OK' });
  }),
  route('HEAD', '/_ping', function* () {
    return ok({ status: 200 });
  }),
  route('GET', '/version', function* () {
    return ok({ status: 200, body: version() });
  }),
  route('GET', '/info', function* ({ daemon }) {
    return ok({ status: 200, body: info(daemon) });
  }),
  route('GET', '/system/df', function* ({ daemon }) {
    return ok({ status: 200, body: diskUsage(daemon) });
  }),
  route('GET', '/plugins', function* () {
    return ok({ status: 200, body: [] });
  }),
  route('GET', '/plugins/:name*/json', function* ({ path }) {
    return notFound(`plugin "${path['name']}" not found`);
  }),
  route('POST', '/auth', function* (exchange) {
    return failure(noSuchHost(exchange, 'registry-1.docker.io', 'https://registry-1.docker.io/v2/'));
  }),
];

function version() {
  const about = { ApiVersion: API_VERSION, MinAPIVersion: MIN_API_VERSION, ...BUILD, Os: 'linux', Arch: 'amd64' };
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: VERSION,
        Details: { ...about, KernelVersion: RELEASE, Experimental: 'false' },
      },
      ...Object.entries(PARTS).map(([Name, Version]) => ({ Name, Version, Details: {} })),
    ],
    Version: VERSION,
    ApiVersion: API_VERSION,
    MinAPIVersion: MIN_API_VERSION,
    GitCommit: BUILD.GitCommit,
    GoVersion: BUILD.GoVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: RELEASE,
    BuildTime: BUILD.BuildTime,
  };
}

function info(daemon: Daemon): Record<string, unknown> {
  const containers = daemon.containers.list();
  const running = containers.filter(({ running: runs, lifecycle }) => runs && lifecycle.state !== 'paused').length;
  const paused = containers.filter(({ lifecycle }) => lifecycle.state === 'paused').length;
  const { hostname } = daemon.kernel.hostNamespaces.uts;
  const release = daemon.kernel.files.read('/etc/os-release');
  const system = /^PRETTY_NAME="(.*)"$/m.exec(release.ok ? release.value : '')?.[1] ?? 'Linux';
  const id = sha256(`engine ${hostname}`);
  return {
    ID: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-'),
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running - paused,
    Images: daemon.images.list().length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: { Volume: ['local'], Network: NETWORK_DRIVERS, Authorization: null, Log: LOG_DRIVERS },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 0,
    OomKillDisable: false,
    NGoroutines: 0,
    SystemTime: daemon.timestamp(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: RELEASE,
    OperatingSystem: system,
    OSVersion: /^VERSION_ID="(.*)"$/m.exec(release.ok ? release.value : '')?.[1] ?? '',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
      IndexConfigs: { 'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true } },
      Mirrors: null,
    },
    NCPU: MACHINE.processors,
    MemTotal: MACHINE.memory,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: hostname,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: VERSION,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: PARTS.containerd },
    RuncCommit: { ID: PARTS.runc },
    InitCommit: { ID: PARTS['docker-init'] },
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Warnings: null,
  };
}

function diskUsage(daemon: Daemon): Record<string, unknown> {
  const images = daemon.images.list();
  return {
    LayersSize: images.reduce((sum, { definition }) => sum + definition.size, 0),
    Images: images.map((image) => ({
      ...summariseImage(image),
      SharedSize: 0,
      Containers: daemon.images.users(image).length,
    })),
    Containers: daemon.containers.list().map((each) => ({ ...summarise(daemon, each), ...sizesOf(each) })),
    Volumes: daemon.volumes.list().map((volume) => volumeUsage(daemon, volume)),
    BuildCache: [],
    BuilderSize: 0,
  };
}
