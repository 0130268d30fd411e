import { formatIpv6 } from '../../../wire/ipv6-address.ts';
import { IpProtocol } from '../../../wire/packet.ts';
import { FieldReader, hex, type Layer, named } from './field.ts';
import { readIcmp6Layers } from './read-icmp6.ts';
import { readTcpLayers } from './read-tcp.ts';
import { readUdpLayers } from './read-udp.ts';

const HEADER = 40;
const NEXT_HEADERS = { 0: 'hop-by-hop', 6: 'TCP', 17: 'UDP', 44: 'fragment', 58: 'ICMPv6' };

/** IPv6 without extension headers, and what it carries; offsets as in `wire/ipv6.ts` (RFC 8200 section 3). */
export function readIpv6Layers(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER || reader.u8(0) >> 4 !== 6) return [];
  const length = reader.u16(4);
  const [source, destination] = [addressAt(reader, 8), addressAt(reader, 24)];
  reader.add('ipv6.version', 0, 4, `6, ${hex(reader.u32(0) & 0xfffffff, 7)}`);
  reader.add('ipv6.length', 4, 2, length);
  reader.add('ipv6.next', 6, 1, named(reader.u8(6), NEXT_HEADERS));
  reader.add('ipv6.hops', 7, 1, reader.u8(7));
  reader.add('ipv6.source', 8, 16, source);
  reader.add('ipv6.destination', 24, 16, destination);
  const whole = bytes.subarray(0, start + HEADER + length);
  const inner = readTransport(reader.u8(6), whole, start + HEADER, [source, destination]);
  const carried = Math.min(length, reader.left - HEADER);
  if (inner.length === 0 && carried > 0) reader.add('ipv6.data', HEADER, carried, `${carried} bytes`);
  return [reader.layer('ipv6', HEADER), ...inner];
}

function readTransport(
  protocol: number,
  bytes: Uint8Array,
  start: number,
  addresses: readonly string[],
): readonly Layer[] {
  if (protocol === IpProtocol.tcp) return readTcpLayers(bytes, start);
  if (protocol === IpProtocol.udp) return readUdpLayers(bytes, start, addresses);
  return protocol === IpProtocol.icmp6 ? readIcmp6Layers(bytes, start) : [];
}

function addressAt(reader: FieldReader, offset: number): string {
  let address = 0n;
  for (let at = 0; at < 16; at += 4) address = (address << 32n) | BigInt(reader.u32(offset + at));
  return formatIpv6(address);
}
