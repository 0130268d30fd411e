import { err, ok, type Result } from '../base/result.ts';
import type { Ipv6 } from './ipv6-address.ts';
import { IpProtocol, Ipv6Packet, OtherTransport, TcpSegment } from './packet.ts';
import { emitTcp, parseTcp } from './tcp.ts';

/** IPv6, RFC 8200 section 3: version, class and flow label 0, payload length 4, next header 6, hop limit 7, source 8, destination 24. */
const HEADER = 40;

export function parseIpv6Packet(bytes: Uint8Array): Result<Ipv6Packet, 'truncated' | 'not IPv6'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint8(0) >> 4 !== 6) return err('not IPv6');
  const nextHeader = view.getUint8(6);
  const data = bytes.subarray(HEADER, Math.min(bytes.length, HEADER + view.getUint16(4)));
  const segment = nextHeader === IpProtocol.tcp ? parseTcp(data) : null;
  const payload = segment?.ok ? segment.value : new OtherTransport(data);
  return ok(new Ipv6Packet(readAddress(view, 8), readAddress(view, 24), nextHeader, view.getUint8(7), payload));
}

export function emitIpv6(packet: Ipv6Packet): Uint8Array {
  const { payload } = packet;
  const data = payload instanceof TcpSegment ? emitTcp(payload, packet) : payload.payload;
  const bytes = new Uint8Array(HEADER + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, data.length);
  view.setUint8(6, packet.nextHeader);
  view.setUint8(7, packet.hopLimit);
  writeAddress(view, 8, packet.source);
  writeAddress(view, 24, packet.destination);
  bytes.set(data, HEADER);
  return bytes;
}

function readAddress(view: DataView, at: number): Ipv6 {
  return ((view.getBigUint64(at) << 64n) | view.getBigUint64(at + 8)) as Ipv6;
}

function writeAddress(view: DataView, at: number, address: Ipv6): void {
  view.setBigUint64(at, address >> 64n);
  view.setBigUint64(at + 8, address & 0xffff_ffff_ffff_ffffn);
}
