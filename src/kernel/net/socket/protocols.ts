import { TraceKind } from '../../../sim/trace.ts';
import { IcmpMessage, IpProtocol, TcpSegment, UdpDatagram } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import { DropReason } from '../drop-reason.ts';
import { IcmpType, sendIcmpError, UnreachableCode } from '../icmp/error.ts';
import type { Netns } from '../netns.ts';
import type { Icmp6Socket } from '../raw/icmp6-socket.ts';
import type { RawSocket } from '../raw/raw-socket.ts';
import type { SkBuff } from '../skb.ts';
import { TcpLayer } from '../tcp/tcp-layer.ts';
import { UdpLayer } from '../udp/udp-layer.ts';

/** What an unreachable means to a connected socket (icmp_err_convert in net/ipv4/icmp.c); null: it only retries. */
const UNREACHABLE: Readonly<Record<number, Errno>> = {
  [UnreachableCode.net]: 'ENETUNREACH',
  [UnreachableCode.host]: 'EHOSTUNREACH',
  [UnreachableCode.protocol]: 'ENOPROTOOPT',
  [UnreachableCode.port]: 'ECONNREFUSED',
  [UnreachableCode.fragmentationNeeded]: 'EMSGSIZE',
  [UnreachableCode.netProhibited]: 'ENETUNREACH',
  [UnreachableCode.hostProhibited]: 'EHOSTUNREACH',
  [UnreachableCode.prohibited]: 'EHOSTUNREACH',
};

/** The transport protocols of one namespace: who takes a packet that is for us (ip_protocol_deliver_rcu). */
export class Protocols {
  readonly tcp: TcpLayer;
  readonly udp: UdpLayer;
  readonly raw: RawSocket[] = [];
  /** Raw sockets for ICMPv6. */
  readonly icmp6: Icmp6Socket[] = [];

  constructor(private readonly netns: Netns) {
    this.tcp = new TcpLayer(netns);
    this.udp = new UdpLayer(netns);
  }

  deliver(skb: SkBuff): void {
    const { payload, protocol } = skb.packet;
    const copied = this.raw.length > 0 && this.deliverRaw(skb);
    if (payload instanceof TcpSegment) this.tcp.deliver(skb.packet, payload);
    else if (payload instanceof UdpDatagram) this.udp.deliver(skb, payload);
    else if (protocol !== IpProtocol.icmp && !copied) {
      this.drop(skb);
      sendIcmpError(this.netns, skb, { type: IcmpType.unreachable, code: UnreachableCode.protocol });
    }
  }

  /** An ICMP error quotes a packet of ours: its socket learns of it. */
  icmpError(skb: SkBuff): void {
    const message = skb.packet.payload;
    if (!(message instanceof IcmpMessage) || message.quoted === null) return;
    const { quoted } = message;
    const unreachable = message.type === IcmpType.unreachable ? UNREACHABLE[message.code] : undefined;
    const errno = unreachable ?? (message.type === IcmpType.timeExceeded ? 'EHOSTUNREACH' : null);
    if (errno === null) return;
    const { payload } = quoted;
    if (payload instanceof UdpDatagram) this.udp.error(quoted, payload, errno);
    else if (payload instanceof TcpSegment) this.tcp.error(quoted, payload, errno, message.code);
    for (const socket of this.raw) socket.icmpError(quoted, errno);
  }

  sockets(): SocketInfo[] {
    return [
      ...this.tcp.sockets(),
      ...this.udp.sockets(),
      ...this.raw.map((socket) => socket.info()),
      ...this.icmp6.map((socket) => socket.info()),
    ];
  }

  destroy(): void {
    this.tcp.destroy();
    this.udp.destroy();
    this.raw.length = 0;
    this.icmp6.length = 0;
  }

  private deliverRaw(skb: SkBuff): boolean {
    let taken = false;
    for (const socket of this.raw) taken = socket.deliver(skb) || taken;
    return taken;
  }

  private drop(skb: SkBuff): void {
    const { trace, queue } = this.netns;
    if (trace.enabled)
      trace.record(queue.now, TraceKind.drop, this.netns, skb.packet, DropReason.unknownProtocol, null);
  }
}
