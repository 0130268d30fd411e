import type { Container } from '../../dockerd/container/container.ts';
import type { Daemon } from '../../dockerd/daemon.ts';
import type { Endpoint } from '../../dockerd/libnetwork/endpoint.ts';
import type { Network } from '../../dockerd/libnetwork/network.ts';
import { ipText } from '../../dockerd/libnetwork/port-allocator.ts';
import type { PortMapping } from '../../dockerd/libnetwork/port-mapper.ts';
import { ANY_ADDRESS, formatIpv4, formatMac } from '../../wire/address.ts';
import { formatCidr } from '../../wire/cidr.ts';
import { ANY_ADDRESS6 } from '../../wire/ipv6-address.ts';
import type { ContainerView, DnsRecordView, EndpointView, NetworkView } from './lab-view.ts';

/** Labels that both composes put on what they make. */
const LABEL = 'com.docker.compose.';

export function projectContainer(daemon: Daemon, container: Container): ContainerView {
  const { id, name, imageName, config, hostConfig, lifecycle, health, exitCode, ports, mounts } = container;
  const label = (key: string) => config.Labels[`${LABEL}${key}`] ?? '';
  return {
    id,
    name,
    image: imageName,
    command: [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].join(' '),
    state: lifecycle.state,
    health: lifecycle.running ? (health?.status ?? null) : null,
    exitCode,
    networkMode: hostConfig.NetworkMode,
    endpoints:
      container.endpoints.size > 0
        ? [...container.endpoints.values()].map(projectEndpoint)
        : idleEndpoints(daemon, container),
    ports: ports
      .filter((port) => !ports.some((other) => isIpv4Twin(other, port)))
      .map(({ protocol, hostAddress, hostPort, containerPort, proxy }) => ({
        protocol,
        hostAddress: ipText(hostAddress),
        hostPort,
        containerPort,
        proxyPid: proxy?.pid ?? null,
      })),
    compose: label('project')
      ? {
          project: label('project'),
          service: label('service'),
          number: label('container-number'),
          folder: label('project.working_dir'),
        }
      : null,
    mounts: mounts.map(({ source, volume, target, readOnly }) => ({ source: volume ?? source, target, readOnly })),
    hostname: container.hostname,
  };
}

/** A port published at all addresses has a mapping for each IP version; one of them is enough to see. */
const isIpv4Twin = (four: PortMapping, six: PortMapping): boolean =>
  four.hostAddress === ANY_ADDRESS &&
  six.hostAddress === ANY_ADDRESS6 &&
  four.hostPort === six.hostPort &&
  four.protocol === six.protocol;

const projectEndpoint = ({ network, address, mac, dnsNames, inside }: Endpoint): EndpointView => ({
  network: network.id,
  address: address === null ? null : formatIpv4(address),
  mac: mac === null ? null : formatMac(mac),
  aliases: dnsNames,
  device: inside?.name ?? null,
});

/** The networks that it joins at its next start, as `docker inspect` lists them for a container that doesn't run. */
const idleEndpoints = (daemon: Daemon, { networks }: Container): EndpointView[] =>
  [...networks].flatMap(([name, { networkId, dnsNames }]) => {
    const network = daemon.networks.find(networkId || name);
    return network.ok ? [{ network: network.value.id, address: null, mac: null, aliases: dnsNames, device: null }] : [];
  });

export function projectNetwork(network: Network): NetworkView {
  const { id, name, driver, subnet, gatewayText, bridge, settings, hasNames } = network;
  const project = settings.labels[`${LABEL}project`];
  return {
    id,
    name,
    driver,
    subnet: subnet === null ? null : formatCidr(subnet),
    gateway: gatewayText || null,
    bridge: bridge || null,
    parent: driver === 'macvlan' ? (network.option('parent') ?? null) : null,
    internal: settings.internal,
    hasNames,
    compose: project ? { project, network: settings.labels[`${LABEL}network`] ?? '' } : null,
  };
}

/** What the embedded DNS of a container knows: the names on its networks, and its own links. */
export function projectNames(daemon: Daemon, { resolver, endpoints }: Container): readonly DnsRecordView[] | null {
  if (!resolver) return null;
  const records: DnsRecordView[] = [];
  for (const { network, settings } of endpoints.values()) {
    if (!network.hasNames) continue;
    for (const link of settings.Links ?? []) {
      const [target = '', alias = target] = link.split(':');
      const linked = daemon.containers.find(target);
      const address = linked.ok ? linked.value.endpoints.get(network.name)?.address : undefined;
      if (address !== null && address !== undefined)
        records.push({ name: alias, addresses: [formatIpv4(address)], network: network.name });
    }
    const addressesOf = new Map<string, string[]>();
    for (const { address, dnsNames } of network.endpoints)
      for (const name of address === null ? [] : dnsNames) {
        const known = addressesOf.get(name);
        if (known) known.push(formatIpv4(address as never));
        else addressesOf.set(name, [formatIpv4(address as never)]);
      }
    for (const [name, addresses] of addressesOf) records.push({ name, addresses, network: network.name });
  }
  return records;
}
