import { err, ok, type Result } from '../../base/result.ts';
import type { Ipv4 } from '../../wire/address.ts';
import type { Cidr } from '../../wire/cidr.ts';
import { networkOf } from '../../wire/cidr.ts';
import type { Errno } from '../syscalls/errno.ts';
import type {
  AddressInfo,
  ConntrackInfo,
  FdbInfo,
  LinkInfo,
  NeighborInfo,
  NetAdmin,
  NewRoute,
  RouteInfo,
  SocketInfo,
} from '../syscalls/net-admin.ts';
import { Bridge, createBridge } from './link/bridge.ts';
import { isDeviceName } from './link/device-name.ts';
import type { NetDevice } from './link/device.ts';
import { createDummy } from './link/ethernet.ts';
import { removeDevice, setUp } from './link/lifecycle.ts';
import { fdbInfos, linkInfo } from './link/link-info.ts';
import { createMacvlan } from './link/macvlan.ts';
import { createVethPair } from './link/veth.ts';
import type { Netns } from './netns.ts';
import { addAddress, removeAddress } from './route/interface-address.ts';
import type { Route } from './route/route.ts';
import { routeInfo } from './route/route-info.ts';
import { makeRoute } from './route/route-table.ts';

const NO_DEVICE: Result<never, Errno> = err('ENODEV');

type LinkChange = Parameters<NetAdmin['setLink']>[1];

/** The tables of one namespace for programs, as rtnetlink(7) and nf_tables offer them. */
export class NetworkAdmin implements NetAdmin {
  constructor(private readonly netns: Netns) {}

  links(): readonly LinkInfo[] {
    return this.netns.devices.all().map(linkInfo);
  }

  addresses(): readonly AddressInfo[] {
    return this.netns.devices
      .all()
      .flatMap((device) => device.addresses.map((address) => ({ device: device.name, ...address })));
  }

  routes({ all = false }: { readonly all?: boolean } = {}): readonly RouteInfo[] {
    const { routes } = this.netns;
    return [...routes.rows('main'), ...(all ? routes.rows('local') : [])].map(routeInfo);
  }

  neighbors(): readonly NeighborInfo[] {
    return this.netns.neighbors.all().map((neighbor) => {
      const { address, mac, state } = neighbor.row;
      return { address, mac, device: neighbor.device.name, state, statistics: neighbor.statistics() };
    });
  }

  fdb(): readonly FdbInfo[] {
    return fdbInfos(this.netns);
  }

  sockets(): readonly SocketInfo[] {
    return this.netns.protocols.sockets();
  }

  conntrack(): readonly ConntrackInfo[] {
    return this.netns.netfilter.conntrack.list();
  }

  routeTo(address: Ipv4): Result<RouteInfo & { readonly source: Ipv4 }, Errno> {
    const found = this.netns.routes.lookup(address);
    if (!found.ok) return found;
    const { route, device, preferredSource } = found.value;
    if (route === null) return err('ENETUNREACH');
    return ok({ ...routeInfo(route), device: device.name, source: preferredSource });
  }

  addLink({ name, kind, peer, lower, mode = 'vepa' }: Parameters<NetAdmin['addLink']>[0]): Result<void, Errno> {
    const { netns } = this;
    const other = kind === 'veth' ? (peer ?? this.freeName('veth')) : null;
    if (!isDeviceName(name) || (other !== null && !isDeviceName(other)) || name === other) return err('EINVAL');
    if (this.device(name) !== undefined || (other !== null && this.device(other) !== undefined)) return err('EEXIST');
    if (kind === 'macvlan') {
      const below = lower === undefined ? undefined : this.device(lower);
      if (below === undefined) return lower === undefined ? err('EINVAL') : NO_DEVICE;
      const made = createMacvlan(below, { netns, name, mode });
      return made.ok ? ok() : made;
    }
    if (other !== null) createVethPair({ netns, name }, { netns, name: other });
    else if (kind === 'bridge') createBridge(netns, name);
    else createDummy(netns, name);
    return ok();
  }

  removeLink(name: string): Result<void, Errno> {
    const device = this.device(name);
    if (device === undefined) return NO_DEVICE;
    if (device.kind === 'loopback' || device.kind === 'ethernet') return err('EOPNOTSUPP');
    removeDevice(device);
    return ok();
  }

  setLink(name: string, change: LinkChange): Result<void, Errno> {
    const device = this.device(name);
    if (device === undefined) return NO_DEVICE;
    const renamed = this.rename(device, change.name);
    if (!renamed.ok) return renamed;
    if (change.mtu !== undefined) {
      if (change.mtu < 68 || change.mtu > 65536) return err('EINVAL');
      device.mtu = change.mtu;
      this.netns.routes.changed();
    }
    if (change.mac !== undefined) device.setMac(change.mac);
    if (change.promiscuous !== undefined) device.promiscuous = change.promiscuous;
    if (change.master !== undefined) {
      const enslaved = this.setMaster(device, change.master);
      if (!enslaved.ok) return enslaved;
    }
    if (change.up !== undefined) setUp(device, change.up);
    return ok();
  }

  addAddress(device: string, address: Cidr, options: { readonly broadcast?: Ipv4 } = {}): Result<void, Errno> {
    const found = this.device(device);
    return found === undefined ? NO_DEVICE : addAddress(found, address, options);
  }

  removeAddress(device: string, address: Cidr): Result<void, Errno> {
    const found = this.device(device);
    return found === undefined ? NO_DEVICE : removeAddress(found, address);
  }

  addRoute({
    destination,
    gateway,
    device,
    metric = 0,
    source,
    scope,
    type = 'unicast',
  }: NewRoute): Result<void, Errno> {
    const { netns } = this;
    const out = device === undefined ? null : this.device(device);
    if (out === undefined) return NO_DEVICE;
    if (networkOf(destination) !== destination.address) return err('EINVAL');
    const route = makeRoute(netns, {
      destination,
      type,
      gateway: gateway ?? null,
      device: out,
      metric,
      source: source ?? null,
      scope: scope ?? null,
    });
    if (!route.ok) return route;
    return netns.routes.add(route.value) ? ok() : err('EEXIST');
  }

  removeRoute({ destination, gateway, device, metric, source, type }: NewRoute): Result<void, Errno> {
    const out = device === undefined ? null : this.device(device);
    if (out === undefined) return NO_DEVICE;
    const { routes } = this.netns;
    const matches = (route: Route) =>
      route.network === destination.address &&
      route.destination.prefix === destination.prefix &&
      (type === undefined || route.type === type) &&
      (gateway === undefined || route.gateway === gateway) &&
      (out === null || route.device === out) &&
      (metric === undefined || route.metric === metric) &&
      (source === undefined || route.preferredSource === source);
    const table = type === 'local' || type === 'broadcast' ? 'local' : 'main';
    const victim = routes.rows(table).find(matches);
    if (victim === undefined) return err('ESRCH');
    routes.removeWhere((route) => route === victim);
    return ok();
  }

  addNeighbor({ address, device, mac }: Parameters<NetAdmin['addNeighbor']>[0]): Result<void, Errno> {
    const found = this.device(device);
    if (found === undefined) return NO_DEVICE;
    this.netns.neighbors.addPermanent(found, address, mac);
    return ok();
  }

  removeNeighbor({ address, device }: Parameters<NetAdmin['removeNeighbor']>[0]): Result<void, Errno> {
    const found = this.device(device);
    if (found === undefined) return NO_DEVICE;
    return this.netns.neighbors.remove(found, address) ? ok() : err('ENOENT');
  }

  flushNeighbors(device?: string): void {
    const found = device === undefined ? null : this.device(device);
    if (found !== undefined) this.netns.neighbors.flush(found);
  }

  forgetConntrack({ protocol, original }: Pick<ConntrackInfo, 'protocol' | 'original'>): void {
    const { source, destination, sourcePort, destinationPort } = original;
    this.netns.netfilter.conntrack.removeWhere((entry) =>
      entry.original.is(source, destination, protocol, sourcePort, destinationPort),
    );
  }

  flushConntrack(): void {
    this.netns.netfilter.conntrack.flush();
  }

  iptables(args: readonly string[]): { readonly exit: number; readonly out: string; readonly error: string } {
    return this.netns.netfilter.iptables(args);
  }

  iptablesSave(options?: { readonly counters?: boolean; readonly table?: string }): string {
    return this.netns.netfilter.save(options);
  }

  private device(name: string): NetDevice | undefined {
    return this.netns.devices.byName(name);
  }

  private freeName(prefix: string): string {
    for (let i = 0; ; i++) if (this.device(`${prefix}${i}`) === undefined) return `${prefix}${i}`;
  }

  private rename(device: NetDevice, name: string | undefined): Result<void, Errno> {
    if (name === undefined || name === device.name) return ok();
    if (!isDeviceName(name)) return err('EINVAL');
    if (this.device(name) !== undefined) return err('EEXIST');
    device.rename(name);
    return ok();
  }

  private setMaster(device: NetDevice, name: string | null): Result<void, Errno> {
    const bridge = name === null ? null : this.device(name);
    if (bridge === undefined) return NO_DEVICE;
    if (bridge !== null && !(bridge instanceof Bridge)) return err('EOPNOTSUPP');
    // Neither lo nor a bridge can be a port (br_add_if).
    if (bridge !== null && (device.kind === 'loopback' || device.kind === 'bridge')) return err('EINVAL');
    if (bridge !== null && device.macvlans !== null) return err('EBUSY');
    if (device.master === bridge) return ok();
    if (device.master !== null) device.master.removePort(device);
    if (bridge !== null) bridge.addPort(device);
    return ok();
  }
}
