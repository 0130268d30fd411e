import { TraceKind } from '../../../sim/trace.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../../wire/address.ts';
import type { Ipv4Packet, UdpDatagram } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import { DropReason } from '../drop-reason.ts';
import { IcmpType, sendIcmpError, UnreachableCode } from '../icmp/error.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';
import { PortTable } from '../socket/ports.ts';
import type { UdpSocket } from './udp-socket.ts';

/** UDP (RFC 768): which socket takes a datagram (net/ipv4/udp.c). */
export class UdpLayer {
  readonly ports = new PortTable<UdpSocket>();

  constructor(private readonly netns: Netns) {}

  deliver(skb: SkBuff, datagram: UdpDatagram): void {
    const { packet } = skb;
    const { trace, queue } = this.netns;
    const socket = this.find(packet.destination, datagram.destinationPort, packet.source, datagram.sourcePort);
    if (socket !== null) {
      socket.deliver(packet, datagram);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.drop, this.netns, packet, DropReason.noListener, null);
    sendIcmpError(this.netns, skb, { type: IcmpType.unreachable, code: UnreachableCode.port });
  }

  /** A datagram of ours could not be delivered; only connected sockets hear of it. */
  error(quoted: Ipv4Packet, datagram: UdpDatagram, errno: Errno): void {
    const socket = this.find(quoted.source, datagram.sourcePort, quoted.destination, datagram.destinationPort);
    if (socket !== null && socket.remotePort !== 0) socket.fail(errno);
  }

  sockets(): SocketInfo[] {
    return [...this.ports.all()].map((socket) => socket.info());
  }

  destroy(): void {
    for (const socket of [...this.ports.all()]) socket.fail('ENETDOWN');
  }

  /** The socket that fits best: connected to the sender before bound to the address before bound to any; of equal ones the last that was bound. */
  private find(address: Ipv4, port: number, from: Ipv4, fromPort: number): UdpSocket | null {
    const candidates = this.ports.at(port);
    let best: UdpSocket | null = null;
    let bestScore = -1;
    for (let i = 0; i < candidates.length; i++) {
      const socket = candidates[i] as UdpSocket;
      if (socket.v6Only) continue;
      let score = 0;
      if (socket.localAddress !== ANY_ADDRESS) {
        if (socket.localAddress !== address) continue;
        score += 2;
      }
      if (socket.remotePort !== 0) {
        if (socket.remoteAddress !== from || socket.remotePort !== fromPort) continue;
        score += 4;
      }
      if (socket.family === 'inet') score++;
      if (score >= bestScore) {
        best = socket;
        bestScore = score;
      }
    }
    return best;
  }
}
