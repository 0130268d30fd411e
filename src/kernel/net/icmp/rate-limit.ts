import { SECOND, type SimTime } from '../../../sim/clock.ts';
import type { EventQueue } from '../../../sim/event-queue.ts';
import type { Ipv4 } from '../../../wire/address.ts';
import { AddressMap } from '../address-map.ts';

const BURST = 6;
/** How many addresses are kept before all are forgotten. */
const MOST = 4096;

interface Bucket {
  tokens: number;
  filled: SimTime;
}

/** One ICMP error a second to one address, after a burst of six (icmp_ratelimit, inet_peer_xrlim_allow). */
export class IcmpRateLimit {
  private readonly buckets = new AddressMap<Bucket>();

  constructor(private readonly queue: EventQueue) {}

  /** Whether one more may go to this address now. */
  allow(address: Ipv4): boolean {
    const now = this.queue.now;
    const bucket = this.buckets.get(address);
    if (bucket === undefined) {
      if (this.buckets.size >= MOST) this.buckets.clear();
      this.buckets.set(address, { tokens: BURST - 1, filled: now });
      return true;
    }
    bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.filled) / SECOND);
    bucket.filled = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }
}
