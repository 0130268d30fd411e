import type { EventQueue } from '../../sim/event-queue.ts';
import type { Random } from '../../sim/random.ts';
import type { Place, Trace } from '../../sim/trace.ts';
import { BROADCAST_ADDRESS, type Ipv4, isLoopback, isMulticast } from '../../wire/address.ts';
import type { NetAdmin } from '../syscalls/net-admin.ts';
import { NetworkAdmin } from './admin.ts';
import { Reassembly } from './ip/reassembly.ts';
import { type RejectWith, reject } from './ip/reject.ts';
import { IcmpRateLimit } from './icmp/rate-limit.ts';
import type { NetDevice } from './link/device.ts';
import { DeviceTable } from './link/device-table.ts';
import { removeDevice } from './link/lifecycle.ts';
import { Loopback } from './link/loopback.ts';
import { NeighborTable } from './neigh/neighbor-table.ts';
import { Netfilter } from './netfilter/netfilter.ts';
import { RouteTable } from './route/route-table.ts';
import type { SkBuff } from './skb.ts';
import { Protocols } from './socket/protocols.ts';
import { NetSysctl } from './sysctl.ts';
import type { Tap } from './tap.ts';

export type AddressType = 'unicast' | 'local' | 'broadcast' | 'multicast';

export interface NetnsOptions {
  readonly name: string;
  readonly queue: EventQueue;
  readonly random: Random;
  /** Where the numbering of its devices goes on; `lo` is 1, the next one 2, where absent. */
  readonly indexes?: { next: number };
}

/**
 * A network namespace (struct net): devices, addresses, routes, neighbours, netfilter and sockets of its own. Needs no
 * processes. Left out: policy routing, IPv6, network devices other than those in `link/`.
 */
export class Netns implements Place {
  readonly name: string;
  readonly placeName: string;
  readonly queue: EventQueue;
  readonly trace: Trace;
  readonly random: Random;
  readonly devices = new DeviceTable();
  /** Packet sockets and captures; whoever listens adds itself and takes itself out. */
  readonly taps: Tap[] = [];
  readonly sysctl = new NetSysctl();
  readonly loopback: Loopback;
  readonly routes: RouteTable;
  readonly neighbors: NeighborTable;
  readonly reassembly: Reassembly;
  readonly icmpRateLimit: IcmpRateLimit;
  readonly netfilter: Netfilter;
  readonly protocols: Protocols;
  readonly admin: NetAdmin;
  destroyed = false;
  private readonly indexes: { next: number };
  private identification: number;

  constructor({ name, queue, random, indexes = { next: 2 } }: NetnsOptions) {
    this.name = name;
    this.placeName = name;
    this.queue = queue;
    this.trace = queue.trace;
    this.random = random;
    this.indexes = indexes;
    this.identification = random.below(65536);
    this.loopback = new Loopback(this);
    this.devices.add(this.loopback);
    this.routes = new RouteTable(this);
    this.neighbors = new NeighborTable(this);
    this.reassembly = new Reassembly(this);
    this.icmpRateLimit = new IcmpRateLimit(queue);
    this.netfilter = new Netfilter(this);
    this.protocols = new Protocols(this);
    this.admin = new NetworkAdmin(this);
  }

  /** The next free device number. */
  takeIndex(): number {
    return this.indexes.next++;
  }

  /** The next value for the identification field of an IPv4 header. */
  nextIdentification(): number {
    this.identification = (this.identification + 1) & 0xffff;
    return this.identification;
  }

  /** Whether a packet to this address would be for us: an address of any device here, or 127/8. */
  isLocal(address: Ipv4): boolean {
    return this.routes.isLocal(address);
  }

  /** What kind of address it is here (inet_addr_type), for `-m addrtype`. */
  addressType(address: Ipv4): AddressType {
    if (isMulticast(address)) return 'multicast';
    if (address === BROADCAST_ADDRESS || address >>> 24 === 0) return 'broadcast';
    if (isLoopback(address) || this.routes.isLocal(address)) return 'local';
    return this.routes.isBroadcast(address) ? 'broadcast' : 'unicast';
  }

  /** The first address of a device, as MASQUERADE takes it. */
  primaryAddressOf(device: NetDevice): Ipv4 | null {
    return device.addresses.find((address) => !address.secondary)?.address.address ?? null;
  }

  /** Answers a packet that a REJECT rule ended. */
  rejectWith(skb: SkBuff, how: RejectWith): void {
    reject(this, skb, how);
  }

  sysctlGet(name: string): string | undefined {
    return this.sysctl.get(name);
  }

  sysctlSet(name: string, value: string): boolean {
    return this.sysctl.set(name, value);
  }

  /** The namespace ends: sockets, devices (and the other ends of veths), rules and routes go. */
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.protocols.destroy();
    for (const device of this.devices.all().slice()) removeDevice(device);
    this.reassembly.destroy();
    this.taps.length = 0;
  }
}
