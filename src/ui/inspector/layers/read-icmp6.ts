import { Icmp6Type } from '../../../wire/icmp6.ts';
import { dataText } from './data-text.ts';
import { FieldReader, hex, type Layer, named } from './field.ts';

const HEADER = 8;
const TYPES = {
  1: 'destination unreachable',
  2: 'packet too big',
  3: 'time exceeded',
  128: 'echo request',
  129: 'echo reply',
};

/** ICMPv6; offsets as in `wire/icmp6.ts` (RFC 4443). */
export function readIcmp6Layers(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER) return [];
  const type = reader.u8(0);
  reader.add('icmp.type', 0, 1, named(type, TYPES));
  reader.add('icmp.code', 1, 1, reader.u8(1));
  reader.add('icmp.checksum', 2, 2, hex(reader.u16(2), 4));
  if (type === Icmp6Type.echoRequest || type === Icmp6Type.echoReply) {
    reader.add('icmp.identifier', 4, 2, reader.u16(4));
    reader.add('icmp.sequence', 6, 2, reader.u16(6));
  } else reader.add('icmp.unused', 4, 4, hex(reader.u32(4), 8));
  if (reader.left > HEADER) reader.add('icmp.data', HEADER, reader.left - HEADER, dataText(reader.slice(HEADER)));
  return [reader.layer('icmp6', reader.left)];
}
