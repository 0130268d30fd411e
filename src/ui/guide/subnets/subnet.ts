import { err, ok, type Result } from '../../../base/result.ts';

/** What an IPv4 address with a prefix length says; addresses as 32-bit numbers. */
export interface Subnet {
  readonly address: number;
  readonly prefix: number;
  readonly mask: number;
  /** The first address of the range: the network itself. */
  readonly network: number;
  /** The last one; in a /31 and a /32 there is no broadcast address (RFC 3021). */
  readonly broadcast: number | null;
  readonly last: number;
  /** By Docker's habit: the first usable address goes to the bridge. null: the range has none to spare. */
  readonly gateway: number | null;
  /** What is left for containers; null: nothing. */
  readonly usable: { readonly first: number; readonly last: number } | null;
  /** All addresses of the range. */
  readonly size: number;
  /** Those that can be given away: to the gateway and to containers. */
  readonly hosts: number;
}

export type SubnetProblem = 'form' | 'octet' | 'prefix';

export const maskOf = (prefix: number): number => (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

/** Reads `address/prefix`; a mask in dotted form does as well. */
export function parseSubnet(text: string): Result<Subnet, SubnetProblem> {
  const match = /^\s*(\d+)\.(\d+)\.(\d+)\.(\d+)\s*\/\s*([\d.]+)\s*$/.exec(text.normalize('NFKC'));
  if (!match) return err('form');
  const octets = match.slice(1, 5).map(Number);
  if (octets.some((octet) => octet > 255)) return err('octet');
  const prefix = prefixOf(match[5] as string);
  if (prefix === null) return err('prefix');
  return ok(subnetOf(numberOf(octets), prefix));
}

export function subnetOf(address: number, prefix: number): Subnet {
  const mask = maskOf(prefix);
  const network = (address & mask) >>> 0;
  const size = 2 ** (32 - prefix);
  const last = network + size - 1;
  const hosts = Math.max(0, size - 2);
  return {
    address,
    prefix,
    mask,
    network,
    broadcast: prefix >= 31 ? null : last,
    last,
    gateway: hosts > 0 ? network + 1 : null,
    usable: hosts > 1 ? { first: network + 2, last: last - 1 } : null,
    size,
    hosts,
  };
}

/** How two ranges lie to each other. */
export type Relation = 'same' | 'first holds second' | 'second holds first' | 'apart';

/** Ranges of CIDR never overlap in part: they agree in the bits of the shorter mask, or they are apart. */
export function relationOf(a: Subnet, b: Subnet): Relation {
  const shorter = Math.min(a.prefix, b.prefix);
  const mask = maskOf(shorter);
  if ((a.network & mask) >>> 0 !== (b.network & mask) >>> 0) return 'apart';
  return a.prefix === b.prefix ? 'same' : a.prefix < b.prefix ? 'first holds second' : 'second holds first';
}

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

/** In four groups of eight. */
export const bitsOf = (address: number): readonly string[] =>
  [24, 16, 8, 0].map((shift) => ((address >>> shift) & 255).toString(2).padStart(8, '0'));

const numberOf = (octets: readonly number[]): number => octets.reduce((all, octet) => all * 256 + octet, 0);

function prefixOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) <= 32 ? Number(text) : null;
  const octets = text.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet <= 255))) return null;
  const mask = numberOf(octets);
  for (let prefix = 0; prefix <= 32; prefix++) if (maskOf(prefix) === mask) return prefix;
  return null;
}
