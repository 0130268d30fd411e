import { readPortSpec, type PortSpec } from '../load/port-spec.ts';
import { asData, asDuration, asLabels, asList, asPairs, asStrings, asText, type Data } from './normalise.ts';
import type { Dependency, Healthcheck, Link, Service, ServiceMount, ServiceNetwork } from './project.ts';
import { splitCommand } from './split-command.ts';

/** What a service's relative paths are resolved against. */
export interface ServiceContext {
  readonly workingDirectory: string;
  readonly home: string;
  /** Variables of the service's `env_file`s, read by the loader; the service's own `environment` overrides them. */
  readonly envFile: ReadonlyMap<string, string>;
}

/** A service out of its data, which has passed the grammar. */
export function serviceOf(name: string, data: Data, context: ServiceContext): Service {
  const networkMode = asText(data['network_mode']);
  return {
    name,
    image: asText(data['image']),
    build: data['build'] !== undefined,
    containerName: asText(data['container_name']),
    command: wordsOf(data['command']),
    entrypoint: wordsOf(data['entrypoint']),
    environment: new Map<string, string | null>([...context.envFile, ...asPairs(data['environment'])]),
    labels: asLabels(data['labels']),
    hostname: asText(data['hostname']),
    domainname: asText(data['domainname']),
    workingDir: asText(data['working_dir']),
    user: asText(data['user']),
    tty: data['tty'] === true,
    stdinOpen: data['stdin_open'] === true,
    init: data['init'] === true,
    privileged: data['privileged'] === true,
    readOnly: data['read_only'] === true,
    capAdd: asStrings(data['cap_add']),
    capDrop: asStrings(data['cap_drop']),
    sysctls: asLabels(data['sysctls']),
    restart: asText(data['restart']),
    stopSignal: asText(data['stop_signal']),
    stopGracePeriod: data['stop_grace_period'] === undefined ? null : asDuration(data['stop_grace_period']),
    ports: asList(data['ports']).flatMap(portsOf),
    expose: asStrings(data['expose']),
    volumes: asList(data['volumes']).map((volume) => mountOf(volume, context)),
    tmpfs: asStrings(data['tmpfs']),
    networkMode,
    networks: networkMode === null ? networksOf(data['networks']) : [],
    links: asStrings(data['links']).map(linkOf),
    externalLinks: asStrings(data['external_links']),
    extraHosts: extraHostsOf(data['extra_hosts']),
    dns: asStrings(data['dns']),
    dnsSearch: asStrings(data['dns_search']),
    dnsOptions: asStrings(data['dns_opt']),
    macAddress: asText(data['mac_address']),
    pid: asText(data['pid']),
    ipc: asText(data['ipc']),
    dependsOn: dependenciesOf(data),
    healthcheck: healthcheckOf(data['healthcheck']),
    profiles: asStrings(data['profiles']),
    scale: scaleOf(data),
    source: data,
  };
}

function wordsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? (splitCommand(value) ?? [value]) : asStrings(value);
}

function portsOf(value: unknown): readonly PortSpec[] {
  if (typeof value !== 'object' || value === null) {
    const specs = readPortSpec(String(value));
    return specs.ok ? specs.value : [];
  }
  const data = asData(value);
  return [
    {
      hostIp: asText(data['host_ip']) ?? '',
      published: asText(data['published']) ?? '',
      target: Number(data['target']),
      protocol: (asText(data['protocol']) ?? 'tcp') as PortSpec['protocol'],
    },
  ];
}

function mountOf(value: unknown, { workingDirectory, home }: ServiceContext): ServiceMount {
  const absolute = (path: string) => resolvePath(workingDirectory, path.replace(/^~(?=\/|$)/, home));
  if (typeof value === 'string') {
    const [first, second, mode = ''] = value.split(':') as [string, string?, string?];
    const readOnly = mode.split(',').includes('ro');
    if (second === undefined) return { type: 'volume', source: null, target: first, readOnly: false };
    if (/^[./~]/.test(first)) return { type: 'bind', source: absolute(first), target: second, readOnly };
    return { type: 'volume', source: first, target: second, readOnly };
  }
  const data = asData(value);
  const type = (asText(data['type']) ?? 'volume') as ServiceMount['type'];
  const source = asText(data['source']);
  return {
    type,
    source: type === 'bind' && source !== null ? absolute(source) : source,
    target: asText(data['target']) ?? '',
    readOnly: data['read_only'] === true,
  };
}

/** Joins and cleans a path: `/a/b` and `./../c` give `/a/c`. */
export function resolvePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function networksOf(value: unknown): readonly ServiceNetwork[] {
  const named = Array.isArray(value)
    ? value.map((each) => [String(each), null] as const)
    : Object.entries(asData(value));
  const entries = named.length > 0 ? named : [['default', null] as const];
  return entries.map(([network, raw]) => {
    const data = asData(raw);
    return {
      network,
      aliases: asStrings(data['aliases']),
      ipv4Address: asText(data['ipv4_address']),
      ipv6Address: asText(data['ipv6_address']),
      macAddress: asText(data['mac_address']),
      priority: Number(data['priority'] ?? 0),
      gatewayPriority: Number(data['gw_priority'] ?? 0),
    };
  });
}

function linkOf(text: string): Link {
  const [service, alias = service] = text.split(':') as [string, string?];
  return { service, alias };
}

/** `name: address` or `- name:address` (or `name=address`), in the Engine's form `name:address`. */
function extraHostsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((each) => String(each).replace('=', ':'));
  return Object.entries(asData(value)).flatMap(([name, addresses]) =>
    asStrings(addresses).map((address) => `${name}:${address}`),
  );
}

/** `depends_on` as written; links, `network_mode: service:` and their kin are added by the plan. */
function dependenciesOf(data: Data): readonly Dependency[] {
  const raw = data['depends_on'];
  if (Array.isArray(raw))
    return raw.map((service) => ({
      service: String(service),
      condition: 'service_started',
      required: true,
      restart: false,
    }));
  return Object.entries(asData(raw)).map(([service, each]) => ({
    service,
    condition: (asText(asData(each)['condition']) ?? 'service_started') as Dependency['condition'],
    required: asData(each)['required'] !== false,
    restart: asData(each)['restart'] === true,
  }));
}

function healthcheckOf(value: unknown): Healthcheck | null {
  if (value === undefined || value === null) return null;
  const data = asData(value);
  const test = data['test'];
  return {
    test: data['disable'] === true ? ['NONE'] : typeof test === 'string' ? ['CMD-SHELL', test] : asStrings(test),
    interval: asDuration(data['interval']),
    timeout: asDuration(data['timeout']),
    startPeriod: asDuration(data['start_period']),
    startInterval: asDuration(data['start_interval']),
    retries: Number(data['retries'] ?? 0),
  };
}

function scaleOf(data: Data): number {
  const replicas = asData(data['deploy'])['replicas'];
  return Number(data['scale'] ?? replicas ?? 1);
}
