import type { Service, ServiceNetwork } from '../model/project.ts';
import { asData, asLabels, asList, asStrings, asText, type Data } from '../model/normalise.ts';
import { deployedResources, resourcesOf } from '../model/resources.ts';
import { mountBody } from './mounts.ts';
import { containerName, imageOf } from './naming.ts';
import type { ComposeProject } from './project.ts';

/** What a container of a service is made of (pkg/compose/create.go, getCreateConfigs). */
export interface BodyOptions {
  readonly project: ComposeProject;
  readonly service: Service;
  readonly number: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly autoRemove: boolean;
  readonly attachStdin: boolean;
  /** Under the service's own names on its networks. */
  readonly networkAliases: boolean;
  /** `container:alias` of those that it links to. */
  readonly links: readonly string[];
  /** `service:x` resolved to a container. */
  readonly namespaces: Namespaces;
  readonly volumesFrom: readonly string[];
}

export interface Namespaces {
  readonly network: string | null;
  readonly pid: string | null;
  readonly ipc: string | null;
}

export function containerBody(options: BodyOptions): Data {
  const { project, service, labels, attachStdin } = options;
  return {
    Hostname: service.hostname ?? '',
    Domainname: service.domainname ?? '',
    User: service.user ?? '',
    ExposedPorts: exposedPorts(service),
    Tty: service.tty,
    OpenStdin: service.stdinOpen,
    StdinOnce: attachStdin && service.stdinOpen,
    AttachStdin: attachStdin,
    AttachStdout: true,
    AttachStderr: true,
    ...(service.command && { Cmd: service.command }),
    Image: imageOf(project, service),
    WorkingDir: service.workingDir ?? '',
    ...(service.entrypoint && { Entrypoint: service.entrypoint }),
    Labels: Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ...(service.stopSignal && { StopSignal: service.stopSignal }),
    Env: [...service.environment].map(([name, value]) => (value === null ? name : `${name}=${value}`)),
    ...healthcheckBody(service),
    ...(service.stopGracePeriod !== null && { StopTimeout: Math.round(service.stopGracePeriod / 1e9) }),
    HostConfig: hostConfig(options),
    NetworkingConfig: { EndpointsConfig: endpoints(options) },
  };
}

/** Its networks, the most important one first (types.go, NetworksByPriority). */
export function networksByPriority({ networks }: Service): readonly ServiceNetwork[] {
  return networks.toSorted((a, b) => b.priority - a.priority || (a.network < b.network ? -1 : 1));
}

const networkName = ({ networks }: ComposeProject, { network }: ServiceNetwork): string =>
  networks.find((each) => each.key === network)?.name ?? network;

function healthcheckBody({ healthcheck }: Service): Data {
  if (!healthcheck) return {};
  const { test, interval, timeout, retries, startPeriod, startInterval } = healthcheck;
  return {
    Healthcheck: {
      ...(test.length > 0 && { Test: test }),
      Interval: interval,
      Timeout: timeout,
      Retries: retries,
      StartPeriod: startPeriod,
      StartInterval: startInterval,
    },
  };
}

function exposedPorts(service: Service): Data {
  const expose = service.expose.map((port) => (port.includes('/') ? port : `${port}/tcp`));
  return Object.fromEntries(
    [...expose, ...service.ports.map(({ target, protocol }) => `${target}/${protocol}`)].map((port) => [port, {}]),
  );
}

function hostConfig(options: BodyOptions): Data {
  const { project, service, autoRemove, links, namespaces, volumesFrom } = options;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { target, protocol, hostIp, published } of service.ports)
    (bindings[`${target}/${protocol}`] ??= []).push({ HostIp: hostIp, HostPort: published });
  const { source } = service;
  return {
    AutoRemove: autoRemove,
    ...mountBody(project, service),
    CapAdd: service.capAdd,
    CapDrop: service.capDrop,
    NetworkMode: networkMode(options),
    ...(source['init'] !== undefined && { Init: service.init }),
    ...(namespaces.ipc !== null && { IpcMode: namespaces.ipc }),
    ...(namespaces.pid !== null && { PidMode: namespaces.pid }),
    ...(asText(source['uts']) && { UTSMode: asText(source['uts']) }),
    ReadonlyRootfs: service.readOnly,
    ...resourcesOf(source),
    ...deployedResources(source),
    ...(source['annotations'] !== undefined && { Annotations: Object.fromEntries(asLabels(source['annotations'])) }),
    ...(source['cgroup'] !== undefined && { CgroupnsMode: source['cgroup'] }),
    RestartPolicy: restartPolicy(service),
    ...(service.sysctls.size > 0 && { Sysctls: Object.fromEntries(service.sysctls) }),
    PortBindings: bindings,
    ...(volumesFrom.length > 0 && { VolumesFrom: volumesFrom }),
    Dns: service.dns,
    DnsSearch: service.dnsSearch,
    DnsOptions: service.dnsOptions,
    ExtraHosts: service.extraHosts,
    Privileged: service.privileged,
    ...(service.tmpfs.length > 0 && { Tmpfs: Object.fromEntries(service.tmpfs.map(tmpfsOf)) }),
    Links: links,
    ...(asList(source['group_add']).length > 0 && { GroupAdd: asStrings(source['group_add']) }),
    ...(asList(source['security_opt']).length > 0 && { SecurityOpt: asStrings(source['security_opt']) }),
  };
}

function tmpfsOf(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function restartPolicy({ restart, source }: Service): Data {
  const policy = asData(asData(source['deploy'])['restart_policy']);
  const [name = '', attempts = ''] =
    Object.keys(policy).length > 0
      ? [asText(policy['condition']) ?? '', asText(policy['max_attempts']) ?? '']
      : (restart ?? '').split(':');
  const engine: Readonly<Record<string, string>> = { none: 'no', any: 'always' };
  return { Name: engine[name] ?? name, MaximumRetryCount: Number(attempts) || 0 };
}

function networkMode({ project, service, namespaces }: BodyOptions): string {
  if (namespaces.network !== null) return namespaces.network;
  const [main] = networksByPriority(service);
  return main && project.networks.length > 0 ? networkName(project, main) : 'none';
}

function endpoints(options: BodyOptions): Data {
  const { project, service, namespaces } = options;
  if (namespaces.network !== null || project.networks.length === 0) return {};
  return Object.fromEntries(
    networksByPriority(service).map((network, i) => [
      networkName(project, network),
      endpoint(options, network, i === 0),
    ]),
  );
}

function endpoint(
  { project, service, number, links, networkAliases }: BodyOptions,
  network: ServiceNetwork,
  main: boolean,
): Data {
  const config = asData(asData(service.source['networks'])[network.network]);
  const configured = Object.keys(config).length > 0;
  const mac = network.macAddress ?? (main ? service.macAddress : null);
  const interfaceName = asText(config['interface_name']);
  const driverOptions = {
    ...asData(config['driver_opts']),
    ...(interfaceName !== null && { 'com.docker.network.endpoint.ifname': interfaceName }),
  };
  return {
    Aliases: [containerName(project, service, number), ...(networkAliases ? [service.name, ...network.aliases] : [])],
    Links: links.length > 0 ? links : null,
    IPAMConfig: configured
      ? {
          ...(network.ipv4Address && { IPv4Address: network.ipv4Address }),
          ...(network.ipv6Address && { IPv6Address: network.ipv6Address }),
          ...(asList(config['link_local_ips']).length > 0 && { LinkLocalIPs: asStrings(config['link_local_ips']) }),
        }
      : null,
    ...(mac !== null && { MacAddress: mac }),
    ...(Object.keys(driverOptions).length > 0 && { DriverOpts: driverOptions }),
    ...(network.gatewayPriority !== 0 && { GwPriority: network.gatewayPriority }),
  };
}
