import { NO_BYTES } from '../../../base/bytes.ts';
import { ANY_ADDRESS, BROADCAST_ADDRESS, type Ipv4, isLoopback, isMulticast } from '../../../wire/address.ts';
import { IcmpMessage, IpProtocol, Ipv4Packet } from '../../../wire/packet.ts';
import { sendIpv4 } from '../ip/output.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';

export const IcmpType = {
  echoReply: 0,
  unreachable: 3,
  redirect: 5,
  echoRequest: 8,
  timeExceeded: 11,
  parameterProblem: 12,
} as const;
/** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
export const UnreachableCode = {
  net: 0,
  host: 1,
  protocol: 2,
  port: 3,
  fragmentationNeeded: 4,
  netProhibited: 9,
  hostProhibited: 10,
  prohibited: 13,
} as const;
export const TimeExceededCode = { inTransit: 0, reassembly: 1 } as const;

export interface IcmpError {
  readonly type: number;
  readonly code: number;
  /** Fragmentation needed: what would fit. */
  readonly mtu?: number;
}

/** Precedence "internetwork control", as Linux marks its errors. */
const CONTROL_TOS = 0xc0;

/**
 * Tells the sender of a packet why it ended (icmp_send in net/ipv4/icmp.c): never about an ICMP error, a broadcast or a
 * later fragment (RFC 1122 section 3.2.2), and not too often to the same host.
 */
export function sendIcmpError(netns: Netns, skb: SkBuff, { type, code, mtu = 0 }: IcmpError): void {
  const { packet } = skb;
  if (!mayBeAnswered(netns, packet)) return;
  const destination = netns.routes.find(packet.source);
  if (destination === null) return;
  if (destination.type !== 'local' && !netns.icmpRateLimit.allow(packet.source)) return;
  const source = netns.isLocal(packet.destination) ? packet.destination : destination.preferredSource;
  const message = new IcmpMessage(type, code, 0, mtu, NO_BYTES, packet);
  const tos = (packet.tos & 0x1e) | CONTROL_TOS;
  sendIpv4(netns, makeIcmp(netns, source, packet.source, message, tos), destination);
}

/** A neighbour did not answer: the sender of what waited is told, even if it is ourselves (ipv4_link_failure). */
export function sendHostUnreachable(netns: Netns, skb: SkBuff): void {
  sendIcmpError(netns, skb, { type: IcmpType.unreachable, code: UnreachableCode.host });
}

/** An ICMP packet of ours. */
export function makeIcmp(netns: Netns, source: Ipv4, to: Ipv4, message: IcmpMessage, tos: number): Ipv4Packet {
  const { defaultTtl } = netns.sysctl;
  const id = netns.nextIdentification();
  return new Ipv4Packet(source, to, IpProtocol.icmp, defaultTtl, tos, id, false, false, 0, message);
}

export function isIcmpError(message: IcmpMessage): boolean {
  return message.quoted !== null;
}

function mayBeAnswered(netns: Netns, packet: Ipv4Packet): boolean {
  const { source, destination } = packet;
  if (packet.fragmentOffset !== 0) return false;
  if (source === ANY_ADDRESS || source === BROADCAST_ADDRESS || isMulticast(source)) return false;
  if (isMulticast(destination) || netns.addressType(destination) === 'broadcast') return false;
  if (isLoopback(source) && !netns.isLocal(destination)) return false;
  return !(packet.payload instanceof IcmpMessage && isIcmpError(packet.payload));
}
