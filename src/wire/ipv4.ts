import { err, ok, type Result } from '../base/result.ts';
import type { Ipv4 } from './address.ts';
import { internetChecksum } from './checksum.ts';
import { Ipv4Packet, OtherTransport } from './packet.ts';
import { emitTransport, parseTransport } from './transport.ts';

/**
 * IPv4, RFC 791 section 3.1: version and length 0, TOS 1, total length 2, identification 4, flags and fragment offset 6, TTL 8,
 * protocol 9, checksum 10, source 12, destination 16.
 */
const HEADER = 20;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;

export function parseIpv4Packet(bytes: Uint8Array): Result<Ipv4Packet, 'truncated' | 'not IPv4' | 'bad length'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const header = (view.getUint8(0) & 15) * 4;
  if (view.getUint8(0) >> 4 !== 4) return err('not IPv4');
  const length = view.getUint16(2);
  if (header < HEADER || length < header) return err('bad length');
  const flags = view.getUint16(6);
  const offset = (flags & 0x1fff) * 8;
  const more = (flags & MORE_FRAGMENTS) !== 0;
  const data = bytes.subarray(header, Math.min(length, bytes.length));
  const payload = offset > 0 || more ? new OtherTransport(data) : parseTransport(view.getUint8(9), data);
  return ok(
    new Ipv4Packet(
      view.getInt32(12) as Ipv4,
      view.getInt32(16) as Ipv4,
      view.getUint8(9),
      view.getUint8(8),
      view.getUint8(1),
      view.getUint16(4),
      (flags & DONT_FRAGMENT) !== 0,
      more,
      offset,
      payload,
    ),
  );
}

export function emitIpv4(packet: Ipv4Packet): Uint8Array {
  const data = emitTransport(packet);
  const bytes = new Uint8Array(HEADER + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x45);
  view.setUint8(1, packet.tos);
  view.setUint16(2, bytes.length);
  view.setUint16(4, packet.identification);
  view.setUint16(
    6,
    (packet.dontFragment ? DONT_FRAGMENT : 0) |
      (packet.moreFragments ? MORE_FRAGMENTS : 0) |
      (packet.fragmentOffset / 8),
  );
  view.setUint8(8, packet.ttl);
  view.setUint8(9, packet.protocol);
  view.setInt32(12, packet.source);
  view.setInt32(16, packet.destination);
  view.setUint16(10, internetChecksum(bytes.subarray(0, HEADER)));
  bytes.set(data, HEADER);
  return bytes;
}
