import { NO_BYTES } from '../../../base/bytes.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../../wire/address.ts';
import type { IpAddress, Ipv6 } from '../../../wire/ipv6-address.ts';
import { IpProtocol, Ipv4Packet, Ipv6Packet, TcpFlag, TcpSegment } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import { DropReason } from '../drop-reason.ts';
import { UnreachableCode } from '../icmp/error.ts';
import { sendIpv4 } from '../ip/output.ts';
import { sendIpv6 } from '../ip6/loopback-only.ts';
import type { Netns } from '../netns.ts';
import { PortTable } from '../socket/ports.ts';
import { routedAs, TcpConnection } from './connection.ts';
import { segmentArrives, synchronise } from './segment-arrives.ts';
import type { TcpSocket } from './tcp-socket.ts';

type IpPacket = Ipv4Packet | Ipv6Packet;

/** All TCP of one namespace: connections by their four numbers, listeners by port, and the answer to segments that nobody wants. */
export class TcpLayer {
  readonly ports = new PortTable<TcpSocket>();
  private readonly connections = new Map<number, TcpConnection>();

  constructor(private readonly netns: Netns) {}

  deliver(packet: IpPacket, segment: TcpSegment): void {
    const { trace, queue } = this.netns;
    const connection = this.find(packet.destination, segment.destinationPort, packet.source, segment.sourcePort);
    if (connection !== null && !this.reopens(connection, segment)) {
      if (trace.enabled) trace.record(queue.now, TraceKind.deliver, this.netns, packet, connection.state, null);
      if (!segmentArrives(connection, segment) && trace.enabled) {
        trace.record(queue.now, TraceKind.drop, this.netns, packet, DropReason.badSegment, null);
      }
      return;
    }
    const listener = this.listener(packet.destination, segment.destinationPort);
    if (
      listener !== null &&
      (segment.flags & (TcpFlag.rst | TcpFlag.ack)) === 0 &&
      (segment.flags & TcpFlag.syn) !== 0
    ) {
      this.open(listener, packet, segment);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.drop, this.netns, packet, DropReason.noListener, null);
    this.answerWithReset(packet, segment);
  }

  /** An ICMP error about a segment of ours. */
  error(quoted: Ipv4Packet, segment: TcpSegment, errno: Errno, code: number): void {
    const connection = this.find(quoted.source, segment.sourcePort, quoted.destination, segment.destinationPort);
    if (connection === null || code === UnreachableCode.fragmentationNeeded) return;
    // A neighbour that failed ends a connection attempt at once; others only colour a later time-out (tcp_v4_err).
    if (connection.state === 'SYN_SENT' || connection.state === 'SYN_RECV') connection.finish(errno);
    else connection.softError = errno;
  }

  find(local: IpAddress, localPort: number, remote: IpAddress, remotePort: number): TcpConnection | null {
    let each = this.connections.get(hash(local, localPort, remote, remotePort)) ?? null;
    while (
      each !== null &&
      (each.remotePort !== remotePort ||
        each.localPort !== localPort ||
        each.remoteAddress !== remote ||
        each.localAddress !== local)
    ) {
      each = each.nextInBucket;
    }
    return each;
  }

  add(connection: TcpConnection): void {
    const key = hash(connection.localAddress, connection.localPort, connection.remoteAddress, connection.remotePort);
    connection.nextInBucket = this.connections.get(key) ?? null;
    this.connections.set(key, connection);
  }

  remove(connection: TcpConnection): void {
    const key = hash(connection.localAddress, connection.localPort, connection.remoteAddress, connection.remotePort);
    let each = this.connections.get(key) ?? null;
    if (each === connection) {
      if (connection.nextInBucket === null) this.connections.delete(key);
      else this.connections.set(key, connection.nextInBucket);
      return;
    }
    for (; each !== null; each = each.nextInBucket) {
      if (each.nextInBucket === connection) {
        each.nextInBucket = connection.nextInBucket;
        return;
      }
    }
  }

  /** Whether a socket can't have this port and address: another socket has them, or a connection that outlives its listener. */
  conflicts(port: number, address: IpAddress, candidate: TcpSocket): boolean {
    if (this.ports.conflicts(port, address, candidate)) return true;
    return this.allConnections().some(
      (connection) =>
        connection.localPort === port &&
        (address === ANY_ADDRESS || connection.localAddress === address) &&
        !(connection.reuseAddress && candidate.reuseAddress),
    );
  }

  /** Answers a segment of a connection in its name: the other side's idea of it is wrong. */
  reset(connection: TcpConnection, segment: TcpSegment): void {
    this.sendReset(connection.localAddress, connection.remoteAddress, segment);
  }

  sockets(): SocketInfo[] {
    const listening = [...this.ports.all()].filter((socket) => socket.listening).map((socket) => socket.info());
    return [...listening, ...this.allConnections().map(infoOf)];
  }

  destroy(): void {
    for (const connection of this.allConnections()) connection.finish('ENETDOWN');
  }

  private allConnections(): TcpConnection[] {
    const all: TcpConnection[] = [];
    for (const first of this.connections.values())
      for (let each: TcpConnection | null = first; each !== null; each = each.nextInBucket) all.push(each);
    return all;
  }

  private listener(address: IpAddress, port: number): TcpSocket | null {
    let best: TcpSocket | null = null;
    for (const socket of this.ports.at(port)) {
      if (!socket.listening || (typeof address === 'bigint' ? socket.family === 'inet' : socket.v6Only)) continue;
      if (socket.localAddress === address) return socket;
      if (socket.localAddress === ANY_ADDRESS && (best === null || socket.family === 'inet')) best = socket;
    }
    return best;
  }

  /** A SYN on top of a TIME_WAIT opens anew (RFC 6191). */
  private reopens(connection: TcpConnection, segment: TcpSegment): boolean {
    if (connection.state !== 'TIME_WAIT' || (segment.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) !== TcpFlag.syn)
      return false;
    connection.finish();
    return true;
  }

  private open(listener: TcpSocket, packet: IpPacket, segment: TcpSegment): void {
    const { trace, queue } = this.netns;
    const destination = this.netns.routes.find(routedAs(packet.source));
    if (destination === null || !listener.hasRoom) {
      // A full backlog drops the SYN; the client tries again.
      if (trace.enabled) trace.record(queue.now, TraceKind.drop, this.netns, packet, DropReason.queueFull, null);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.deliver, this.netns, packet, 'LISTEN', null);
    const connection = new TcpConnection(
      this.netns,
      packet.destination,
      segment.destinationPort,
      packet.source,
      segment.sourcePort,
      'SYN_RECV',
      listener,
      destination,
    );
    connection.reuseAddress = listener.reuseAddress;
    listener.opening(connection);
    this.add(connection);
    synchronise(connection, segment);
    connection.sendSynAck();
  }

  private answerWithReset(packet: IpPacket, segment: TcpSegment): void {
    if ((segment.flags & TcpFlag.rst) !== 0 || !this.netns.isLocal(routedAs(packet.destination))) return;
    this.sendReset(packet.destination, packet.source, segment);
  }

  /** tcp_v4_send_reset: with the number that the other side expects, or acknowledging what it sent. */
  private sendReset(from: IpAddress, to: IpAddress, segment: TcpSegment): void {
    const { netns } = this;
    const answers = (segment.flags & TcpFlag.ack) !== 0;
    const length =
      segment.payload.length +
      ((segment.flags & TcpFlag.syn) !== 0 ? 1 : 0) +
      ((segment.flags & TcpFlag.fin) !== 0 ? 1 : 0);
    const reply = new TcpSegment(
      segment.destinationPort,
      segment.sourcePort,
      answers ? segment.acknowledgment : 0,
      answers ? 0 : (segment.sequence + length) >>> 0,
      answers ? TcpFlag.rst : TcpFlag.rst | TcpFlag.ack,
      0,
      0,
      -1,
      false,
      -1,
      0,
      NO_BYTES,
    );
    const { defaultTtl } = netns.sysctl;
    if (typeof from === 'bigint') sendIpv6(netns, new Ipv6Packet(from, to as Ipv6, IpProtocol.tcp, defaultTtl, reply));
    else sendIpv4(netns, new Ipv4Packet(from, to as Ipv4, IpProtocol.tcp, defaultTtl, 0, 0, true, false, 0, reply));
  }
}

function hash(local: IpAddress, localPort: number, remote: IpAddress, remotePort: number): number {
  if (typeof local === 'bigint' || typeof remote === 'bigint') return (localPort << 15) ^ remotePort;
  let h = Math.imul(local ^ Math.imul(remote, 0x9e3779b1), 0x85ebca6b) ^ ((localPort << 16) | remotePort);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return (h ^ (h >>> 13)) & 0x3fffffff;
}

function infoOf(c: TcpConnection): SocketInfo {
  return {
    protocol: 'tcp',
    family: typeof c.localAddress === 'bigint' ? 'inet6' : 'inet',
    state: c.state,
    local: { address: c.localAddress, port: c.localPort },
    remote: { address: c.remoteAddress, port: c.remotePort },
    receiveQueue: c.receiveQueue.bytes.length,
    sendQueue: c.sendQueue.unsent + c.sendQueue.flying,
    path: null,
    pid: null,
    program: null,
    hostPid: null,
    descriptor: null,
    ...c.owner?.describeConnection(),
  };
}
