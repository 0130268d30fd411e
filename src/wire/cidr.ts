import { err, ok, type Result } from '../base/result.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from './address.ts';

/** An address with a prefix length. The host bits may be set, as in an interface's `172.18.0.2/16`. */
export interface Cidr {
  readonly address: Ipv4;
  /** 0 to 32. */
  readonly prefix: number;
}

/** The mask of a prefix length: 16 gives 255.255.0.0. */
export function maskOf(prefix: number): Ipv4 {
  return (prefix === 0 ? 0 : -1 << (32 - prefix)) as Ipv4;
}

export function networkOf({ address, prefix }: Cidr): Ipv4 {
  return (address & maskOf(prefix)) as Ipv4;
}

export function broadcastOf({ address, prefix }: Cidr): Ipv4 {
  return (address | ~maskOf(prefix)) as Ipv4;
}

export function contains({ address, prefix }: Cidr, candidate: Ipv4): boolean {
  return ((address ^ candidate) & maskOf(prefix)) === 0;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return ((a.address ^ b.address) & maskOf(Math.min(a.prefix, b.prefix))) === 0;
}

export function parseCidr(text: string): Result<Cidr, 'not a CIDR'> {
  const slash = text.indexOf('/');
  const address = parseIpv4(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (slash < 0 || !address.ok || !/^\d{1,2}$/.test(length) || Number(length) > 32) return err('not a CIDR');
  return ok({ address: address.value, prefix: Number(length) });
}

/** A CIDR that is known to be right, such as one in our own code. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`${parsed.error}: ${text}`);
  return parsed.value;
}

export function formatCidr({ address, prefix }: Cidr): string {
  return `${formatIpv4(address)}/${prefix}`;
}
