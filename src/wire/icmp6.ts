import { err, ok, type Result } from '../base/result.ts';
import { internetChecksum, pseudoHeaderSum } from './checksum.ts';
import type { Ipv6 } from './ipv6-address.ts';
import { IpProtocol } from './packet.ts';

/** ICMPv6, RFC 4443: type 0, code 1, checksum 2, and of an echo identifier 4, sequence 6, data 8. */
const HEADER = 8;

export const Icmp6Type = { echoRequest: 128, echoReply: 129 } as const;

/** An echo request or its reply (RFC 4443 section 4). */
export interface Icmp6Echo {
  readonly type: number;
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
}

export function parseIcmp6Echo(bytes: Uint8Array): Result<Icmp6Echo, 'truncated' | 'no echo'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const type = view.getUint8(0);
  if (type !== Icmp6Type.echoRequest && type !== Icmp6Type.echoReply) return err('no echo');
  return ok({ type, identifier: view.getUint16(4), sequence: view.getUint16(6), data: bytes.subarray(HEADER) });
}

/** Without a checksum: that counts the addresses in, which a program doesn't know. */
export function emitIcmp6Echo({ type, identifier, sequence, data }: Icmp6Echo): Uint8Array {
  const bytes = new Uint8Array(HEADER + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, type);
  view.setUint16(4, identifier);
  view.setUint16(6, sequence);
  bytes.set(data, HEADER);
  return bytes;
}

/** The same bytes with their checksum, which the kernel puts in (RFC 3542 section 3.1). */
export function withIcmp6Checksum(bytes: Uint8Array, source: Ipv6, destination: Ipv6): Uint8Array {
  const sealed = Uint8Array.from(bytes);
  const view = new DataView(sealed.buffer);
  view.setUint16(2, 0);
  const pseudo = pseudoHeaderSum(source, destination, IpProtocol.icmp6, sealed.length);
  view.setUint16(2, internetChecksum(sealed, pseudo));
  return sealed;
}

/** What tcpdump says between the addresses and the length. */
export function formatIcmp6(bytes: Uint8Array): string {
  const echo = parseIcmp6Echo(bytes);
  if (!echo.ok) return `ICMP6, unknown icmp6 type (${bytes[0] ?? 0})`;
  const { type, identifier, sequence } = echo.value;
  return `ICMP6, echo ${type === Icmp6Type.echoRequest ? 'request' : 'reply'}, id ${identifier}, seq ${sequence}`;
}
