import {
  FragmentPart,
  IcmpMessage,
  type Ipv4Packet,
  type Ipv6Packet,
  TcpSegment,
  type Transport,
  UdpDatagram,
} from '../../../wire/packet.ts';

export const IPV4_HEADER = 20;
export const IPV6_HEADER = 40;
/** An ICMP error quotes as much as fits into 576 bytes (RFC 1812 section 4.3.2.3). */
export const ICMP_QUOTE_LIMIT = 576 - IPV4_HEADER - 8;

/** Total length of a packet, as its header would say. */
export function ipv4Length(packet: Ipv4Packet): number {
  return IPV4_HEADER + transportLength(packet.payload);
}

export function ipv6Length({ payload }: Ipv6Packet): number {
  return IPV6_HEADER + transportLength(payload);
}

/** Bytes that follow the header of either version. */
export function transportLength(payload: Transport): number {
  if (payload instanceof UdpDatagram) return 8 + payload.payload.length;
  if (payload instanceof TcpSegment) return 20 + tcpOptionsLength(payload) + payload.payload.length;
  if (payload instanceof IcmpMessage) {
    const { quoted } = payload;
    return 8 + (quoted === null ? payload.payload.length : Math.min(ipv4Length(quoted), ICMP_QUOTE_LIMIT));
  }
  if (payload instanceof FragmentPart) return payload.length;
  return payload.payload.length;
}

/** Options with Linux's padding (tcp_options_write in net/ipv4/tcp_output.c). */
function tcpOptionsLength(segment: TcpSegment): number {
  return (
    (segment.mss === 0 ? 0 : 4) +
    (segment.timestamp === -1 ? (segment.sackPermitted ? 4 : 0) : 12) +
    (segment.windowScale === -1 ? 0 : 4)
  );
}
