import { sha256 } from '../../base/sha256.ts';
import { asData, asList, asStrings, asText, type Data } from '../model/normalise.ts';
import { deployedResources, resourcesOf } from '../model/resources.ts';
import type { Project, Service, ServiceNetwork } from '../model/project.ts';
import { LABEL, VERSION } from './naming.ts';
import { secretMounts } from './secrets.ts';

export interface BodyContext {
  readonly project: Project;
  readonly service: Service;
  readonly number: number;
  readonly oneOff: boolean;
  readonly env: ReadonlyMap<string, string>;
  /** Id of the container that `network_mode: service:x` stands for. */
  readonly containerIdOf: (service: string) => string | null;
}

/** What a changed file changes: docker-compose recreates a container when this differs from its label. */
export function configHash(service: Service, project: Project): string {
  const networks = service.networks.map((each) => ({ ...each, name: networkName(project, each) }));
  return sha256(JSON.stringify({ options: service.source, image: service.image, networks, mode: service.networkMode }));
}

/** The network that a container is created on; the others are joined before it starts. */
export function mainNetwork(service: Service): ServiceNetwork | undefined {
  return networksInOrder(service)[0];
}

export function networksInOrder(service: Service): readonly ServiceNetwork[] {
  return [...service.networks].sort((a, b) => b.priority - a.priority);
}

export const networkName = (project: Project, { network }: ServiceNetwork): string =>
  project.networks.find((each) => each.key === network)?.name ?? `${project.name}_${network}`;

/** The body of `POST /containers/create` for one container of a service (compose/service.py, _get_container_create_options). */
export function containerBody(context: BodyContext): Data {
  const { project, service } = context;
  const main = mainNetwork(service);
  return {
    Image: service.image,
    Hostname: service.hostname ?? '',
    Domainname: service.domainname ?? '',
    User: service.user ?? '',
    Tty: service.tty,
    OpenStdin: service.stdinOpen,
    AttachStdin: false,
    AttachStdout: context.oneOff,
    AttachStderr: context.oneOff,
    StdinOnce: false,
    Env: environmentOf(service, context.env),
    ...(service.command && { Cmd: service.command }),
    ...(service.entrypoint && { Entrypoint: service.entrypoint }),
    WorkingDir: service.workingDir ?? '',
    Labels: labelsOf(context),
    ...(service.stopSignal && { StopSignal: service.stopSignal }),
    ...(service.stopGracePeriod !== null && { StopTimeout: Math.round(service.stopGracePeriod / 1e9) }),
    ...(service.healthcheck && {
      Healthcheck: {
        Test: service.healthcheck.test,
        Interval: service.healthcheck.interval,
        Timeout: service.healthcheck.timeout,
        StartPeriod: service.healthcheck.startPeriod,
        Retries: service.healthcheck.retries,
      },
    }),
    ExposedPorts: exposedPorts(service),
    HostConfig: hostConfig(context),
    NetworkingConfig: { EndpointsConfig: main ? { [networkName(project, main)]: endpoint(context, main, null) } : {} },
  };
}

/**
 * How a container joins one of its networks.
 * @param shortId joins the aliases once the container exists, as docker-compose does before it starts it
 */
export function endpoint(
  { service, containerIdOf, oneOff }: BodyContext,
  network: ServiceNetwork,
  shortId: string | null,
): Data {
  const links = service.links.flatMap(({ service: target, alias }) => {
    const id = containerIdOf(target);
    return id === null ? [] : [`${id}:${alias}`, `${id}:${target}`];
  });
  return {
    Aliases: oneOff ? [] : [...new Set([...network.aliases, service.name, ...(shortId === null ? [] : [shortId])])],
    ...(links.length > 0 && { Links: [...new Set(links)] }),
    IPAMConfig: {
      ...(network.ipv4Address && { IPv4Address: network.ipv4Address }),
      ...(network.ipv6Address && { IPv6Address: network.ipv6Address }),
    },
  };
}

function environmentOf(service: Service, env: ReadonlyMap<string, string>): readonly string[] {
  return [...service.environment].flatMap(([name, value]) => {
    const resolved = value ?? env.get(name);
    return resolved === undefined ? [name] : [`${name}=${resolved}`];
  });
}

function labelsOf({ project, service, number, oneOff }: BodyContext): Data {
  return {
    ...Object.fromEntries(service.labels),
    [LABEL.hash]: configHash(service, project),
    [LABEL.number]: String(number),
    [LABEL.oneOff]: oneOff ? 'True' : 'False',
    [LABEL.project]: project.name,
    [LABEL.files]: project.files.map((file) => relativeTo(project.workingDirectory, file)).join(','),
    [LABEL.workingDirectory]: project.workingDirectory,
    [LABEL.service]: service.name,
    [LABEL.version]: VERSION,
  };
}

const relativeTo = (folder: string, file: string) =>
  file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;

function exposedPorts(service: Service): Data {
  const ports = service.ports.map(({ target, protocol }) => `${target}/${protocol}`);
  const exposed = service.expose.map((port) => (port.includes('/') ? port : `${port}/tcp`));
  return Object.fromEntries([...ports, ...exposed].map((port) => [port, {}]));
}

function hostConfig(context: BodyContext): Data {
  const { service, project } = context;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { target, protocol, hostIp, published } of service.ports) {
    (bindings[`${target}/${protocol}`] ??= []).push({ HostIp: hostIp, HostPort: published });
  }
  return {
    NetworkMode: networkMode(context),
    Binds: service.volumes.flatMap((volume) => bindOf(volume, project)),
    Mounts: secretMounts(project, service),
    Tmpfs: Object.fromEntries(
      service.tmpfs.map((each) => each.split(':') as [string, string?]).map(([path, options = '']) => [path, options]),
    ),
    PortBindings: bindings,
    Links: service.networkMode === 'bridge' ? linksOf(context) : [],
    ExtraHosts: service.extraHosts,
    Dns: service.dns,
    DnsSearch: service.dnsSearch,
    DnsOptions: service.dnsOptions,
    Privileged: service.privileged,
    ReadonlyRootfs: service.readOnly,
    ...resourcesOf(service.source),
    ...deployedResources(service.source),
    ...(asList(service.source['group_add']).length > 0 && { GroupAdd: asStrings(service.source['group_add']) }),
    ...(asList(service.source['security_opt']).length > 0 && {
      SecurityOpt: asStrings(service.source['security_opt']),
    }),
    CapAdd: service.capAdd,
    CapDrop: service.capDrop,
    Sysctls: Object.fromEntries(service.sysctls),
    ...(service.init && { Init: true }),
    ...restartPolicy(service),
  };
}

/** `deploy.restart_policy` before `restart`. */
function restartPolicy({ restart, source }: Service): Data {
  const deployed = asData(asData(source['deploy'])['restart_policy']);
  if (Object.keys(deployed).length > 0) {
    const names: Readonly<Record<string, string>> = { any: 'always', none: 'no' };
    const condition = asText(deployed['condition']) ?? 'any';
    const attempts = Number(deployed['max_attempts'] ?? 0);
    return { RestartPolicy: { Name: names[condition] ?? condition, MaximumRetryCount: attempts } };
  }
  const [, name, attempts = '0'] = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(restart ?? '') ?? [];
  return name === undefined ? {} : { RestartPolicy: { Name: name, MaximumRetryCount: Number(attempts) } };
}

function networkMode({ service, project, containerIdOf }: BodyContext): string {
  const mode = service.networkMode;
  if (mode?.startsWith('service:')) return `container:${containerIdOf(mode.slice(8)) ?? mode.slice(8)}`;
  const main = mainNetwork(service);
  return mode ?? (main ? networkName(project, main) : 'default');
}

function linksOf({ service, containerIdOf }: BodyContext): readonly string[] {
  return [
    ...service.links.flatMap(({ service: target, alias }) => {
      const id = containerIdOf(target);
      return id === null ? [] : [`${id}:${alias}`];
    }),
    ...service.externalLinks,
  ];
}

function bindOf({ type, source, target, readOnly }: Service['volumes'][number], project: Project): readonly string[] {
  if (type === 'tmpfs') return [];
  const mode = readOnly ? 'ro' : 'rw';
  if (type === 'bind') return [`${source}:${target}:${mode}`];
  if (source === null) return [];
  return [`${project.volumes.find((each) => each.key === source)?.name ?? source}:${target}:${mode}`];
}
