import { ok, type Result } from '../../../base/result.ts';
import type { Ipv4 } from '../../../wire/address.ts';
import type { RouteInfo } from '../../syscalls/net-admin.ts';
import type { NetDevice } from '../link/device.ts';
import type { Neighbor } from '../neigh/neighbor.ts';
import type { Route } from './route.ts';

/**
 * Where packets to one address go (struct rtable, a dst_entry): a route's row with all that follows from it. Made once
 * for an address and kept until the tables change; whoever keeps one looks at `stale`.
 */
export class Destination {
  /** The tables have changed since: look it up again. */
  stale = false;
  neighbor: Neighbor | null = null;
  /** Itself as an answer, so that answering allocates nothing. */
  readonly found: Result<Destination, never>;

  constructor(
    readonly address: Ipv4,
    /** The row that decided; null where a given device alone did. */
    readonly route: Route | null,
    readonly type: RouteInfo['type'] | 'multicast',
    /** `lo` for what stays here. */
    readonly device: NetDevice,
    /** Whom to ask for by ARP: the gateway, or the address itself. */
    readonly nextHop: Ipv4,
    readonly preferredSource: Ipv4,
    readonly mtu: number,
  ) {
    this.found = ok(this);
  }

  /**
   * The other side has answered, so the neighbour works (dst_confirm). Linux notes this when the next packet goes out,
   * not when the answer comes in: TCP calls it as it sends, once for all progress since (sk_dst_pending_confirm).
   */
  confirm(): void {
    if (this.neighbor !== null) this.neighbor.confirm();
  }
}
