import { NO_BYTES } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { type RecordId, TraceKind } from '../../../sim/trace.ts';
import { ANY_ADDRESS, type Ipv4, LOOPBACK_ADDRESS } from '../../../wire/address.ts';
import { IpProtocol, Ipv4Packet, UdpDatagram } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketAddress } from '../../syscalls/socket.ts';
import { DropReason } from '../drop-reason.ts';
import { sendIpv4 } from '../ip/output.ts';
import type { Destination } from '../route/destination.ts';
import { Socket } from '../socket/socket.ts';

/** Bytes that wait at most, with the kernel's cost of each datagram (net.core.rmem_default). */
const RECEIVE_BUFFER = 212_992;
const OVERHEAD = 512;
const LONGEST = 65_507;

/** A datagram that nobody has read yet. */
interface Waiting {
  readonly from: Ipv4;
  readonly port: number;
  readonly data: Uint8Array;
  /** The record of its delivery: what the reader does next comes of it. */
  readonly cause: RecordId;
}

/** A UDP socket (net/ipv4/udp.c). Left out: multicast groups, corking. */
export class UdpSocket extends Socket {
  override localAddress: Ipv4 = ANY_ADDRESS;
  override remoteAddress: Ipv4 = ANY_ADDRESS;
  readonly listening = false;
  private queue: Waiting[] = [];
  private head = 0;
  private buffered = 0;
  private destination: Destination | null = null;
  private bound = false;
  private dead = false;

  readable(): boolean {
    return this.head < this.queue.length || this.error !== null || this.dead;
  }

  writable(): boolean {
    return true;
  }

  bind(address: SocketAddress): Result<void, Errno> {
    if (this.bound) return err('EINVAL');
    const end = this.ipv4Of(address);
    if (!end.ok) return end;
    const { udp } = this.netns.protocols;
    if (end.value.address !== ANY_ADDRESS && this.netns.addressType(end.value.address) === 'unicast')
      return err('EADDRNOTAVAIL');
    if (end.value.port !== 0 && udp.ports.conflicts(end.value.port, end.value.address, this)) return err('EADDRINUSE');
    this.localAddress = end.value.address;
    return this.hold(end.value.port);
  }

  connect(address: SocketAddress): Result<void, Errno> {
    const end = this.ipv4Of(address);
    if (!end.ok) return end;
    const remote = thisHostForAny(end.value.address);
    const route = this.netns.routes.lookup(remote);
    if (!route.ok) return route;
    if (route.value.type === 'broadcast' && !this.broadcast) return err('EACCES');
    const held = this.bound ? ok() : this.hold(0);
    if (!held.ok) return held;
    if (this.localAddress === ANY_ADDRESS) this.localAddress = route.value.preferredSource;
    this.remoteAddress = remote;
    this.remotePort = end.value.port;
    this.destination = route.value;
    return ok();
  }

  send(data: Uint8Array, to?: SocketAddress): Result<number, Errno> {
    if (this.dead) return err('ENETDOWN');
    if (data.length > LONGEST) return err('EMSGSIZE');
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    let address = this.remoteAddress;
    let port = this.remotePort;
    if (to !== undefined) {
      const end = this.ipv4Of(to);
      if (!end.ok) return end;
      if (end.value.port === 0) return err('EINVAL');
      address = thisHostForAny(end.value.address);
      ({ port } = end.value);
    } else if (port === 0) return err('EDESTADDRREQ');
    if (!this.bound) {
      const held = this.hold(0);
      if (!held.ok) return held;
    }
    let { destination } = this;
    if (destination === null || destination.stale || destination.address !== address) {
      const route = this.netns.routes.lookup(
        address,
        this.device === null ? {} : { device: this.netns.devices.byName(this.device) ?? undefined },
      );
      if (!route.ok) return route;
      destination = route.value;
      this.destination = destination;
    }
    if (destination.type === 'broadcast' && !this.broadcast) return err('EACCES');
    const source = this.localAddress === ANY_ADDRESS ? destination.preferredSource : this.localAddress;
    const datagram = new UdpDatagram(this.localPort, port, data);
    const { sysctl } = this.netns;
    const packet = new Ipv4Packet(
      source,
      address,
      IpProtocol.udp,
      this.ttl || sysctl.defaultTtl,
      0,
      this.netns.nextIdentification(),
      this.dontFragment ?? true,
      false,
      0,
      datagram,
    );
    const fits = data.length + 28 <= destination.mtu;
    const sent = sendIpv4(
      this.netns,
      fits || this.dontFragment === true ? packet : withoutDontFragment(packet),
      destination,
    );
    return sent.ok ? ok(data.length) : sent;
  }

  receive(max: number): Result<Received, Errno> {
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    if (this.head === this.queue.length)
      return this.dead ? ok({ data: NO_BYTES, from: this.addressOf(ANY_ADDRESS, 0) }) : err('EAGAIN');
    const { from, port, data, cause } = this.takeFirst();
    this.netns.trace.cause = cause;
    this.buffered -= data.length + OVERHEAD;
    return ok({ data: data.length > max ? data.subarray(0, max) : data, from: this.addressOf(from, port) });
  }

  /** A datagram for this socket. */
  deliver(packet: Ipv4Packet, datagram: UdpDatagram): void {
    const { trace, queue } = this.netns;
    if (this.buffered + datagram.payload.length + OVERHEAD > RECEIVE_BUFFER) {
      if (trace.enabled) trace.record(queue.now, TraceKind.drop, this.netns, packet, DropReason.queueFull, null);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.deliver, this.netns, packet, 'UDP socket', null);
    this.queue.push({ from: packet.source, port: datagram.sourcePort, data: datagram.payload, cause: trace.cause });
    this.buffered += datagram.payload.length + OVERHEAD;
    this.changed.wake();
  }

  private takeFirst(): Waiting {
    const { queue } = this;
    // Mostly there is one, and `pop` is the quickest way to an empty array.
    if (queue.length === 1) return queue.pop() as Waiting;
    const first = queue[this.head++] as Waiting;
    if (this.head === queue.length) {
      this.queue = [];
      this.head = 0;
    }
    return first;
  }

  fail(errno: Errno): void {
    if (errno === 'ENETDOWN') this.dead = true;
    else this.error = errno;
    this.changed.wake();
  }

  info(): SocketInfo {
    return this.describe('udp', this.remotePort === 0 ? '' : 'ESTABLISHED', this.buffered, 0);
  }

  protected closed(): void {
    if (this.bound) this.netns.protocols.udp.ports.remove(this.localPort, this);
    this.bound = false;
  }

  private hold(port: number): Result<void, Errno> {
    const { ports } = this.netns.protocols.udp;
    const chosen = port || ports.ephemeral(this.netns, (each) => !ports.conflicts(each, this.localAddress, this));
    if (chosen === 0) return err('EAGAIN');
    this.localPort = chosen;
    this.bound = true;
    ports.add(chosen, this);
    return ok();
  }
}

/** 0.0.0.0 as a destination means this host (ip_route_output_key_hash). */
const thisHostForAny = (address: Ipv4): Ipv4 => (address === ANY_ADDRESS ? LOOPBACK_ADDRESS : address);

/** Path MTU discovery lets a datagram that is longer than the link go in fragments (IP_PMTUDISC_WANT). */
function withoutDontFragment(p: Ipv4Packet): Ipv4Packet {
  return new Ipv4Packet(
    p.source,
    p.destination,
    p.protocol,
    p.ttl,
    p.tos,
    p.identification,
    false,
    false,
    0,
    p.payload,
  );
}
