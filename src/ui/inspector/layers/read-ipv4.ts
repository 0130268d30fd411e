import { formatIpv4, type Ipv4 } from '../../../wire/address.ts';
import { IpProtocol } from '../../../wire/packet.ts';
import { FieldReader, hex, type Layer, named } from './field.ts';
import { readIcmpLayers } from './read-icmp.ts';
import { readTcpLayers } from './read-tcp.ts';
import { readUdpLayers } from './read-udp.ts';

const HEADER = 20;
const PROTOCOLS = { 1: 'ICMP', 2: 'IGMP', 6: 'TCP', 17: 'UDP', 47: 'GRE' };

/** IPv4 and what it carries; offsets as in `wire/ipv4.ts`. What is cut off, as in an ICMP error, is read as far as it goes. */
export function readIpv4Layers(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER || reader.u8(0) >> 4 !== 4) return [];
  const header = (reader.u8(0) & 15) * 4;
  const length = reader.u16(2);
  const flags = reader.u16(6);
  const fragmentOffset = (flags & 0x1fff) * 8;
  reader.add('ipv4.version', 0, 1, `4, ${header} bytes`);
  reader.add('ipv4.tos', 1, 1, hex(reader.u8(1), 2));
  reader.add('ipv4.length', 2, 2, length);
  reader.add('ipv4.identification', 4, 2, reader.u16(4));
  reader.add('ipv4.flags', 6, 1, flagNames(flags));
  reader.add('ipv4.offset', 6, 2, fragmentOffset);
  reader.add('ipv4.ttl', 8, 1, reader.u8(8));
  reader.add('ipv4.protocol', 9, 1, named(reader.u8(9), PROTOCOLS));
  reader.add('ipv4.checksum', 10, 2, hex(reader.u16(10), 4));
  reader.add('ipv4.source', 12, 4, formatIpv4(reader.u32(12) as Ipv4));
  reader.add('ipv4.destination', 16, 4, formatIpv4(reader.u32(16) as Ipv4));
  // A part of a larger packet is read only if it is the first: the others begin in the middle.
  const inner =
    fragmentOffset > 0 ? [] : readTransport(reader, bytes.subarray(0, start + Math.max(header, length)), header);
  if (inner.length === 0 && reader.left > header)
    reader.add(
      'ipv4.data',
      header,
      Math.min(length, reader.left) - header,
      `${Math.min(length, reader.left) - header} bytes`,
    );
  return [reader.layer('ipv4', header), ...inner];
}

function readTransport(reader: FieldReader, bytes: Uint8Array, header: number): readonly Layer[] {
  const protocol = reader.u8(9);
  const start = reader.start + header;
  if (protocol === IpProtocol.icmp) return readIcmpLayers(bytes, start, readIpv4Layers);
  if (protocol === IpProtocol.tcp) return readTcpLayers(bytes, start);
  if (protocol !== IpProtocol.udp) return [];
  return readUdpLayers(
    bytes,
    start,
    [12, 16].map((at) => formatIpv4(reader.u32(at) as Ipv4)),
  );
}

function flagNames(flags: number): string {
  const names = [(flags & 0x4000) !== 0 ? 'DF' : '', (flags & 0x2000) !== 0 ? 'MF' : ''].filter((name) => name !== '');
  return names.length === 0 ? '–' : names.join(', ');
}
