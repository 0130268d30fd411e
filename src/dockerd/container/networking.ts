import { ok } from '../../base/result.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, forbidden, invalid, notFound } from '../fault.ts';
import { Endpoint, type EndpointSettings } from '../libnetwork/endpoint.ts';
import { type HostsEntry, hostsFile, internalResolvConf, legacyResolvConf } from '../libnetwork/container-files.ts';
import type { Network } from '../libnetwork/network.ts';
import { portRules, withdraw } from '../libnetwork/iptables-rules.ts';
import { Resolver } from '../libnetwork/resolver.ts';
import { endpointAddress, Sandbox } from '../libnetwork/sandbox.ts';
import { contains } from '../../wire/cidr.ts';
import type { Container } from './container.ts';
import { planPorts } from './ports.ts';

/** A container and its networks: joining, leaving, the files and names that follow (daemon/container_operations.go). */

export const filesFolder = (container: Container): string => `/var/lib/docker/containers/${container.id}`;

/** The networks that it will join, checked before it is created. */
export function planNetworks(
  daemon: Daemon,
  container: Container,
  given: Readonly<Record<string, EndpointSettings>>,
): Answer<void> {
  const mode = container.hostConfig.NetworkMode;
  if (mode === 'host' || mode === 'none' || mode.startsWith('container:')) {
    if (mode.startsWith('container:') && Object.keys(container.hostConfig.PortBindings).length > 0)
      return invalid('conflicting options: port publishing and the container type network mode');
    if (!mode.startsWith('container:')) container.pending.set(mode, {});
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
    container.pending.set(name, settings ?? {});
  }
  return ok();
}

/** Whether a network can give what an endpoint asks for (api/types/network, EndpointSettings.Validate). */
export function checkEndpoint(network: Network, { IPAMConfig, Aliases }: EndpointSettings): Answer<void> {
  const problems: string[] = [];
  const text = IPAMConfig?.IPv4Address;
  if (text) {
    const address = parseIpv4(text);
    if (network.settings.isDefaultBridge || network.driver !== 'bridge')
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
    const joined = attachTo(daemon, container, 'host', {});
    return joined.ok ? ok({ net: kernel.netns }) : joined;
  }
  const sandbox = new Sandbox(daemon.newId(), kernel.createNetns(container.name), kernel);
  container.sandbox = sandbox;
  for (const [name, settings] of container.pending) {
    const joined = attachTo(daemon, container, name, settings);
    if (!joined.ok) return joined;
  }
  const ports = planPorts(daemon, container);
  if (!ports.ok) return ports;
  return ok({ net: sandbox.netns });
}

function attachTo(daemon: Daemon, container: Container, name: string, settings: EndpointSettings): Answer<Endpoint> {
  const network = daemon.networks.find(name);
  if (!network.ok) return notFound(`failed to set up container networking: network ${name} not found`);
  const endpoint = new Endpoint(network.value, container.id, () => container.name, settings);
  endpoint.dnsNames = dnsNames(container, settings);
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

function dnsNames(container: Container, settings: EndpointSettings): readonly string[] {
  return [
    ...new Set([
      container.name,
      ...(settings.Aliases ?? []),
      container.id.slice(0, 12),
      ...(container.hostname !== container.id.slice(0, 12) ? [container.hostname] : []),
    ]),
  ].filter((name) => name !== '');
}

/** Leaves all networks; the container has ended. */
export function tearDownNetworking(daemon: Daemon, container: Container): void {
  for (const port of container.ports) {
    withdraw(daemon.kernel.netns, portRules(port.endpoint.network.bridge, port.endpoint.address as Ipv4, port));
    for (const proxy of port.proxies) proxy.destroy();
  }
  container.ports = [];
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
  if (container.endpoints.has(network.name) || (!container.running && container.pending.has(network.name))) {
    return forbidden(`endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  const checked = checkEndpoint(network, settings);
  if (!checked.ok) return checked;
  if (container.running) {
    const joined = attachTo(daemon, container, network.name, settings);
    if (!joined.ok) return failure(joined.error.message.replace('failed to set up container networking: ', ''));
    startResolver(daemon, container);
    writeNetworkFiles(daemon, container);
  }
  container.pending.set(network.name, settings);
  return ok();
}

/** `docker network disconnect`. */
export function disconnect(daemon: Daemon, container: Container, network: Network): Answer<void> {
  const endpoint = container.endpoints.get(network.name);
  if (!endpoint && !container.pending.has(network.name))
    return forbidden(`container ${container.id} is not connected to network ${network.name}`);
  if (network.driver === 'host') return conflict('container cannot be disconnected from host network');
  container.pending.delete(network.name);
  if (!endpoint) return ok();
  container.endpoints.delete(network.name);
  network.endpoints.delete(endpoint);
  container.sandbox?.leave(endpoint);
  daemon.events.emit('network', 'disconnect', network.id, {
    container: container.id,
    name: network.name,
    type: network.driver,
  });
  writeNetworkFiles(daemon, container);
  return ok();
}

/** The embedded DNS is there as soon as one of the networks has names. */
export function startResolver(daemon: Daemon, container: Container): void {
  if (container.resolver || !container.namespaces || !container.sandbox) return;
  if (![...container.endpoints.values()].some((endpoint) => endpoint.network.hasNames)) return;
  container.resolver = new Resolver(daemon.kernel, container.namespaces, {
    resolveName: (name) => resolveName(daemon, container, name),
    resolveAddress: (address) => resolveAddress(container, address),
    get upstreams() {
      const own = container.hostConfig.Dns.flatMap((server) => {
        const address = parseIpv4(server);
        return address.ok ? [address.value] : [];
      });
      return own.length > 0 ? own : daemon.upstreams();
    },
  });
  container.resolver.start();
}

/** A name as the container's networks know it: its links first, then names, aliases and `name.network` (libnetwork ResolveName). */
function resolveName(daemon: Daemon, container: Container, name: string): readonly Ipv4[] | null {
  const dot = name.lastIndexOf('.');
  for (const endpoint of container.endpoints.values()) {
    if (!endpoint.network.hasNames) continue;
    for (const link of endpoint.settings.Links ?? []) {
      const [target = '', alias = target] = link.split(':');
      if (alias.toLowerCase() !== name) continue;
      const linked = daemon.containers.find(target);
      const address = linked.ok ? linked.value.endpoints.get(endpoint.network.name)?.address : null;
      if (address !== null && address !== undefined) return [address];
    }
    const wanted = dot > 0 && name.slice(dot + 1) === endpoint.network.name.toLowerCase() ? name.slice(0, dot) : name;
    const found = [...endpoint.network.endpoints].filter(
      (each) => each.address !== null && each.dnsNames.some((known) => known.toLowerCase() === wanted),
    );
    if (found.length > 0)
      return shuffled(
        daemon,
        found.map((each) => each.address as Ipv4),
      );
  }
  return null;
}

/** Several addresses come in a different order each time. */
function shuffled<T>(daemon: Daemon, values: readonly T[]): readonly T[] {
  if (values.length < 2) return values;
  const start = daemon.kernel.random.below(values.length);
  return [...values.slice(start), ...values.slice(0, start)];
}

function resolveAddress(container: Container, address: Ipv4): string | null {
  for (const { network } of container.endpoints.values()) {
    if (!network.hasNames) continue;
    const found = [...network.endpoints].find((each) => each.address === address);
    if (found) return `${found.dnsNames[0]}.${network.name}`;
  }
  return null;
}

/** Writes /etc/hosts, /etc/hostname and /etc/resolv.conf for what the container is joined to now. */
export function writeNetworkFiles(daemon: Daemon, container: Container): void {
  const { files } = daemon.kernel;
  const folder = filesFolder(container);
  const { hostConfig, config } = container;
  const fullName = config.Domainname
    ? `${container.hostname}.${config.Domainname} ${container.hostname}`
    : container.hostname;
  const own: HostsEntry[] = [...container.endpoints.values()]
    .filter((each) => each.address !== null)
    .map((each) => ({ address: endpointAddress(each), names: fullName }));
  const extra: HostsEntry[] = (hostConfig.ExtraHosts ?? []).map((entry) => {
    const at = entry.indexOf(':');
    const address = entry.slice(at + 1);
    return { address: address === 'host-gateway' ? '172.17.0.1' : address, names: entry.slice(0, at) };
  });
  const links: HostsEntry[] = legacyLinks(daemon, container).map(({ alias, target, address }) => ({
    address,
    names: [...new Set([alias, target.hostname, target.name])].join(' '),
  }));
  const isHost = hostConfig.NetworkMode === 'host';
  const hostHosts = files.read('/etc/hosts');
  files.write(
    `${folder}/hosts`,
    isHost && hostHosts.ok
      ? hostHosts.value + extra.map(({ address, names }) => `${address}\t${names}\n`).join('')
      : hostsFile([...extra, ...links], own),
  );
  files.write(`${folder}/hostname`, `${container.hostname}\n`);
  const overrides = { servers: hostConfig.Dns, search: hostConfig.DnsSearch, options: hostConfig.DnsOptions };
  const named = [...container.endpoints.values()].some((each) => each.network.hasNames);
  files.write(
    `${folder}/resolv.conf`,
    named ? internalResolvConf(daemon.upstreams(), overrides) : legacyResolvConf(daemon.upstreams(), overrides),
  );
}

/** `--link` on the default bridge. */
export function legacyLinks(
  daemon: Daemon,
  container: Container,
): readonly { readonly alias: string; readonly target: Container; readonly address: string }[] {
  return (container.hostConfig.Links ?? []).flatMap((link) => {
    const [name = '', alias = name] = link.split(':');
    const target = daemon.containers.find(name);
    const endpoint = target.ok ? target.value.endpoints.get('bridge') : undefined;
    return target.ok && endpoint?.address !== null && endpoint
      ? [{ alias: alias.replace(/.*\//, ''), target: target.value, address: endpointAddress(endpoint) }]
      : [];
  });
}
