import { ipText } from '../libnetwork/port-allocator.ts';
import type { Daemon } from '../daemon.ts';
import { humanStatus } from './status.ts';
import type { Container, NetworkAttachment } from './container.ts';
import { filesFolder, networkFilesFolder } from './network-files.ts';

/** What the API tells of a container: whole, and as a line of the list. */

type Json = Record<string, unknown>;

/** @param sizes bytes that it wrote, where they were asked for */
export function inspectContainer(daemon: Daemon, container: Container, sizes: Json = {}): Json {
  const { config, hostConfig, image } = container;
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const folder = filesFolder(container);
  const networkFolder = networkFilesFolder(daemon, container);
  return {
    Id: container.id,
    Created: container.created,
    Path: argv[0] ?? '',
    Args: argv.slice(1),
    State: stateOf(daemon, container),
    Image: image.id,
    ResolvConfPath: `${networkFolder}/resolv.conf`,
    HostnamePath: `${networkFolder}/hostname`,
    HostsPath: `${networkFolder}/hosts`,
    LogPath: `${folder}/${container.id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restarts.count,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: container.execIds.size > 0 ? [...container.execIds] : null,
    HostConfig: { ...hostConfig, Links: linksOf(daemon, container) },
    GraphDriver: { Data: { ID: container.id }, Name: 'overlay2' },
    ...sizes,
    Mounts: mountsOf(container),
    Config: config,
    NetworkSettings: networkSettings(container),
  };
}

/** Links of the default bridge, as the engine names them; on other networks the endpoint's settings tell of them. */
function linksOf(daemon: Daemon, { name, hostConfig }: Container): readonly string[] | null {
  if (hostConfig.NetworkMode !== 'bridge' || !hostConfig.Links?.length) return null;
  return hostConfig.Links.map((link) => {
    const [target = '', alias = target] = link.split(':');
    const found = daemon.containers.find(target);
    return `/${found.ok ? found.value.name : target}:/${name}/${alias.replace(/^.*\//, '')}`;
  });
}

function mountsOf({ mounts }: Container): readonly Json[] {
  return mounts
    .filter(({ apart }) => !apart)
    .map(({ type, volume, source, target, mode, readOnly }) => ({
      Type: type,
      ...(volume !== null && { Name: volume }),
      Source: source,
      Destination: target,
      ...(type === 'volume' && { Driver: 'local' }),
      Mode: mode,
      RW: !readOnly,
      Propagation: type === 'bind' ? 'rprivate' : '',
    }));
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
  // The driver of a network says what it exposes; only the bridge's does (daemon/network.go, getEndpointPortMapInfo).
  if ([...container.endpoints.values()].some(({ network }) => network.driver === 'bridge'))
    for (const port of Object.keys(container.config.ExposedPorts ?? {})) map[port] = null;
  for (const { protocol, containerPort, hostAddress, hostPort } of container.ports) {
    const key = `${containerPort}/${protocol}`;
    const list = (map[key] ??= []);
    list.push({ HostIp: ipText(hostAddress), HostPort: String(hostPort) });
  }
  return map;
}

/** A port of the list: the host's port is there where it is published. */
export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/** What a container that runs exposes and publishes. */
export function portsOf(container: Container): readonly PortSummary[] {
  if (!container.running) return [];
  return Object.entries(portMap(container)).flatMap(([key, bindings]) => {
    const [number, Type = 'tcp'] = key.split('/');
    const PrivatePort = Number(number);
    if (!bindings) return [{ PrivatePort, Type }];
    return (bindings as { HostIp: string; HostPort: string }[]).map(({ HostIp, HostPort }) => ({
      IP: HostIp,
      PrivatePort,
      PublicPort: Number(HostPort),
      Type,
    }));
  });
}

/** The image's name, or its id when the name has gone or means another image by now (daemon/list.go, refreshImage). */
function imageShown(daemon: Daemon, { image, imageName }: Container): string {
  return daemon.images.find(imageName) === image ? imageName : image.id;
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
    Image: imageShown(daemon, container),
    ImageID: container.image.id,
    Command: argv.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' '),
    Created: Math.floor(container.createdDate / 1000),
    Ports: portsOf(container),
    Labels: config.Labels,
    State: container.lifecycle.state,
    Status: humanStatus(container, daemon.kernel.date()),
    HostConfig: { NetworkMode: hostConfig.NetworkMode },
    NetworkSettings: { Networks: Object.fromEntries(networks) },
    Mounts: mountsOf(container),
  };
}
