import { FieldReader, hex, type Layer, named } from './field.ts';
import { dataText } from './data-text.ts';

const HEADER = 8;
const TYPES = {
  0: 'echo reply',
  3: 'destination unreachable',
  5: 'redirect',
  8: 'echo request',
  11: 'time exceeded',
  12: 'parameter problem',
};
const UNREACHABLE = {
  0: 'network',
  1: 'host',
  2: 'protocol',
  3: 'port',
  4: 'fragmentation needed',
  9: 'network prohibited',
  10: 'host prohibited',
  13: 'prohibited by a filter',
};
const EXCEEDED = { 0: 'TTL in transit', 1: 'reassembly' };

/**
 * ICMP; offsets as in `wire/icmp.ts`. An error quotes the packet that it is about.
 *
 * @param readQuoted reads the quoted packet's layers
 */
export function readIcmpLayers(
  bytes: Uint8Array,
  start: number,
  readQuoted: (bytes: Uint8Array, start: number) => readonly Layer[],
): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER) return [];
  const type = reader.u8(0);
  const code = reader.u8(1);
  reader.add('icmp.type', 0, 1, named(type, TYPES));
  reader.add('icmp.code', 1, 1, named(code, type === 3 ? UNREACHABLE : type === 11 ? EXCEEDED : {}));
  reader.add('icmp.checksum', 2, 2, hex(reader.u16(2), 4));
  if (type === 0 || type === 8) {
    reader.add('icmp.identifier', 4, 2, reader.u16(4));
    reader.add('icmp.sequence', 6, 2, reader.u16(6));
    if (reader.left > HEADER) reader.add('icmp.data', HEADER, reader.left - HEADER, dataText(reader.slice(HEADER)));
    return [reader.layer('icmp', reader.left)];
  }
  if (type === 3 && code === 4) {
    reader.add('icmp.unused', 4, 2, reader.u16(4));
    reader.add('icmp.mtu', 6, 2, reader.u16(6));
  } else reader.add('icmp.unused', 4, 4, hex(reader.u32(4), 8));
  const quoted = readQuoted(bytes, start + HEADER).map((layer) => ({ ...layer, quoted: true }));
  if (quoted.length === 0 && reader.left > HEADER)
    reader.add('icmp.data', HEADER, reader.left - HEADER, dataText(reader.slice(HEADER)));
  return [reader.layer('icmp', HEADER), ...quoted];
}
