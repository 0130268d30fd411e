import { formatIpv4 } from '../../wire/address.ts';
import type { Daemon } from '../daemon.ts';
import { humanStatus } from './status.ts';
import type { Container, NetworkAttachment } from './container.ts';
import { filesFolder } from './network-files.ts';

/** What the API tells of a container: whole, and as a line of the list. */

type Json = Record<string, unknown>;

export function inspectContainer(daemon: Daemon, container: Container): Json {
  const { config, hostConfig, image } = container;
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const folder = filesFolder(container);
  return {
    Id: container.id,
    Created: container.created,
    Path: argv[0] ?? '',
    Args: argv.slice(1),
    State: stateOf(daemon, container),
    Image: image.id,
    ResolvConfPath: `${folder}/resolv.conf`,
    HostnamePath: `${folder}/hostname`,
    HostsPath: `${folder}/hosts`,
    LogPath: `${folder}/${container.id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restarts.count,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: container.execIds.size > 0 ? [...container.execIds] : null,
    HostConfig: hostConfig,
    GraphDriver: { Data: { ID: container.id }, Name: 'overlay2' },
    Mounts: container.mounts.map((mount) => ({
      Type: mount.type,
      ...(mount.volume !== null && { Name: mount.volume }),
      Source: mount.source,
      Destination: mount.target,
      ...(mount.type === 'volume' && { Driver: 'local' }),
      Mode: mount.type === 'bind' ? (mount.readOnly ? 'ro' : 'rw') : mount.type === 'volume' ? 'z' : '',
      RW: !mount.readOnly,
      Propagation: mount.type === 'bind' ? 'rprivate' : '',
    })),
    Config: config,
    NetworkSettings: networkSettings(container),
  };
}

function stateOf(daemon: Daemon, container: Container): Json {
  const { lifecycle, health } = container;
  return {
    Status: lifecycle.state,
    Running: container.running || lifecycle.state === 'restarting',
    Paused: lifecycle.state === 'paused',
    Restarting: lifecycle.state === 'restarting',
    OOMKilled: container.oomKilled,
    Dead: lifecycle.state === 'dead',
    Pid: container.task?.pids.get(daemon.kernel.hostNamespaces.pids) ?? 0,
    ExitCode: container.exitCode,
    Error: container.error,
    StartedAt: container.startedAt,
    FinishedAt: container.finishedAt,
    ...(health && { Health: { Status: health.status, FailingStreak: health.failingStreak, Log: health.log } }),
  };
}

function networkSettings(container: Container): Json {
  const endpoints = [...container.endpoints];
  const main = container.endpoints.get('bridge');
  const first = main?.inspect();
  const networks = container.running
    ? endpoints.map(([name, endpoint]) => [name, endpoint.inspect()] as const)
    : [...container.networks].map(([name, attachment]) => [name, idle(attachment)] as const);
  return {
    Bridge: '',
    SandboxID: container.sandbox?.id ?? '',
    SandboxKey: container.sandbox
      ? `/var/run/docker/netns/${container.sandbox.id.slice(0, 12)}`
      : container.hostConfig.NetworkMode === 'host' && container.running
        ? '/var/run/docker/netns/default'
        : '',
    Ports: container.running ? portMap(container) : {},
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: first?.['EndpointID'] ?? '',
    Gateway: first?.['Gateway'] ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: first?.['IPAddress'] ?? '',
    IPPrefixLen: first?.['IPPrefixLen'] ?? 0,
    IPv6Gateway: '',
    MacAddress: first?.['MacAddress'] ?? '',
    Networks: Object.fromEntries(networks),
  };
}

/** Settings of a network that the container will join when it starts. */
function idle({ settings, networkId, dnsNames }: NetworkAttachment): Json {
  return {
    IPAMConfig: settings.IPAMConfig ?? null,
    Links: settings.Links ?? null,
    Aliases: settings.Aliases ?? null,
    MacAddress: '',
    DriverOpts: settings.DriverOpts ?? null,
    GwPriority: settings.GwPriority ?? 0,
    NetworkID: networkId,
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: dnsNames.length > 0 ? dnsNames : null,
  };
}

/** Exposed ports with null, published ones with where. */
function portMap(container: Container): Json {
  const map: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  if (container.hostConfig.NetworkMode !== 'host')
    for (const port of Object.keys(container.config.ExposedPorts ?? {})) map[port] = null;
  for (const { protocol, containerPort, hostAddress, hostPort } of container.ports) {
    const key = `${containerPort}/${protocol}`;
    const list = (map[key] ??= []);
    if (hostAddress === null)
      list.push({ HostIp: '0.0.0.0', HostPort: String(hostPort) }, { HostIp: '::', HostPort: String(hostPort) });
    else list.push({ HostIp: formatIpv4(hostAddress), HostPort: String(hostPort) });
  }
  return map;
}

export function summarise(daemon: Daemon, container: Container): Json {
  const { config, hostConfig } = container;
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const networks = container.running
    ? [...container.endpoints].map(([name, endpoint]) => [name, endpoint.inspect()] as const)
    : [...container.networks].map(([name, attachment]) => [name, idle(attachment)] as const);
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.imageName,
    ImageID: container.image.id,
    Command: argv.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' '),
    Created: Math.floor(container.createdDate / 1000),
    Ports: Object.entries(portMap(container)).flatMap(([key, bindings]) => {
      const [number, type] = key.split('/');
      if (!container.running) return [];
      if (!bindings) return [{ PrivatePort: Number(number), Type: type }];
      return (bindings as { HostIp: string; HostPort: string }[]).map(({ HostIp, HostPort }) => ({
        IP: HostIp,
        PrivatePort: Number(number),
        PublicPort: Number(HostPort),
        Type: type,
      }));
    }),
    Labels: config.Labels,
    State: container.lifecycle.state,
    Status: humanStatus(container, daemon.kernel.date()),
    HostConfig: { NetworkMode: hostConfig.NetworkMode },
    NetworkSettings: { Networks: Object.fromEntries(networks) },
    Mounts: container.mounts.map((mount) => ({
      Type: mount.type,
      Name: mount.volume ?? '',
      Source: mount.source,
      Destination: mount.target,
      Mode: '',
      RW: !mount.readOnly,
    })),
  };
}
