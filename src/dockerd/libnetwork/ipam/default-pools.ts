import type { Ipv4 } from '../../../wire/address.ts';
import { type Cidr, cidr, overlaps } from '../../../wire/cidr.ts';

/** Docker's local default pools: each base is cut into networks of the given size (libnetwork/ipamutils). */
const BASES: readonly { readonly base: Cidr; readonly size: number }[] = [
  { base: cidr('172.17.0.0/16'), size: 16 },
  { base: cidr('172.18.0.0/16'), size: 16 },
  { base: cidr('172.19.0.0/16'), size: 16 },
  { base: cidr('172.20.0.0/14'), size: 16 },
  { base: cidr('172.24.0.0/14'), size: 16 },
  { base: cidr('172.28.0.0/14'), size: 16 },
  { base: cidr('192.168.0.0/16'), size: 20 },
];

/** All default subnets in the order in which they are handed out. */
export function* defaultSubnets(): Generator<Cidr> {
  for (const { base, size } of BASES) {
    const count = 2 ** (size - base.prefix);
    for (let i = 0; i < count; i++)
      yield { address: ((base.address + i * 2 ** (32 - size)) | 0) as Ipv4, prefix: size };
  }
}

/** The first default subnet that meets none of these; undefined when all do. */
export function freeSubnet(taken: readonly Cidr[]): Cidr | undefined {
  for (const subnet of defaultSubnets()) if (!taken.some((each) => overlaps(each, subnet))) return subnet;
  return undefined;
}
