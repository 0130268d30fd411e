import { ok } from '../../base/result.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { type Cidr, cidr, contains, formatCidr, networkOf, overlaps, parseCidr } from '../../wire/cidr.ts';
import { formatIpv4 } from '../../wire/address.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, forbidden, invalid, notFound, notHere } from '../fault.ts';
import { bridgeOptionsFault } from './drivers/bridge-options.ts';
import { isDeviceName, NAME_LIMIT } from '../../kernel/net/link/device-name.ts';
import { createBridgeNetwork, removeBridgeNetwork } from './drivers/bridge.ts';
import { checkMacvlan } from './drivers/macvlan.ts';
import { AddressPool } from './ipam/address-pool.ts';
import { freeSubnet } from './ipam/default-pools.ts';
import { setUpChains } from './iptables-rules.ts';
import { type IpamConfig, Network, PREDEFINED_NETWORKS } from './network.ts';

export interface CreateNetwork {
  readonly Name: string;
  readonly Driver?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network?: string } | null;
  readonly Scope?: string;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Config?: readonly IpamConfig[] | null;
    readonly Options?: Readonly<Record<string, string>> | null;
  } | null;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** All networks of the engine (libnetwork.Controller). */
export class Networks {
  private readonly all = new Map<string, Network>();

  constructor(private readonly daemon: Daemon) {}

  /** What the daemon does as it starts: chains, the three networks that are always there. */
  setUp(): void {
    const { kernel } = this.daemon;
    kernel.netns.sysctlSet('net.ipv4.ip_forward', '1');
    setUpChains(kernel.netns);
    const simple = (name: string, driver: 'host' | 'null') =>
      this.add(
        new Network(this.daemon.newId(), name, driver, this.daemon.timestamp(), {
          internal: false,
          attachable: false,
          options: {},
          labels: {},
          ipam: null,
          ipamOptions: null,
          isDefaultBridge: false,
          ipamAutomatic: true,
        }),
      );
    simple('none', 'null');
    simple('host', 'host');
    const options = {
      'com.docker.network.bridge.default_bridge': 'true',
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.bridge.name': 'docker0',
      'com.docker.network.driver.mtu': '1500',
    };
    const bridge = new Network(this.daemon.newId(), 'bridge', 'bridge', this.daemon.timestamp(), {
      internal: false,
      attachable: false,
      options,
      labels: {},
      ipam: [{ Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' }],
      ipamOptions: null,
      isDefaultBridge: true,
      ipamAutomatic: true,
    });
    bridge.pool = new AddressPool(cidr('172.17.0.0/16'), null);
    bridge.gateway = takeGateway(bridge.pool, null);
    bridge.bridge = 'docker0';
    createBridgeNetwork(kernel, bridge);
    this.add(bridge);
  }

  list(): readonly Network[] {
    return [...this.all.values()];
  }

  /** By name, by id, or by the beginning of an id that fits only one. */
  find(term: string): Answer<Network> {
    const exact = this.all.get(term) ?? this.list().find((network) => network.name === term);
    if (exact) return ok(exact);
    const byPrefix = term === '' ? [] : this.list().filter((network) => network.id.startsWith(term));
    if (byPrefix.length > 1)
      return invalid(`network ${term} is ambiguous (${byPrefix.length} matches found based on ID prefix)`);
    return byPrefix[0] ? ok(byPrefix[0]) : notFound(`network ${term} not found`);
  }

  create(request: CreateNetwork): Answer<Network> {
    const { Name: name, Options, Labels } = request;
    const driver = request.Driver || 'bridge';
    if (name.trim() === '') return invalid('invalid name: name is empty');
    if (PREDEFINED_NETWORKS.includes(name) || name === 'default')
      return forbidden(`operation is not permitted on predefined ${name} network`);
    if (this.list().some((network) => network.name === name))
      return conflict(`network with name ${name} already exists`);
    if (driver === 'host' || driver === 'null') return forbidden(`only one instance of "${driver}" network is allowed`);
    if (driver === 'overlay')
      return forbidden(
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      );
    // Without a parent it hangs on a dummy device, and this kernel has no such devices.
    if (driver === 'ipvlan' && !Options?.['parent']) return failure('operation not supported');
    if (driver === 'ipvlan')
      return notHere(`this simulated host has no ipvlan networks: the drivers bridge, macvlan, host and none are here`);
    if (driver !== 'bridge' && driver !== 'macvlan') return notFound(`plugin "${driver}" not found`);
    if (request.Scope === 'swarm') return forbidden('cannot create a swarm scoped network when swarm is not active');
    if (request.EnableIPv6)
      return notHere('this simulated host has no IPv6 networks yet: create the network without IPv6');
    const kind = checkKind(request);
    if (!kind.ok) return kind;
    const fault = driver === 'bridge' ? bridgeOptionsFault(Options ?? {}, request.Internal ?? false) : null;
    if (fault !== null) return invalid(fault);
    const planned = this.planAddresses(request.IPAM?.Config ?? [], driver);
    if (!planned.ok) return planned;
    const given = request.IPAM?.Config?.length ? request.IPAM.Config.map(cleanConfig) : null;
    const id = this.daemon.newId();
    const network = new Network(id, name, driver, this.daemon.timestamp(), {
      internal: request.Internal ?? false,
      attachable: request.Attachable ?? false,
      options: Options ?? {},
      labels: Labels ?? {},
      ipam: given ?? [drawnConfig(planned.value)],
      ipamOptions: request.IPAM ? (request.IPAM.Options ?? null) : null,
      isDefaultBridge: false,
      ipamAutomatic: !request.IPAM?.Config?.[0]?.Subnet,
    });
    network.pool = planned.value.pool;
    network.gateway = planned.value.gateway;
    const made = this.make(network);
    if (!made.ok) return made;
    this.add(network);
    this.daemon.events.emit('network', 'create', id, { name, type: driver });
    return ok(network);
  }

  /** What its driver makes for it on the host. */
  private make(network: Network): Answer<void> {
    const { id, driver, settings } = network;
    const { kernel } = this.daemon;
    if (driver === 'macvlan') return checkMacvlan(kernel, settings.options);
    network.bridge = network.option('com.docker.network.bridge.name') || `br-${id.slice(0, 12)}`;
    const free = this.checkBridge(network);
    if (!free.ok) return free;
    createBridgeNetwork(kernel, network);
    return ok();
  }

  remove(network: Network): Answer<void> {
    if (network.isPredefined) return forbidden(`${network.name} is a pre-defined network and cannot be removed`);
    const active = [...network.endpoints].filter((endpoint) => endpoint.active);
    if (active.length > 0) {
      const who = active
        .map((endpoint) => `name:"${endpoint.containerName()}" id:"${endpoint.id.slice(0, 12)}"`)
        .sort();
      return forbidden(
        `error while removing network: network ${network.name} has active endpoints (${who.join(', ')})`,
      );
    }
    if (network.driver === 'bridge') removeBridgeNetwork(this.daemon.kernel, network);
    this.all.delete(network.id);
    this.daemon.events.emit('network', 'destroy', network.id, { name: network.name, type: network.driver });
    return ok();
  }

  /** Whether the network can have the device and the MTU that it wants (libnetwork/drivers/bridge: checkConflict, setupDevice, setupMTU). */
  private checkBridge({ id, bridge, settings }: Network): Answer<void> {
    const holder = this.list().find((other) => other.bridge === bridge);
    if (holder)
      return forbidden(
        `cannot create network ${id} (${bridge}): conflicts with network ${holder.id} (${bridge}): networks have same bridge name`,
      );
    const device = this.daemon.kernel.netns.devices.byName(bridge);
    if (device && device.kind !== 'bridge') return failure(`existing interface ${bridge} is not a bridge`);
    if (device)
      return notHere(`this simulated host's Docker makes its bridges itself: take a name that no device has yet`);
    // What the kernel says to such a device.
    if (bridge.length > NAME_LIMIT) return failure('numerical result out of range');
    if (!isDeviceName(bridge)) return failure('invalid argument');
    const mtu = Number(settings.options['com.docker.network.driver.mtu'] ?? 0);
    return mtu > 0 && (mtu < 68 || mtu > 65535) ? failure('invalid argument') : ok();
  }

  private add(network: Network): void {
    this.all.set(network.id, network);
  }

  private planAddresses(configs: readonly IpamConfig[], driver: string): Answer<PlannedAddresses> {
    const [config] = configs;
    // The gateway of a macvlan is somebody else on the LAN: there is one only where the user names it (GetSkipGwAlloc).
    const gatewayOf = (pool: AddressPool, wanted: Ipv4 | null) =>
      driver === 'macvlan' && wanted === null ? null : takeGateway(pool, wanted);
    const problems = configs.flatMap(configProblems);
    if (problems.length > 0) return invalid(`invalid network config:\n${problems.join('\n')}`);
    if (configs.length > 1 && driver === 'bridge') return forbidden("bridge driver doesn't support multiple subnets");
    if (configs.length > 1) return notHere(`${driver} networks have one subnet on this simulated host`);
    const taken = this.list().flatMap((network) => network.subnet ?? []);
    if (!config?.Subnet) {
      const routes = this.daemon.kernel.netns.admin
        .routes()
        .flatMap(({ destination }) => (destination.prefix === 0 ? [] : [destination]));
      const free = freeSubnet([...taken, ...routes]);
      if (!free) return notFound('all predefined address pools have been fully subnetted');
      const pool = new AddressPool(free, null);
      return ok({ pool, gateway: gatewayOf(pool, null) });
    }
    const subnet = cidr(config.Subnet);
    const whole: Cidr = { address: networkOf(subnet), prefix: subnet.prefix };
    if (taken.some((each) => overlaps(each, whole)))
      return forbidden('invalid pool request: Pool overlaps with other one on this address space');
    const range = config.IPRange ? cidr(config.IPRange) : null;
    const pool = new AddressPool(whole, range);
    for (const auxiliary of Object.values(config.AuxiliaryAddresses ?? {})) {
      const address = parseIpv4(auxiliary);
      if (address.ok) pool.request(address.value);
    }
    const wanted = parseIpv4(config.Gateway ?? '');
    return ok({ pool, gateway: gatewayOf(pool, wanted.ok ? wanted.value : null) });
  }
}

/** Kinds of networks that are none here (libnetwork/controller.go, NewNetwork). */
function checkKind({ ConfigOnly, ConfigFrom, Ingress, EnableIPv4, IPAM }: CreateNetwork): Answer<void> {
  if (ConfigOnly || ConfigFrom?.Network)
    return notHere('networks that only keep a configuration are not on this simulated host: give it to each network');
  if (Ingress) return forbidden('Ingress network can only be global scope network');
  if (EnableIPv4 === false) return invalid('IPv4 or IPv6 must be enabled');
  const driver = IPAM?.Driver || 'default';
  if (driver === 'null') return notHere('the IPAM driver null is not on this simulated host: default is');
  return driver === 'default' ? ok() : notFound(`plugin "${driver}" not found`);
}

interface PlannedAddresses {
  readonly pool: AddressPool;
  readonly gateway: Ipv4 | null;
}

/** As inspect shows what was drawn from the default pools. */
const drawnConfig = ({ pool, gateway }: PlannedAddresses): IpamConfig => ({
  Subnet: formatCidr(pool.subnet),
  ...(gateway !== null && { Gateway: formatIpv4(gateway) }),
});

function takeGateway(pool: AddressPool, wanted: Ipv4 | null): Ipv4 {
  const gateway = pool.request(wanted);
  // A subnet of which nothing is left for a gateway can't be: its first address has just become free.
  return gateway.ok ? gateway.value : networkOf(pool.subnet);
}

function cleanConfig({ Subnet, IPRange, Gateway, AuxiliaryAddresses }: IpamConfig): IpamConfig {
  return {
    ...(Subnet && { Subnet }),
    ...(IPRange && { IPRange }),
    ...(Gateway && { Gateway }),
    ...(AuxiliaryAddresses && Object.keys(AuxiliaryAddresses).length > 0 && { AuxiliaryAddresses }),
  };
}

/** What is wrong with an IPAM configuration (api/types/network, ValidateIPAM), a line each. */
function configProblems({ Subnet, IPRange, Gateway, AuxiliaryAddresses = {} }: IpamConfig): readonly string[] {
  const problems: string[] = [];
  const subnet = parseCidr(Subnet ?? '');
  if (Subnet === undefined || Subnet === '') {
    return IPRange || Gateway ? [`invalid subnet : invalid CIDR block notation`] : [];
  }
  if (!subnet.ok) return [`invalid subnet ${Subnet}: invalid CIDR block notation`];
  const network = networkOf(subnet.value);
  const whole: Cidr = { address: network, prefix: subnet.value.prefix };
  if (network !== subnet.value.address) problems.push(`invalid subnet ${Subnet}: it should be ${formatCidr(whole)}`);
  if (IPRange) {
    const range = parseCidr(IPRange);
    if (!range.ok) problems.push(`invalid ip-range ${IPRange}: invalid CIDR block notation`);
    else if (range.value.prefix < whole.prefix)
      problems.push(`invalid ip-range ${IPRange}: CIDR block is bigger than its parent subnet ${formatCidr(whole)}`);
    else if (networkOf(range.value) !== range.value.address)
      problems.push(
        `invalid ip-range ${IPRange}: it should be ${formatCidr({ address: networkOf(range.value), prefix: range.value.prefix })}`,
      );
    else if (!contains(whole, range.value.address))
      problems.push(`invalid ip-range ${IPRange}: parent subnet ${formatCidr(whole)} doesn't contain ip-range`);
  }
  if (Gateway) problems.push(...addressProblems('gateway', Gateway, whole));
  for (const [name, address] of Object.entries(AuxiliaryAddresses))
    problems.push(...addressProblems(`auxiliary address ${name}:`, address, whole));
  return problems;
}

function addressProblems(what: string, text: string, subnet: Cidr): readonly string[] {
  const address = parseIpv4(text);
  if (!address.ok) return [`invalid ${what} ${text}: invalid address`];
  return contains(subnet, address.value)
    ? []
    : [`invalid ${what} ${text}: parent subnet ${formatCidr(subnet)} doesn't contain this address`];
}
