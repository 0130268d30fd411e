import { err, ok, type Result } from '../base/result.ts';
import { internetChecksum, pseudoHeaderSum } from './checksum.ts';
import type { IpAddress } from './ipv6-address.ts';
import { IpProtocol, TcpFlag, TcpSegment } from './packet.ts';

/**
 * TCP, RFC 9293 section 3.1: source port 0, destination port 2, sequence 4, acknowledgment 8, offset and flags 12, window 14,
 * checksum 16, urgent 18, options 20.
 */
const HEADER = 20;
const OPTION = { end: 0, nop: 1, mss: 2, windowScale: 3, sackPermitted: 4, timestamps: 8 } as const;

export function parseTcp(bytes: Uint8Array): Result<TcpSegment, 'truncated' | 'bad offset' | 'bad option'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const offset = (view.getUint8(12) >> 4) * 4;
  if (offset < HEADER || offset > bytes.length) return err('bad offset');
  let mss = 0;
  let windowScale = -1;
  let sackPermitted = false;
  let timestamp = -1;
  let timestampEcho = 0;
  for (let at = HEADER; at < offset; ) {
    const kind = view.getUint8(at);
    if (kind === OPTION.end) break;
    if (kind === OPTION.nop) {
      at++;
      continue;
    }
    const length = at + 1 < offset ? view.getUint8(at + 1) : 0;
    if (length < 2 || at + length > offset) return err('bad option');
    if (kind === OPTION.mss && length === 4) mss = view.getUint16(at + 2);
    else if (kind === OPTION.windowScale && length === 3) windowScale = view.getUint8(at + 2);
    else if (kind === OPTION.sackPermitted) sackPermitted = true;
    else if (kind === OPTION.timestamps && length === 10) {
      timestamp = view.getUint32(at + 2);
      timestampEcho = view.getUint32(at + 6);
    }
    at += length;
  }
  return ok(
    new TcpSegment(
      view.getUint16(0),
      view.getUint16(2),
      view.getUint32(4),
      view.getUint32(8),
      view.getUint8(13) & 0x3f,
      view.getUint16(14),
      mss,
      windowScale,
      sackPermitted,
      timestamp,
      timestampEcho,
      bytes.subarray(offset),
    ),
  );
}

export function emitTcp(
  segment: TcpSegment,
  { source, destination }: { readonly source: IpAddress; readonly destination: IpAddress },
): Uint8Array {
  const options = emitOptions(segment);
  const offset = HEADER + options.length;
  const bytes = new Uint8Array(offset + segment.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, segment.sourcePort);
  view.setUint16(2, segment.destinationPort);
  view.setUint32(4, segment.sequence);
  view.setUint32(8, segment.acknowledgment);
  view.setUint8(12, (offset / 4) << 4);
  view.setUint8(13, segment.flags);
  view.setUint16(14, segment.window);
  bytes.set(options, HEADER);
  bytes.set(segment.payload, offset);
  view.setUint16(16, internetChecksum(bytes, pseudoHeaderSum(source, destination, IpProtocol.tcp, bytes.length)));
  return bytes;
}

/** In the order and with the padding of Linux (tcp_options_write in net/ipv4/tcp_output.c). */
function emitOptions({ mss, windowScale, sackPermitted, timestamp, timestampEcho }: TcpSegment): Uint8Array {
  const out: number[] = [];
  const push32 = (n: number) => out.push((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
  if (mss > 0) out.push(OPTION.mss, 4, mss >> 8, mss & 255);
  if (timestamp !== -1) {
    if (sackPermitted) out.push(OPTION.sackPermitted, 2);
    else out.push(OPTION.nop, OPTION.nop);
    out.push(OPTION.timestamps, 10);
    push32(timestamp);
    push32(timestampEcho);
  } else if (sackPermitted) out.push(OPTION.nop, OPTION.nop, OPTION.sackPermitted, 2);
  if (windowScale >= 0) out.push(OPTION.nop, OPTION.windowScale, 3, windowScale);
  return Uint8Array.from(out);
}

/** `S`, `S.`, `P.`, `F.`, `R`, `.`: flags as tcpdump writes them. */
export function formatTcpFlags(flags: number): string {
  const letters = [
    [TcpFlag.fin, 'F'],
    [TcpFlag.syn, 'S'],
    [TcpFlag.rst, 'R'],
    [TcpFlag.psh, 'P'],
    [TcpFlag.ack, '.'],
    [TcpFlag.urg, 'U'],
  ] as const;
  return letters.map(([bit, letter]) => ((flags & bit) !== 0 ? letter : '')).join('') || 'none';
}
