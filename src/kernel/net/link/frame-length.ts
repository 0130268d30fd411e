import { EtherType, type Frame, type Ipv4Packet } from '../../../wire/packet.ts';
import { ipv4Length } from '../ip/length.ts';

const ETHERNET_HEADER = 14;
const ARP_LENGTH = 28;

/** Bytes of a frame as device counters count them: without preamble, padding and checksum. */
export function frameLength(frame: Frame): number {
  return ETHERNET_HEADER + (frame.etherType === EtherType.ipv4 ? ipv4Length(frame.payload as Ipv4Packet) : ARP_LENGTH);
}
