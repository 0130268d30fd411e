import { emitIcmp, parseIcmp } from './icmp.ts';
import {
  FragmentPart,
  IcmpMessage,
  IpProtocol,
  type Ipv4Packet,
  OtherTransport,
  TcpSegment,
  type Transport,
  UdpDatagram,
} from './packet.ts';
import { emitTcp, parseTcp } from './tcp.ts';
import { emitUdp, parseUdp } from './udp.ts';

/** What follows an IPv4 header, as bytes. */
export function emitTransport(packet: Ipv4Packet): Uint8Array {
  const { payload } = packet;
  if (payload instanceof UdpDatagram) return emitUdp(payload, packet);
  if (payload instanceof TcpSegment) return emitTcp(payload, packet);
  if (payload instanceof IcmpMessage) return emitIcmp(payload);
  if (payload instanceof FragmentPart)
    return emitTransport(payload.whole).subarray(packet.fragmentOffset, packet.fragmentOffset + payload.length);
  return (payload as OtherTransport).payload;
}

/** The other way round; what doesn't parse stays bytes. */
export function parseTransport(protocol: number, bytes: Uint8Array): Transport {
  const parsed =
    protocol === IpProtocol.udp
      ? parseUdp(bytes)
      : protocol === IpProtocol.tcp
        ? parseTcp(bytes)
        : protocol === IpProtocol.icmp
          ? parseIcmp(bytes)
          : null;
  return parsed?.ok ? parsed.value : new OtherTransport(bytes);
}
