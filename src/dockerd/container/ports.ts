import { ok } from '../../base/result.ts';
import type { Task } from '../../kernel/process/task.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, failure } from '../fault.ts';
import { portRules, program, type PublishedPort } from '../libnetwork/iptables-rules.ts';
import type { Endpoint } from '../libnetwork/endpoint.ts';
import { startProxy } from '../libnetwork/proxy.ts';
import type { Container } from './container.ts';

/** Publishes a container's ports: rules in the host's tables and a proxy process for each (libnetwork/portmapper). */
export function planPorts(daemon: Daemon, container: Container): Answer<void> {
  const endpoint = [...container.endpoints.values()].find(
    ({ network, address }) => network.driver === 'bridge' && !network.settings.internal && address !== null,
  );
  if (!endpoint) return ok();
  for (const wanted of wantedPorts(container)) {
    const published = publish(daemon, endpoint, wanted);
    if (!published.ok) {
      const where = `${wanted.hostAddress === null ? '0.0.0.0' : wanted.hostText}:${wanted.firstPort}`;
      return failure(
        `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${endpoint.id}): ${published.error.message.replace('HERE', where)}`,
      );
    }
    container.ports.push(published.value);
  }
  return ok();
}

interface Wanted {
  readonly protocol: 'tcp' | 'udp';
  readonly containerPort: number;
  readonly hostAddress: Ipv4 | null;
  readonly hostText: string;
  /** 0: any free one. */
  readonly firstPort: number;
  readonly lastPort: number;
}

function* wantedPorts({ hostConfig, config }: Container): Generator<Wanted> {
  const ports = new Set([
    ...Object.keys(hostConfig.PortBindings),
    ...(hostConfig.PublishAllPorts ? Object.keys(config.ExposedPorts ?? {}) : []),
  ]);
  for (const port of ports) {
    const [number = '', protocol = 'tcp'] = port.split('/');
    for (const { HostIp, HostPort } of hostConfig.PortBindings[port] ?? [{ HostIp: '', HostPort: '' }]) {
      const [first = 0, last = first] = HostPort === '' ? [] : HostPort.split('-').map(Number);
      const address = parseIpv4(HostIp);
      const hostAddress = address.ok && address.value !== 0 ? address.value : null;
      yield {
        protocol: protocol as 'tcp' | 'udp',
        containerPort: Number(number),
        hostAddress,
        hostText: HostIp,
        firstPort: first,
        lastPort: last,
      };
    }
  }
}

const FIRST_EPHEMERAL = 32_768;

function publish(
  daemon: Daemon,
  endpoint: Endpoint,
  wanted: Wanted,
): Answer<PublishedPort & { readonly endpoint: Endpoint; readonly proxies: Task[] }> {
  const { kernel } = daemon;
  const [first, last] = wanted.firstPort === 0 ? [FIRST_EPHEMERAL, 60_999] : [wanted.firstPort, wanted.lastPort];
  for (let hostPort = first; hostPort <= last; hostPort++) {
    if (isTaken(daemon, wanted, hostPort)) continue;
    if (isBound(daemon, wanted, hostPort)) {
      if (last > first) continue;
      return failure(
        `failed to bind host port for HERE:${wanted.containerPort}/${wanted.protocol}: address already in use`,
      );
    }
    const port = {
      protocol: wanted.protocol,
      hostAddress: wanted.hostAddress,
      hostPort,
      containerPort: wanted.containerPort,
    };
    program(kernel.netns, portRules(endpoint.network.bridge, endpoint.address as Ipv4, port));
    return ok({ ...port, endpoint, proxies: startProxy(kernel, port, endpoint.address as Ipv4) });
  }
  return failure('Bind for HERE failed: port is already allocated');
}

/** Another container has it. */
function isTaken(daemon: Daemon, { protocol, hostAddress }: Wanted, port: number): boolean {
  return daemon.containers
    .list()
    .some((container) =>
      container.ports.some(
        (each) =>
          each.protocol === protocol &&
          each.hostPort === port &&
          (each.hostAddress === null || hostAddress === null || each.hostAddress === hostAddress),
      ),
    );
}

/** Some other program of the host has it. */
function isBound({ kernel }: Daemon, { protocol, hostAddress }: Wanted, port: number): boolean {
  return kernel.netns.admin
    .sockets()
    .some(
      ({ protocol: kind, state, local }) =>
        kind === protocol &&
        local.port === port &&
        (kind === 'udp' || state === 'LISTEN') &&
        (hostAddress === null || local.address === 0 || local.address === 0n || local.address === hostAddress),
    );
}
