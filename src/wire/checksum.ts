import type { IpAddress } from './ipv6-address.ts';

/** The Internet checksum (RFC 1071): the complement of the one's complement sum of all 16-bit words. */
export function internetChecksum(bytes: Uint8Array, initial = 0): number {
  let sum = initial;
  for (let i = 0; i + 1 < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  if (bytes.length % 2 === 1) sum += (bytes[bytes.length - 1] as number) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** The sum of the pseudo-header that TCP and UDP count in (RFC 9293 section 3.1, RFC 8200 section 8.1). */
export function pseudoHeaderSum(source: IpAddress, destination: IpAddress, protocol: number, length: number): number {
  return wordSum(source) + wordSum(destination) + protocol + length;
}

function wordSum(address: IpAddress): number {
  if (typeof address === 'number') return (address >>> 16) + (address & 0xffff);
  let sum = 0;
  for (let rest: bigint = address; rest > 0n; rest >>= 16n) sum += Number(rest & 0xffffn);
  return sum;
}
