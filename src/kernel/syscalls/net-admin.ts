import type { Result } from '../../base/result.ts';
import type { Ipv4, Mac } from '../../wire/address.ts';
import type { Cidr } from '../../wire/cidr.ts';
import type { Errno } from './errno.ts';

/** With whom a macvlan talks directly: with its siblings, with nobody, with nobody but by way of the switch outside. */
export type MacvlanMode = 'bridge' | 'private' | 'vepa';

/** A device, as `ip link` shows it. */
export interface LinkInfo {
  readonly index: number;
  readonly name: string;
  readonly kind: 'loopback' | 'veth' | 'bridge' | 'ethernet' | 'dummy' | 'macvlan';
  readonly mac: Mac;
  readonly mtu: number;
  /** Administratively up (IFF_UP). */
  readonly up: boolean;
  /** The cable is plugged in and the other end is up (IFF_LOWER_UP). */
  readonly carrier: boolean;
  readonly promiscuous: boolean;
  readonly txQueueLength: number;
  readonly queueing: 'noqueue' | 'fq_codel' | 'pfifo_fast' | 'noop';
  /** The index of a veth's other end or of the device that a macvlan is on, whether that is in another namespace, and the number that this one has for that (link-netnsid). */
  readonly peer: { readonly index: number; readonly otherNamespace: boolean; readonly namespaceId?: number } | null;
  /** The bridge that it is a port of. */
  readonly master: string | null;
  readonly macvlanMode?: MacvlanMode;
  readonly counters: LinkCounters;
}

export interface LinkCounters {
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly rxDropped: number;
  readonly txPackets: number;
  readonly txBytes: number;
  readonly txDropped: number;
}

export interface AddressInfo {
  readonly device: string;
  readonly address: Cidr;
  readonly broadcast: Ipv4 | null;
  readonly scope: 'global' | 'link' | 'host';
  readonly secondary: boolean;
}

export interface RouteInfo {
  /** 0.0.0.0/0 is the default route. */
  readonly destination: Cidr;
  readonly type: 'unicast' | 'local' | 'broadcast' | 'blackhole' | 'unreachable' | 'prohibit';
  readonly gateway: Ipv4 | null;
  readonly device: string | null;
  readonly metric: number;
  readonly scope: 'global' | 'link' | 'host';
  readonly preferredSource: Ipv4 | null;
  readonly protocol: 'kernel' | 'boot' | 'static' | 'dhcp';
  readonly table: 'main' | 'local';
  /** Its device has no carrier. */
  readonly linkDown: boolean;
}

export type NeighborState = 'incomplete' | 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'permanent' | 'noarp';

export interface NeighborInfo {
  readonly address: Ipv4;
  readonly mac: Mac | null;
  readonly device: string;
  readonly state: NeighborState;
  /** Nanoseconds since it was last used, confirmed, updated; questions asked; who holds it besides its table. */
  readonly statistics?: {
    readonly references: number;
    readonly used: number;
    readonly confirmed: number;
    readonly updated: number;
    readonly probes: number;
  };
}

export interface FdbInfo {
  readonly mac: Mac;
  readonly port: string;
  readonly bridge: string;
  readonly local: boolean;
  /** Nanoseconds since it was last seen. */
  readonly age: number;
}

/** A socket, as `netstat` and `ss` show it. */
export interface SocketInfo {
  readonly protocol: 'tcp' | 'udp' | 'raw' | 'unix';
  readonly family: 'inet' | 'inet6' | 'unix';
  readonly state: string;
  /** Numbers; `0.0.0.0` and `::` where unbound. An IPv4 end of an inet6 socket is an Ipv4. */
  readonly local: { readonly address: Ipv4 | bigint; readonly port: number };
  readonly remote: { readonly address: Ipv4 | bigint; readonly port: number };
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly path: string | null;
  readonly pid: number | null;
  readonly program: string | null;
  /** Its process's number on the host, whichever namespace that is in, and the descriptor that it has there. */
  readonly hostPid: number | null;
  readonly descriptor: number | null;
}

/** One line of `conntrack -L`. */
export interface ConntrackInfo {
  readonly protocol: number;
  /** Seconds until it is forgotten. */
  readonly timeout: number;
  /** TCP alone: `ESTABLISHED`. */
  readonly state: string | null;
  readonly original: ConntrackSide;
  readonly reply: ConntrackSide;
  readonly unreplied: boolean;
  readonly assured: boolean;
  readonly mark: number;
}

export interface ConntrackSide {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  /** Ports; for ICMP `sourcePort` is the identifier, `destinationPort` type << 8 | code. */
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export interface NewRoute {
  readonly destination: Cidr;
  readonly gateway?: Ipv4;
  readonly device?: string;
  readonly metric?: number;
  readonly source?: Ipv4;
  readonly scope?: 'global' | 'link' | 'host';
  readonly type?: RouteInfo['type'];
}

/** Reading and changing the tables of one network namespace. Changes act at once; failures are those of the real calls. */
export interface NetAdmin {
  links(): readonly LinkInfo[];
  addresses(): readonly AddressInfo[];
  /** Main table first in the order that `ip route` prints; `all` adds the local table. */
  routes(options?: { readonly all?: boolean }): readonly RouteInfo[];
  neighbors(): readonly NeighborInfo[];
  fdb(): readonly FdbInfo[];
  sockets(): readonly SocketInfo[];
  conntrack(): readonly ConntrackInfo[];
  /** The route that a packet to this address would take; ENETUNREACH where there is none. */
  routeTo(address: Ipv4): Result<RouteInfo & { readonly source: Ipv4 }, Errno>;

  addLink(link: {
    readonly name: string;
    readonly kind: 'veth' | 'bridge' | 'dummy' | 'macvlan';
    readonly peer?: string;
    /** A macvlan's: the device that it is on. */
    readonly lower?: string;
    readonly mode?: MacvlanMode;
  }): Result<void, Errno>;
  removeLink(name: string): Result<void, Errno>;
  setLink(
    name: string,
    change: {
      readonly up?: boolean;
      readonly mtu?: number;
      readonly mac?: Mac;
      readonly name?: string;
      readonly master?: string | null;
      readonly promiscuous?: boolean;
    },
  ): Result<void, Errno>;
  addAddress(device: string, address: Cidr, options?: { readonly broadcast?: Ipv4 }): Result<void, Errno>;
  removeAddress(device: string, address: Cidr): Result<void, Errno>;
  addRoute(route: NewRoute): Result<void, Errno>;
  removeRoute(route: NewRoute): Result<void, Errno>;
  addNeighbor(neighbor: { readonly address: Ipv4; readonly device: string; readonly mac: Mac }): Result<void, Errno>;
  removeNeighbor(neighbor: { readonly address: Ipv4; readonly device: string }): Result<void, Errno>;
  flushNeighbors(device?: string): void;
  flushConntrack(): void;
  /** Forgets the connection with this original direction. */
  forgetConntrack(connection: Pick<ConntrackInfo, 'protocol' | 'original'>): void;

  /** One iptables command without its program name: `['-t', 'nat', '-A', 'POSTROUTING', '-j', 'MASQUERADE']`; what it printed. */
  iptables(args: readonly string[]): { readonly exit: number; readonly out: string; readonly error: string };
  /** All tables that are in use, or one, in the form of iptables-save. */
  iptablesSave(options?: { readonly counters?: boolean; readonly table?: string }): string;
}
