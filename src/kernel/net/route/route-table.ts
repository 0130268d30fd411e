import { err, ok, type Result } from '../../../base/result.ts';
import { ANY_ADDRESS, BROADCAST_ADDRESS, type Ipv4, isLoopback, isMulticast } from '../../../wire/address.ts';
import { contains } from '../../../wire/cidr.ts';
import type { Errno } from '../../syscalls/errno.ts';
import { AddressMap } from '../address-map.ts';
import type { NetDevice } from '../link/device.ts';
import type { Netns } from '../netns.ts';
import { Destination } from './destination.ts';
import { Route } from './route.ts';

/** No router makes us believe less (net.ipv4.route.min_pmtu). */
const LEAST_PATH_MTU = 552;
/** So many destinations are remembered before all are forgotten. */
const CACHE_LIMIT = 4096;

export interface RouteLookup {
  /** The socket's own address, if it has one: it has to be ours. */
  readonly source?: Ipv4;
  /** SO_BINDTODEVICE: only this way. */
  readonly device?: NetDevice;
}

/**
 * The tables `local` and `main` (net/ipv4/fib_trie.c), asked in this order: the longest prefix, then the lowest metric,
 * then the older row wins. What was found for an address is remembered until any row changes. Learned path MTUs stay
 * until the namespace ends; Linux forgets them after ten minutes.
 */
export class RouteTable {
  /** Rises with every change. */
  generation = 0;
  private local: Route[] = [];
  private main: Route[] = [];
  private readonly cache = new AddressMap<Destination>();
  private readonly own = new AddressMap<Route>();
  private readonly pathMtus = new Map<Ipv4, number>();

  constructor(private readonly netns: Netns) {}

  /** An address of a device here, or 127/8. */
  isLocal(address: Ipv4): boolean {
    return this.own.get(address) !== undefined || isLoopback(address);
  }

  /** The broadcast address of a network here. */
  isBroadcast(address: Ipv4): boolean {
    return best(this.local, address, null)?.type === 'broadcast';
  }

  /** Where packets to this address go, or null where no route leads there. */
  find(address: Ipv4): Destination | null {
    const known = this.cache.get(address);
    if (known !== undefined) return known;
    const route = best(this.local, address, null) ?? best(this.main, address, null);
    if (route === undefined) return null;
    const destination = this.destination(address, route, route.device);
    if (this.cache.size >= CACHE_LIMIT) this.forget();
    this.cache.set(address, destination);
    return destination;
  }

  /** The same with a socket's wishes, and as a system call's answer (ip_route_output_key). */
  lookup(address: Ipv4, { source, device }: RouteLookup = {}): Result<Destination, Errno> {
    if (source !== undefined && source !== ANY_ADDRESS && !this.isLocal(source)) return err('EINVAL');
    const found = device === undefined ? this.find(address) : this.findBy(address, device);
    if (found === null) return err('ENETUNREACH');
    if (found.type === 'unreachable') return err('EHOSTUNREACH');
    if (found.type === 'prohibit') return err('EACCES');
    if (found.type === 'blackhole') return err('EINVAL');
    return found.found;
  }

  /** Adds a row; false where one with the same destination and metric stands there already. */
  add(route: Route): boolean {
    const rows = route.table === 'local' ? this.local : this.main;
    const same = rows.filter((row) => sameKey(row, route));
    if (same.some((row) => route.table === 'main' || (row.device === route.device && row.type === route.type)))
      return false;
    const at = rows.findIndex((row) => precedes(route, row));
    rows.splice(at < 0 ? rows.length : at, 0, route);
    if (route.table === 'local' && route.type === 'local' && route.destination.prefix === 32)
      this.own.set(route.destination.address, route);
    this.changed();
    return true;
  }

  /** Takes out all rows that the test names; how many there were. */
  removeWhere(test: (route: Route) => boolean): number {
    const before = this.local.length + this.main.length;
    this.local = this.local.filter((route) => !test(route));
    this.main = this.main.filter((route) => !test(route));
    const removed = before - this.local.length - this.main.length;
    if (removed === 0) return 0;
    this.own.clear();
    for (const route of this.local)
      if (route.type === 'local' && route.destination.prefix === 32) this.own.set(route.destination.address, route);
    this.changed();
    return removed;
  }

  /** The rows of one table in the order of the trie: by address, longer prefixes first, then by metric. */
  rows(table: 'local' | 'main'): readonly Route[] {
    const rows = table === 'local' ? this.local : this.main;
    return rows.toSorted((a, b) => (a.network >>> 0) - (b.network >>> 0) || order(a, b));
  }

  /** A router on the way has said how large packets to this address may be (RFC 1191). */
  learnPathMtu(address: Ipv4, mtu: number): void {
    this.pathMtus.set(address, Math.max(LEAST_PATH_MTU, mtu));
    this.changed();
  }

  /** Whatever was remembered may be wrong: a row, an address or an MTU has changed. */
  changed(): void {
    this.generation++;
    this.forget();
  }

  private forget(): void {
    for (const destination of this.cache.values()) destination.stale = true;
    this.cache.clear();
  }

  /** By a given device; where no route says how, the address is taken to be on its link, as Linux does. */
  private findBy(address: Ipv4, device: NetDevice): Destination | null {
    const known = this.find(address);
    if (known !== null && (known.device === device || known.type === 'local')) return known;
    const route = best(this.main, address, device) ?? null;
    return this.destination(address, route, device);
  }

  private destination(address: Ipv4, route: Route | null, device: NetDevice | null): Destination {
    const { loopback } = this.netns;
    const type = isMulticast(address)
      ? 'multicast'
      : address === BROADCAST_ADDRESS
        ? 'broadcast'
        : (route?.type ?? 'unicast');
    const out = type === 'local' || device === null ? loopback : device;
    const gateway = route?.gateway ?? null;
    const source = route?.preferredSource ?? this.selectSource(out, gateway ?? address);
    const mtu = Math.min(out.mtu, this.pathMtus.get(address) ?? out.mtu);
    return new Destination(address, route, type, out, gateway ?? address, source, mtu);
  }

  /** An address of the device, best one of the next hop's network; else any other (inet_select_addr). */
  private selectSource(device: NetDevice, nextHop: Ipv4): Ipv4 {
    const primary = device.addresses.filter((a) => !a.secondary);
    const near = primary.find((a) => contains(a.address, nextHop)) ?? primary[0];
    if (near !== undefined) return near.address.address;
    for (const other of this.netns.devices.all())
      for (const a of other.addresses) if (a.scope === 'global') return a.address.address;
    return ANY_ADDRESS;
  }
}

function best(rows: readonly Route[], address: Ipv4, device: NetDevice | null): Route | undefined {
  for (const row of rows)
    if (((address ^ row.network) & row.mask) === 0 && (device === null || row.device === device)) return row;
  return undefined;
}

function order(a: Route, b: Route): number {
  return b.destination.prefix - a.destination.prefix || a.metric - b.metric;
}

function precedes(a: Route, b: Route): boolean {
  return order(a, b) < 0;
}

function sameKey(a: Route, b: Route): boolean {
  return a.network === b.network && a.destination.prefix === b.destination.prefix && a.metric === b.metric;
}

/** Finds out what a new route's row has to be: its device from its gateway, its scope; fails as `ip route add` does. */
export function makeRoute(
  netns: Netns,
  options: {
    readonly destination: Route['destination'];
    readonly type: Route['type'];
    readonly gateway: Ipv4 | null;
    readonly device: NetDevice | null;
    readonly metric: number;
    readonly source: Ipv4 | null;
    readonly scope: Route['scope'] | null;
  },
): Result<Route, Errno> {
  const { destination, type, gateway, metric, source } = options;
  let { device } = options;
  if (type === 'blackhole' || type === 'unreachable' || type === 'prohibit')
    return ok(new Route({ destination, type, device: null, metric, scope: 'global', protocol: 'boot', table: 'main' }));
  if (gateway !== null) {
    const way = netns.routes.find(gateway);
    // The gateway has to be on a link of ours: fib_check_nh.
    if (way === null || way.type !== 'unicast' || way.route?.gateway !== null) return err('ENETUNREACH');
    if (device !== null && device !== way.device) return err('ENETUNREACH');
    device = way.device;
  }
  if (device === null) return err('ENODEV');
  if (!device.up) return err('ENETDOWN');
  if (source !== null && !netns.isLocal(source)) return err('EINVAL');
  return ok(
    new Route({
      destination,
      type,
      device,
      metric,
      scope: options.scope ?? (gateway === null ? 'link' : 'global'),
      protocol: 'boot',
      table: type === 'local' || type === 'broadcast' ? 'local' : 'main',
      ...(gateway === null ? {} : { gateway }),
      ...(source === null ? {} : { source }),
    }),
  );
}
