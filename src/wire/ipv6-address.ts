import type { Brand } from '../base/brand.ts';
import type { Ipv4 } from './address.ts';

/** An IPv6 address as its 128-bit number. */
export type Ipv6 = Brand<bigint, 'Ipv6'>;
/** An address of either version: they differ by type, a number or a bigint. */
export type IpAddress = Ipv4 | Ipv6;

export const ANY_ADDRESS6 = 0n as Ipv6;
export const LOOPBACK_ADDRESS6 = 1n as Ipv6;

/** Eight groups of hex digits, one run of them perhaps `::`; null for anything else. An IPv4 tail is not read. */
export function parseIpv6(text: string): Ipv6 | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [front, back = null] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!front || [...front, ...(back ?? [])].some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  const missing = 8 - front.length - (back?.length ?? 0);
  if (back === null ? missing !== 0 : missing < 1) return null;
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...(back ?? [])];
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`) as Ipv6;
}

/** In the canonical form of RFC 5952: lower case, the longest run of zero groups as `::`. */
export function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((address >> BigInt(112 - 16 * i)) & 0xffffn));
  let [start, length] = [0, 0];
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}
