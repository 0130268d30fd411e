import { err, ok, type Result } from '../../../base/result.ts';
import type { Ipv4 } from '../../../wire/address.ts';
import { broadcastOf, type Cidr, contains, networkOf } from '../../../wire/cidr.ts';

/** The addresses of one network: which are taken, and which comes next (libnetwork/ipams/defaultipam). */
export class AddressPool {
  private readonly taken = new Set<Ipv4>();

  constructor(
    readonly subnet: Cidr,
    /** Where automatic addresses come from, if not from all of it. */
    readonly range: Cidr | null,
  ) {
    // The network's own address and its broadcast belong to nobody.
    if (subnet.prefix < 31) {
      this.taken.add(networkOf(subnet));
      this.taken.add(broadcastOf(subnet));
    }
  }

  /** The lowest free address, or the one that is wanted. */
  request(wanted: Ipv4 | null): Result<Ipv4, 'out of range' | 'in use' | 'exhausted'> {
    if (wanted !== null) {
      if (!contains(this.subnet, wanted)) return err('out of range');
      if (this.taken.has(wanted)) return err('in use');
      this.taken.add(wanted);
      return ok(wanted);
    }
    const from = this.range ?? this.subnet;
    const count = 2 ** (32 - from.prefix);
    const first = networkOf(from);
    for (let i = 0; i < count; i++) {
      const candidate = (first + i) as Ipv4;
      if (this.taken.has((candidate | 0) as Ipv4)) continue;
      this.taken.add((candidate | 0) as Ipv4);
      return ok((candidate | 0) as Ipv4);
    }
    return err('exhausted');
  }

  release(address: Ipv4): void {
    if (address !== networkOf(this.subnet) && address !== broadcastOf(this.subnet)) this.taken.delete(address);
  }
}
