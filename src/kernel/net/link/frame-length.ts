import { EtherType, type Frame, type Ipv4Packet, Ipv6Packet } from '../../../wire/packet.ts';
import { ipv4Length, ipv6Length } from '../ip/length.ts';

const ETHERNET_HEADER = 14;
const ARP_LENGTH = 28;

/** Bytes of a frame as device counters count them: without preamble, padding and checksum. */
export function frameLength({ etherType, payload }: Frame): number {
  if (etherType === EtherType.ipv4) return ETHERNET_HEADER + ipv4Length(payload as Ipv4Packet);
  return ETHERNET_HEADER + (payload instanceof Ipv6Packet ? ipv6Length(payload) : ARP_LENGTH);
}
