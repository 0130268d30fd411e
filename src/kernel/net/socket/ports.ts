import { ANY_ADDRESS } from '../../../wire/address.ts';
import type { IpAddress } from '../../../wire/ipv6-address.ts';
import type { Netns } from '../netns.ts';

/** Somebody who holds a port. */
export interface PortHolder {
  readonly localAddress: IpAddress;
  readonly reuseAddress: boolean;
  readonly device: string | null;
  /** A listener's port can't be shared even with SO_REUSEADDR. */
  readonly listening: boolean;
  readonly family: 'inet' | 'inet6';
  readonly v6Only: boolean;
}

/** Whether two holders would take packets of the same IP version: an inet6 socket takes both unless told otherwise. */
export function shareVersion(a: PortHolder, b: PortHolder): boolean {
  return !(a.v6Only && b.family === 'inet') && !(b.v6Only && a.family === 'inet');
}

/** Which ports of one protocol are taken, by whom (inet_bind_bucket). */
export class PortTable<T extends PortHolder> {
  private readonly holders = new Map<number, T[]>();

  at(port: number): readonly T[] {
    return this.holders.get(port) ?? [];
  }

  add(port: number, holder: T): void {
    const list = this.holders.get(port);
    if (list) list.push(holder);
    else this.holders.set(port, [holder]);
  }

  remove(port: number, holder: T): void {
    const list = this.holders.get(port);
    const at = list?.indexOf(holder) ?? -1;
    if (!list || at < 0) return;
    if (list.length === 1) this.holders.delete(port);
    else list.splice(at, 1);
  }

  /** Whether somebody else's hold forbids this one (inet_csk_bind_conflict). */
  conflicts(port: number, address: IpAddress, candidate: T): boolean {
    return this.at(port).some((holder) => {
      if (holder === candidate || !shareVersion(holder, candidate)) return false;
      // An address of IPv6 says nothing to a socket of IPv4, even to one for all addresses.
      if (typeof address === 'bigint' && holder.family === 'inet') return false;
      if (typeof holder.localAddress === 'bigint' && candidate.family === 'inet') return false;
      if (holder.device !== null && candidate.device !== null && holder.device !== candidate.device) return false;
      if (holder.reuseAddress && candidate.reuseAddress && !holder.listening) return false;
      return holder.localAddress === address || holder.localAddress === ANY_ADDRESS || address === ANY_ADDRESS;
    });
  }

  /** A free port of the ephemeral range; 0 where there is none. @param free whether a port will do */
  ephemeral({ random, sysctl }: Netns, free: (port: number) => boolean): number {
    const { localPortFirst: first, localPortLast: last } = sysctl;
    const count = last - first + 1;
    const start = random.below(count);
    for (let i = 0; i < count; i++) {
      const port = first + ((start + i) % count);
      if (free(port)) return port;
    }
    return 0;
  }

  *all(): Generator<T> {
    for (const list of this.holders.values()) yield* list;
  }
}
