import { ok } from '../../base/result.ts';
import { parseIpv4 } from '../../wire/address.ts';
import { type IpAddress, parseIpv6 } from '../../wire/ipv6-address.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, failure, notHere } from '../fault.ts';
import { mapPorts, type PortRequest, unmapPorts } from '../libnetwork/port-mapper.ts';
import type { Container } from './container.ts';

/**
 * Publishes a container's ports where its way out is, and takes them from where it was: both change as networks are joined
 * and left (daemon/container_operations.go, libnetwork/sandbox.go).
 */
export function publishPorts(daemon: Daemon, container: Container): Answer<void> {
  const gateway = container.sandbox?.gatewayEndpoint ?? null;
  const [present] = container.ports;
  if (present && present.endpoint === gateway) return ok();
  withdrawPorts(daemon, container);
  // Only the bridge driver publishes; others leave the request unanswered.
  if (gateway === null || gateway.address === null || gateway.network.driver !== 'bridge') return ok();
  const requests = portRequests(container);
  if (requests === null) return notHere('this simulated host publishes tcp and udp ports, and no sctp ones');
  const mapped = mapPorts(daemon.kernel, daemon.portAllocator, gateway, requests);
  if (!mapped.ok)
    return failure(
      `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${gateway.id}): ${mapped.error}`,
    );
  container.ports = mapped.value;
  return ok();
}

export function withdrawPorts(daemon: Daemon, container: Container): void {
  unmapPorts(daemon.kernel, daemon.portAllocator, container.ports);
  container.ports = [];
}

/** What `-p` and `-P` ask for; null where a protocol isn't here. */
function portRequests({ hostConfig, config }: Container): readonly PortRequest[] | null {
  const ports = new Set([
    ...Object.keys(hostConfig.PortBindings),
    ...(hostConfig.PublishAllPorts ? Object.keys(config.ExposedPorts ?? {}) : []),
  ]);
  const requests: PortRequest[] = [];
  for (const port of ports) {
    const [number = '', protocol = 'tcp'] = port.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp') return null;
    for (const { HostIp, HostPort } of hostConfig.PortBindings[port] ?? [{ HostIp: '', HostPort: '' }]) {
      const [first = 0, last = first] = HostPort === '' ? [] : HostPort.split('-').map(Number);
      requests.push({
        protocol,
        containerPort: Number(number),
        hostAddress: addressOf(HostIp),
        range: { first, last },
      });
    }
  }
  return requests;
}

function addressOf(text: string): IpAddress | null {
  const four = parseIpv4(text);
  return four.ok ? four.value : parseIpv6(text);
}
