import type { Random } from '../../../sim/random.ts';
import type { Mac } from '../../../wire/address.ts';

/** A random address: locally administered, not a group's (eth_hw_addr_random). */
export function randomMac(random: Random): Mac {
  const first = (random.below(256) & 0xfc) | 0x02;
  return (first * 2 ** 40 + random.below(2 ** 20) * 2 ** 20 + random.below(2 ** 20)) as Mac;
}
