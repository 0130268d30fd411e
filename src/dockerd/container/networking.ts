import { ok } from '../../base/result.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import { parseIpv4 } from '../../wire/address.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, forbidden, invalid, notFound } from '../fault.ts';
import { Endpoint, type EndpointSettings } from '../libnetwork/endpoint.ts';
import type { Network } from '../libnetwork/network.ts';
import { Sandbox } from '../libnetwork/sandbox.ts';
import { contains } from '../../wire/cidr.ts';
import type { Container, NetworkAttachment } from './container.ts';
import { startResolver } from './name-service.ts';
import { writeNetworkFiles } from './network-files.ts';
import { publishPorts, withdrawPorts } from './ports.ts';

/** A container and its networks: joining and leaving (daemon/container_operations.go). */

/** The networks that it will join, checked before it is created. */
export function planNetworks(
  daemon: Daemon,
  container: Container,
  given: Readonly<Record<string, EndpointSettings>>,
): Answer<void> {
  const mode = container.hostConfig.NetworkMode;
  if (mode === 'host' || mode === 'none' || mode.startsWith('container:')) {
    if (!mode.startsWith('container:')) belongTo(container, mode, {});
    return ok();
  }
  const wanted = new Map(
    Object.entries(given).map(([name, settings]) => [name === 'default' ? 'bridge' : name, settings]),
  );
  if (!wanted.has(mode)) wanted.set(mode, {});
  for (const [name, settings] of wanted) {
    const network = daemon.networks.find(name);
    if (network.ok) {
      const checked = checkEndpoint(network.value, settings ?? {});
      if (!checked.ok) return checked;
    }
    belongTo(container, name, settings ?? {});
  }
  return ok();
}

function belongTo(container: Container, name: string, settings: EndpointSettings): NetworkAttachment {
  const attachment: NetworkAttachment = { settings, networkId: '', dnsNames: [] };
  container.networks.set(name, attachment);
  return attachment;
}

/** Whether a network can give what an endpoint asks for (api/types/network, EndpointSettings.Validate). */
export function checkEndpoint(network: Network, { IPAMConfig, Aliases }: EndpointSettings): Answer<void> {
  const problems: string[] = [];
  const text = IPAMConfig?.IPv4Address;
  if (text) {
    const address = parseIpv4(text);
    if (network.settings.isDefaultBridge || !network.hasAddresses)
      problems.push('user specified IP address is supported on user defined networks only');
    else if (!network.settings.ipam || !network.settings.ipam.some((each) => each.Subnet) || isAutomatic(network))
      problems.push(
        'user specified IP address is supported only when connecting to networks with user configured subnets',
      );
    else if (!address.ok || !network.subnet || !contains(network.subnet, address.value))
      problems.push(`no configured subnet or ip-range contain the IP address ${text}`);
  }
  if (Aliases && Aliases.length > 0 && network.settings.isDefaultBridge)
    problems.push('network-scoped aliases are only supported for user-defined networks');
  return problems.length === 0
    ? ok()
    : invalid(`invalid config for network ${network.name}: invalid endpoint settings:\n${problems.join('\n')}`);
}

/** The subnet was drawn from the default pools: then Docker shows a gateway, which a user-given subnet need not have. */
const isAutomatic = (network: Network) => network.settings.ipamAutomatic;

/** Makes the sandbox, joins all networks, writes the files and starts the resolver; for a container about to run. */
export function setUpNetworking(daemon: Daemon, container: Container): Answer<Pick<Namespaces, 'net'>> {
  const mode = container.hostConfig.NetworkMode;
  const { kernel } = daemon;
  if (mode.startsWith('container:')) {
    const target = daemon.containers.find(mode.slice('container:'.length));
    if (!target.ok) return notFound(`joining network namespace of container: ${target.error.message}`);
    const { namespaces } = target.value;
    if (!target.value.running || !namespaces)
      return conflict(
        `cannot join network namespace of a non running container: container ${target.value.name} is ${target.value.lifecycle.state}`,
      );
    return ok({ net: namespaces.net });
  }
  if (mode === 'host') {
    const joined = attachTo(daemon, container, 'host', container.networks.get('host') as NetworkAttachment);
    return joined.ok ? ok({ net: kernel.netns }) : joined;
  }
  const sandbox = new Sandbox(daemon.newId(), kernel.createNetns(container.name), kernel);
  container.sandbox = sandbox;
  for (const [name, attachment] of container.networks) {
    const joined = attachTo(daemon, container, name, attachment);
    if (!joined.ok) return joined;
  }
  const ports = publishPorts(daemon, container);
  if (!ports.ok) return ports;
  return ok({ net: sandbox.netns });
}

function attachTo(daemon: Daemon, container: Container, name: string, attachment: NetworkAttachment): Answer<Endpoint> {
  const { settings } = attachment;
  const network = daemon.networks.find(attachment.networkId || name);
  if (!network.ok) return notFound(`failed to set up container networking: ${network.error.message}`);
  const endpoint = new Endpoint(network.value, container.id, () => container.name, settings);
  endpoint.dnsNames = dnsNames(container, settings);
  attachment.networkId = network.value.id;
  if (network.value.hasNames) attachment.dnsNames = endpoint.dnsNames;
  if (container.sandbox) {
    const joined = container.sandbox.join(endpoint, () => daemon.newId());
    if (!joined.ok) return failure(`failed to set up container networking: ${joined.error.message}`);
  } else endpoint.id = daemon.newId();
  container.endpoints.set(network.value.name, endpoint);
  network.value.endpoints.add(endpoint);
  daemon.events.emit('network', 'connect', network.value.id, {
    container: container.id,
    name: network.value.name,
    type: network.value.driver,
  });
  return ok(endpoint);
}

/** Under which names it is known, the first one to reverse lookups (buildEndpointDNSNames). */
function dnsNames({ name, id, hostname }: Container, { Aliases }: EndpointSettings): readonly string[] {
  return [...new Set([name, ...(Aliases ?? []), id.slice(0, 12), hostname])].filter((each) => each !== '');
}

/** The container has another name now, and is known by it. */
export function renameEndpoints(container: Container): void {
  for (const endpoint of container.endpoints.values()) {
    endpoint.dnsNames = dnsNames(container, endpoint.settings);
    for (const attachment of container.networks.values())
      if (attachment.networkId === endpoint.network.id && endpoint.network.hasNames)
        attachment.dnsNames = endpoint.dnsNames;
  }
}

/** Leaves all networks; the container has ended. */
export function tearDownNetworking(daemon: Daemon, container: Container): void {
  withdrawPorts(daemon, container);
  container.resolver?.stop();
  container.resolver = null;
  for (const endpoint of container.endpoints.values()) {
    endpoint.network.endpoints.delete(endpoint);
    daemon.events.emit('network', 'disconnect', endpoint.network.id, {
      container: container.id,
      name: endpoint.network.name,
      type: endpoint.network.driver,
    });
  }
  container.sandbox?.destroy();
  container.sandbox = null;
  for (const endpoint of container.endpoints.values()) endpoint.id = '';
  container.endpoints.clear();
}

/** `docker network connect`. */
export function connect(
  daemon: Daemon,
  container: Container,
  network: Network,
  settings: EndpointSettings,
): Answer<void> {
  const mode = container.hostConfig.NetworkMode;
  if (mode === 'host' && network.driver !== 'host')
    return forbidden(
      'cannot connect a container to a network while it uses the host network: container sharing network namespace with another container or host cannot be connected to any other network',
    );
  if (network.driver === 'host') return forbidden('container cannot be connected to host network');
  if (mode.startsWith('container:'))
    return forbidden(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  if (container.endpoints.has(network.name) || (!container.running && container.networks.has(network.name))) {
    return forbidden(`endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  const checked = checkEndpoint(network, settings);
  if (!checked.ok) return checked;
  const attachment = belongTo(container, network.name, settings);
  if (!container.running) return ok();
  const joined = attachTo(daemon, container, network.name, attachment);
  if (!joined.ok) {
    container.networks.delete(network.name);
    return failure(joined.error.message.replace('failed to set up container networking: ', ''));
  }
  startResolver(daemon, container);
  writeNetworkFiles(daemon, container);
  return publishPorts(daemon, container);
}

/** `docker network disconnect`. */
export function disconnect(daemon: Daemon, container: Container, network: Network): Answer<void> {
  const endpoint = container.endpoints.get(network.name);
  if (!endpoint && !container.networks.has(network.name))
    return forbidden(`container ${container.id} is not connected to network ${network.name}`);
  if (network.driver === 'host') return conflict('container cannot be disconnected from host network');
  container.networks.delete(network.name);
  if (!endpoint) return ok();
  container.endpoints.delete(network.name);
  network.endpoints.delete(endpoint);
  // While the endpoint still has its address, which the rules name.
  if (container.ports[0]?.endpoint === endpoint) withdrawPorts(daemon, container);
  container.sandbox?.leave(endpoint);
  daemon.events.emit('network', 'disconnect', network.id, {
    container: container.id,
    name: network.name,
    type: network.driver,
  });
  writeNetworkFiles(daemon, container);
  return publishPorts(daemon, container);
}
