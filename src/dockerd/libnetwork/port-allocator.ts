import { err, ok, type Result } from '../../base/result.ts';
import { ANY_ADDRESS, formatIpv4 } from '../../wire/address.ts';
import { ANY_ADDRESS6, formatIpv6, type IpAddress } from '../../wire/ipv6-address.ts';

export type PortProtocol = 'tcp' | 'udp';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Which host ports the engine has given away (libnetwork/portallocator). Ranges are gone through in a circle, so that a
 * port that was just given back is not the next one given out.
 */
export class PortAllocator {
  private readonly taken: Record<PortProtocol, Map<number, IpAddress[]>> = { tcp: new Map(), udp: new Map() };
  private readonly lastOf = new Map<string, number>();

  /** A port that is free at all of these addresses; a failure is in the engine's words. */
  request(protocol: PortProtocol, addresses: readonly IpAddress[], { first, last }: PortRange): Result<number, string> {
    if (first === last) {
      const holder = this.holder(protocol, addresses, first);
      if (holder !== null) return err(`Bind for ${ipText(holder)}:${first} failed: port is already allocated`);
      return ok(this.take(protocol, addresses, first));
    }
    const key = `${protocol} ${String(addresses[0])} ${first}-${last}`;
    let port = this.lastOf.get(key) ?? last;
    for (let i = first; i <= last; i++) {
      port = port >= last ? first : port + 1;
      if (this.holder(protocol, addresses, port) !== null) continue;
      this.lastOf.set(key, port);
      return ok(this.take(protocol, addresses, port));
    }
    return err('all ports are allocated');
  }

  release(protocol: PortProtocol, address: IpAddress, port: number): void {
    const left = this.taken[protocol].get(port)?.filter((each) => each !== address) ?? [];
    if (left.length > 0) this.taken[protocol].set(port, left);
    else this.taken[protocol].delete(port);
  }

  private take(protocol: PortProtocol, addresses: readonly IpAddress[], port: number): number {
    this.taken[protocol].set(port, [...(this.taken[protocol].get(port) ?? []), ...addresses]);
    return port;
  }

  /** The address at which somebody has the port already. */
  private holder(protocol: PortProtocol, addresses: readonly IpAddress[], port: number): IpAddress | null {
    const held = this.taken[protocol].get(port) ?? [];
    return held.find((each) => addresses.some((address) => overlap(each, address))) ?? null;
  }
}

const isAny = (address: IpAddress) => address === ANY_ADDRESS || address === ANY_ADDRESS6;
const overlap = (a: IpAddress, b: IpAddress) => typeof a === typeof b && (a === b || isAny(a) || isAny(b));

export const ipText = (address: IpAddress): string =>
  typeof address === 'bigint' ? formatIpv6(address) : formatIpv4(address);
