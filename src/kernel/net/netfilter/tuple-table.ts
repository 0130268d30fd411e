import { type Tuple, tupleHash } from './tuple.ts';

/** The tuples of all connections, two for each, found by their five values (the nf_conntrack_hash): a hash table with chains. */
export class TupleTable {
  private buckets: (Tuple | null)[] = emptyBuckets(64);
  private count = 0;

  find(
    source: number,
    destination: number,
    protocol: number,
    sourcePort: number,
    destinationPort: number,
  ): Tuple | null {
    const slot = tupleHash(source, destination, protocol, sourcePort, destinationPort) & (this.buckets.length - 1);
    let tuple = this.buckets[slot] as Tuple | null;
    while (tuple !== null && !tuple.is(source, destination, protocol, sourcePort, destinationPort)) tuple = tuple.next;
    return tuple;
  }

  add(tuple: Tuple): void {
    if (this.count === this.buckets.length) this.grow();
    this.count++;
    this.insert(tuple);
  }

  remove(tuple: Tuple): void {
    const slot = tuple.hash & (this.buckets.length - 1);
    let before: Tuple | null = null;
    for (let each = this.buckets[slot] as Tuple | null; each !== null; before = each, each = each.next) {
      if (each !== tuple) continue;
      if (before === null) this.buckets[slot] = tuple.next;
      else before.next = tuple.next;
      tuple.next = null;
      this.count--;
      return;
    }
  }

  private insert(tuple: Tuple): void {
    const slot = tuple.hash & (this.buckets.length - 1);
    tuple.next = this.buckets[slot] as Tuple | null;
    this.buckets[slot] = tuple;
  }

  private grow(): void {
    const old = this.buckets;
    this.buckets = emptyBuckets(old.length * 2);
    for (const first of old) {
      for (let each = first; each !== null; ) {
        const { next }: Tuple = each;
        this.insert(each);
        each = next;
      }
    }
  }
}

function emptyBuckets(length: number): (Tuple | null)[] {
  return Array.from({ length }, () => null);
}
