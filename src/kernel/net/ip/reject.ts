import { NO_BYTES } from '../../../base/bytes.ts';
import { IpProtocol, Ipv4Packet, TcpFlag, TcpSegment } from '../../../wire/packet.ts';
import { IcmpType, sendIcmpError, UnreachableCode } from '../icmp/error.ts';
import { CtState } from '../netfilter/conntrack.ts';
import type { Netns } from '../netns.ts';
import { SkBuff } from '../skb.ts';
import { sendSkb } from './output.ts';

/** What `-j REJECT --reject-with` may say (net/ipv4/netfilter/ipt_REJECT.c). */
export type RejectWith = keyof typeof CODES | 'tcp-reset';

const CODES = {
  'icmp-net-unreachable': UnreachableCode.net,
  'icmp-host-unreachable': UnreachableCode.host,
  'icmp-proto-unreachable': UnreachableCode.protocol,
  'icmp-port-unreachable': UnreachableCode.port,
  'icmp-net-prohibited': UnreachableCode.netProhibited,
  'icmp-host-prohibited': UnreachableCode.hostProhibited,
  'icmp-admin-prohibited': UnreachableCode.prohibited,
} as const;

/** Answers a packet that a REJECT rule ended. */
export function reject(netns: Netns, skb: SkBuff, how: RejectWith): void {
  if (how === 'tcp-reset') sendReset(netns, skb);
  else sendIcmpError(netns, skb, { type: IcmpType.unreachable, code: CODES[how] });
}

/** nf_send_reset: to the sender, in the name of the destination, on the same conntrack entry. */
function sendReset(netns: Netns, skb: SkBuff): void {
  const { packet } = skb;
  const segment = packet.payload;
  if (!(segment instanceof TcpSegment) || (segment.flags & TcpFlag.rst) !== 0) return;
  const back = netns.routes.find(packet.source);
  if (back === null) return;
  const answered = (segment.flags & TcpFlag.ack) !== 0;
  const counted =
    (segment.flags & TcpFlag.syn ? 1 : 0) + (segment.flags & TcpFlag.fin ? 1 : 0) + segment.payload.length;
  const reset = new TcpSegment(
    segment.destinationPort,
    segment.sourcePort,
    answered ? segment.acknowledgment : 0,
    answered ? 0 : (segment.sequence + counted) >>> 0,
    answered ? TcpFlag.rst : TcpFlag.rst | TcpFlag.ack,
    0,
    0,
    -1,
    false,
    -1,
    -1,
    NO_BYTES,
  );
  const { defaultTtl } = netns.sysctl;
  const answer = new SkBuff(
    new Ipv4Packet(packet.destination, packet.source, IpProtocol.tcp, defaultTtl, 0, 0, true, false, 0, reset),
    null,
  );
  if (skb.conntrack !== null) {
    answer.conntrack = skb.conntrack;
    answer.direction = skb.direction === 0 ? 1 : 0;
    answer.ctState = CtState.related;
  }
  sendSkb(netns, answer, back);
}
