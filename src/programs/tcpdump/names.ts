import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../wire/address.ts';
import { ArpPacket, type Frame, Ipv6Packet } from '../../wire/packet.ts';
import { resolveHost } from '../libc/resolve.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';
import { readServices, type Services } from '../libc/services.ts';
import type { FilterNames } from './filter/primitive.ts';

/** Names for addresses and ports, looked up when they are first needed; asking takes its time, as everybody's questions do. */
export class Names implements FilterNames {
  private readonly reverse = new Map<Ipv4, string | null>();
  private readonly forward = new Map<string, readonly Ipv4[]>();
  /** Hosts that an expression names and that have not been asked for yet. */
  private readonly unasked = new Set<string>();

  private constructor(
    private readonly proc: Proc,
    private readonly services: Services,
  ) {}

  static *open(proc: Proc): Sys<Names> {
    return new Names(proc, yield* readServices(proc));
  }

  /** Any address stands for a host that is still to be asked for. */
  addresses = (host: string): readonly Ipv4[] => {
    const known = this.forward.get(host);
    if (known === undefined) this.unasked.add(host);
    return known ?? [ANY_ADDRESS];
  };

  port = (name: string): number | undefined => this.services.port(name, 'tcp') ?? this.services.port(name, 'udp');

  *askHosts(): Sys<void> {
    for (const host of this.unasked) {
      const found = yield* resolveHost(this.proc, host);
      this.forward.set(host, found.ok ? found.value : []);
    }
    this.unasked.clear();
  }

  nameOf = (address: Ipv4): string | null => this.reverse.get(address) ?? null;
  portName = (port: number, protocol: 'tcp' | 'udp'): string | null => this.services.name(port, protocol) ?? null;

  /** Asks for the names of what a frame mentions. */
  *askFor({ payload }: Frame): Sys<void> {
    if (payload instanceof ArpPacket || payload instanceof Ipv6Packet) return;
    for (const address of [payload.source, payload.destination])
      if (!this.reverse.has(address)) {
        // While that question is under way the answer to it is captured as well.
        this.reverse.set(address, null);
        this.reverse.set(address, yield* nameOfAddress(this.proc, address));
      }
  }
}
