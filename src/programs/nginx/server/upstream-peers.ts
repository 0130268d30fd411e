import type { Ipv4 } from '../../../wire/address.ts';
import type { UpstreamServer } from '../config/upstream.ts';

/** One address behind a name of an upstream. */
export interface Peer {
  readonly address: Ipv4;
  readonly port: number;
  readonly server: UpstreamServer;
  /** Smooth weighted round robin (ngx_http_upstream_get_peer). */
  current: number;
  fails: number;
  failedAt: number;
  active: number;
}

/** The addresses of an upstream, and whose turn it is: memory that all workers share. */
export class UpstreamPeers {
  constructor(
    readonly peers: readonly Peer[],
    private readonly balance: 'round robin' | 'ip hash' | 'least connections',
  ) {}

  /** The next peer to try; null when none is left. @param client the client's address, for ip_hash */
  choose(now: number, tried: ReadonlySet<Peer>, client: Ipv4): Peer | null {
    const usable = (backup: boolean) =>
      this.peers.filter((peer) => peer.server.backup === backup && this.isUp(peer, now) && !tried.has(peer));
    const main = usable(false);
    const candidates = main.length > 0 ? main : usable(true);
    if (candidates.length === 0) return null;
    if (this.balance === 'ip hash') return candidates[hash(client) % candidates.length] as Peer;
    if (this.balance === 'least connections') {
      const fewest = Math.min(...candidates.map(({ active }) => active));
      return turn(candidates.filter(({ active }) => active === fewest));
    }
    return turn(candidates);
  }

  /** A single peer is never given up (ngx_http_upstream_free_round_robin_peer). */
  failed(peer: Peer, now: number): void {
    if (this.peers.length === 1) return;
    peer.fails++;
    peer.failedAt = now;
  }

  /** None was left: all get another chance. */
  private isUp({ server, fails, failedAt }: Peer, now: number): boolean {
    if (server.down) return false;
    return server.maxFails === 0 || fails < server.maxFails || now - failedAt > server.failTimeout * 1e9;
  }
}

function turn(candidates: readonly Peer[]): Peer {
  let total = 0;
  let best = candidates[0] as Peer;
  for (const peer of candidates) {
    peer.current += peer.server.weight;
    total += peer.server.weight;
    if (peer.current > best.current) best = peer;
  }
  best.current -= total;
  return best;
}

/** The first three octets count (ngx_http_upstream_ip_hash_module.c). */
function hash(address: Ipv4): number {
  let value = 89;
  for (const shift of [24, 16, 8]) value = (value * 113 + ((address >>> shift) & 255)) % 6271;
  return value;
}
