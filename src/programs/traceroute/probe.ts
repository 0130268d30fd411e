import { err, ok, type Result } from '../../base/result.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Ipv4 } from '../../wire/address.ts';
import { emitIcmp, parseIcmp } from '../../wire/icmp.ts';
import { IcmpMessage, UdpDatagram } from '../../wire/packet.ts';

export interface Answer {
  readonly from: Ipv4;
  /** Nanoseconds. */
  readonly time: number;
  /** The TTL that the answer came with. */
  readonly ttl: number;
  /** null: its time was over on the way; else the code of the unreachable, an echo reply counting as that of a port. */
  readonly code: number | null;
  readonly mtu: number;
}

/** ICMP codes of unreachables. */
export const PORT_UNREACHABLE = 3;

export interface ProbeSettings {
  readonly target: Ipv4;
  readonly icmp: boolean;
  /** UDP: each probe goes to one port further. */
  readonly port: number;
  /** Bytes of data. */
  readonly size: number;
  /** Nanoseconds. */
  readonly wait: number;
  readonly source: Ipv4 | null;
  readonly device: string | null;
}

/** Sends probes with growing TTL and recognizes what comes back for them, by the quoted header (van Jacobson's traceroute). */
export class Prober {
  private constructor(
    private readonly proc: Proc,
    private readonly receiver: Fd,
    private readonly sender: Fd,
    private readonly settings: ProbeSettings,
  ) {}

  static *open(proc: Proc, settings: ProbeSettings): Sys<Result<Prober, Errno>> {
    const receiver = yield* proc.socket('inet', 'raw', 1);
    if (!receiver.ok) return receiver;
    const sender = settings.icmp ? yield* proc.socket('inet', 'raw', 1) : yield* proc.socket('inet', 'datagram');
    if (!sender.ok) return sender;
    if (settings.device !== null) {
      const bound = proc.setSocketOption(sender.value, { option: 'device', name: settings.device });
      if (!bound.ok) return bound;
    }
    if (settings.source !== null) {
      const bound = yield* proc.bind(sender.value, { family: 'inet', address: settings.source, port: 0 });
      if (!bound.ok) return bound;
    }
    const route = proc.net.routeTo(settings.target);
    if (!route.ok) return err(route.error);
    return ok(new Prober(proc, receiver.value, sender.value, settings));
  }

  /** One probe; null: nothing came in time. */
  *send(sequence: number, ttl: number): Sys<Result<Answer | null, Errno>> {
    const { proc, settings } = this;
    proc.setSocketOption(this.sender, { option: 'ttl', value: ttl });
    const data = new Uint8Array(settings.size);
    const sent = settings.icmp
      ? yield* proc.send(
          this.sender,
          emitIcmp(new IcmpMessage(8, 0, proc.pid & 0xffff, sequence, data, null)),
          this.end(0),
        )
      : yield* proc.send(this.sender, data, this.end(settings.port + sequence));
    if (!sent.ok) return sent;
    const start = proc.now();
    for (;;) {
      const left = start + settings.wait - proc.now();
      if (left <= 0) return ok(null);
      const ready = yield* proc.poll([{ fd: this.receiver, read: true }], left);
      if (!ready.ok) return ready;
      if (ready.value.length === 0) return ok(null);
      const received = yield* proc.receive(this.receiver);
      if (!received.ok || received.value.from.family !== 'inet') continue;
      const message = parseIcmp(received.value.data);
      if (!message.ok) continue;
      const code = this.codeOf(message.value, sequence);
      if (code === undefined) continue;
      return ok({
        from: received.value.from.address,
        time: proc.now() - start,
        ttl: received.value.ttl ?? 0,
        code,
        mtu: message.value.sequence,
      });
    }
  }

  private end(port: number) {
    return { family: 'inet', address: this.settings.target, port } as const;
  }

  /** undefined: it isn't about this probe. */
  private codeOf({ type, code, identifier, sequence: number, quoted }: IcmpMessage, sequence: number) {
    const { icmp, port } = this.settings;
    const mine = (id: number, seq: number) => id === (this.proc.pid & 0xffff) && seq === sequence;
    if (icmp && type === 0) return mine(identifier, number) ? PORT_UNREACHABLE : undefined;
    if (quoted === null || (type !== 3 && !(type === 11 && code === 0))) return undefined;
    const { payload } = quoted;
    const isMine = icmp
      ? payload instanceof IcmpMessage && mine(payload.identifier, payload.sequence)
      : payload instanceof UdpDatagram && payload.destinationPort === port + sequence;
    if (!isMine) return undefined;
    return type === 11 ? null : code;
  }
}

const MARKS: Readonly<Record<number, string>> = {
  0: ' !N',
  1: ' !H',
  2: ' !P',
  5: ' !S',
  6: ' !U',
  7: ' !U',
  8: ' !I',
  9: ' !A',
  10: ' !C',
  11: ' !T',
  12: ' !T',
  13: ' !A',
  14: ' !V',
  15: ' !C',
};

/** What is printed after an answer that is neither the end nor a hop. */
export function markOf({ code, mtu }: Answer): string {
  if (code === null || code === PORT_UNREACHABLE) return '';
  return code === 4 ? ` !F-${mtu}` : (MARKS[code] ?? ` !<${code}>`);
}
