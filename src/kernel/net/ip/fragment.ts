import { FragmentPart, IPV4_HEADER, Ipv4Packet } from '../../../wire/packet.ts';

/** Cuts a packet, or a fragment of one, into pieces that fit (RFC 791 section 3.2; ip_fragment). */
export function fragment(packet: Ipv4Packet, mtu: number): readonly Ipv4Packet[] {
  const step = (mtu - IPV4_HEADER) & ~7;
  const total = packet.payload.length;
  const whole = packet.payload instanceof FragmentPart ? packet.payload.whole : packet;
  const parts: Ipv4Packet[] = [];
  for (let at = 0; at < total; at += step) {
    const length = Math.min(step, total - at);
    parts.push(
      new Ipv4Packet(
        packet.source,
        packet.destination,
        packet.protocol,
        packet.ttl,
        packet.tos,
        packet.identification,
        packet.dontFragment,
        packet.moreFragments || at + length < total,
        packet.fragmentOffset + at,
        new FragmentPart(whole, length),
      ),
    );
  }
  return parts;
}
