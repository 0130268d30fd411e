import { formatIpv4, formatMac, type Ipv4, type Mac } from '../../../wire/address.ts';
import { EtherType } from '../../../wire/packet.ts';
import { FieldReader, hex, type Layer, named } from './field.ts';
import { readIpv4Layers } from './read-ipv4.ts';
import { readIpv6Layers } from './read-ipv6.ts';

const HEADER = 14;
const ARP_LENGTH = 28;
const ETHER_TYPES = { '0x0800': 'IPv4', '0x0806': 'ARP', '0x86dd': 'IPv6' };
const OPERATIONS = { 1: 'request', 2: 'reply' };

/** Ethernet and what it carries; offsets as in `wire/ethernet.ts`. */
export function readEthernetLayers(bytes: Uint8Array): readonly Layer[] {
  const reader = new FieldReader(bytes, 0);
  if (reader.left < HEADER) return [];
  const etherType = reader.u16(12);
  reader.add('ethernet.destination', 0, 6, macAt(reader, 0));
  reader.add('ethernet.source', 6, 6, macAt(reader, 6));
  reader.add('ethernet.type', 12, 2, named(hex(etherType, 4), ETHER_TYPES));
  const inner =
    etherType === EtherType.arp
      ? readArp(bytes, HEADER)
      : etherType === EtherType.ipv4
        ? readIpv4Layers(bytes, HEADER)
        : etherType === EtherType.ipv6
          ? readIpv6Layers(bytes, HEADER)
          : [];
  return [reader.layer('ethernet', HEADER), ...inner];
}

/** ARP for Ethernet and IPv4; offsets as in `wire/arp.ts`. */
function readArp(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < ARP_LENGTH) return [];
  reader.add('arp.hardware', 0, 2, named(reader.u16(0), { 1: 'Ethernet' }));
  reader.add('arp.protocol', 2, 2, named(hex(reader.u16(2), 4), ETHER_TYPES));
  reader.add('arp.lengths', 4, 2, `${reader.u8(4)}, ${reader.u8(5)}`);
  reader.add('arp.operation', 6, 2, named(reader.u16(6), OPERATIONS));
  reader.add('arp.senderMac', 8, 6, macAt(reader, 8));
  reader.add('arp.sender', 14, 4, formatIpv4(reader.u32(14) as Ipv4));
  reader.add('arp.targetMac', 18, 6, macAt(reader, 18));
  reader.add('arp.target', 24, 4, formatIpv4(reader.u32(24) as Ipv4));
  return [reader.layer('arp', ARP_LENGTH)];
}

const macAt = (reader: FieldReader, offset: number): string =>
  formatMac((reader.u16(offset) * 2 ** 32 + reader.u32(offset + 2)) as Mac);
