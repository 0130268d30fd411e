import { type Duration, SECOND, type SimTime } from '../../../sim/clock.ts';
import {
  FragmentPart,
  IcmpMessage,
  IpProtocol,
  type Ipv4Packet,
  TcpFlag,
  TcpSegment,
  UdpDatagram,
} from '../../../wire/packet.ts';
import type { ConntrackInfo } from '../../syscalls/net-admin.ts';
import type { SkBuff } from '../skb.ts';
import { TCP_TIMEOUT, type TrackedState, trackTcp } from './tcp-tracking.ts';
import { destinationPortOf, sourcePortOf, type Tuple, tupleOf } from './tuple.ts';
import { TupleTable } from './tuple-table.ts';

/** The bits of `-m conntrack --ctstate`. */
export const CtState = { new: 1, established: 2, related: 4, invalid: 8, untracked: 16, snat: 32, dnat: 64 } as const;

const UDP: Duration = 30 * SECOND;
const UDP_STREAM: Duration = 120 * SECOND;
const ICMP: Duration = 30 * SECOND;
const GENERIC: Duration = 600 * SECOND;

/** One tracked connection: its two tuples, its state, and what NAT has decided about it (struct nf_conn). */
export class ConntrackEntry {
  reply: Tuple;
  /** In the table; before, only its first packet knows it. */
  confirmed = false;
  replied = false;
  assured = false;
  state: TrackedState = 'NONE';
  /** What its TCP state gives it. */
  timeout: Duration = TCP_TIMEOUT.NONE;
  expires: SimTime = 0;
  mark = 0;
  /** NAT has been decided for this side, be it to leave it. */
  sourceDecided = false;
  destinationDecided = false;
  sourceChanged = false;
  destinationChanged = false;

  constructor(readonly original: Tuple) {
    this.reply = original.inverted();
    this.own();
  }

  /** After NAT: what answers will look like. */
  setReply(reply: Tuple): void {
    this.reply = reply;
    this.own();
  }

  private own(): void {
    this.original.entry = this;
    this.original.direction = 0;
    this.reply.entry = this;
    this.reply.direction = 1;
  }
}

/** The connections that one namespace knows (nf_conntrack_core.c). */
export class Conntrack {
  private readonly table = new TupleTable();
  private readonly entries = new Set<ConntrackEntry>();

  constructor(private readonly clock: { readonly now: SimTime }) {}

  get size(): number {
    return this.entries.size;
  }

  /** Finds or makes the connection of a packet, and its state (nf_conntrack_in). */
  track(skb: SkBuff): void {
    if (skb.conntrack !== null) return;
    const { packet } = skb;
    const { payload } = packet;
    let sourcePort = 0;
    let destinationPort = 0;
    if (payload instanceof UdpDatagram || payload instanceof TcpSegment) ({ sourcePort, destinationPort } = payload);
    else if (payload instanceof IcmpMessage) {
      if (payload.quoted !== null) {
        this.trackError(skb, payload.quoted);
        return;
      }
      sourcePort = sourcePortOf(packet);
      destinationPort = destinationPortOf(packet);
    } else if (payload instanceof FragmentPart) return;
    const found = this.find(packet.source, packet.destination, packet.protocol, sourcePort, destinationPort);
    if (found === null) {
      this.begin(skb);
      return;
    }
    const entry = found.entry as ConntrackEntry;
    skb.conntrack = entry;
    skb.direction = found.direction;
    if (found.direction === 1) entry.replied = true;
    skb.ctState = entry.replied ? CtState.established : CtState.new;
    this.advance(entry, packet, found.direction);
  }

  private begin(skb: SkBuff): void {
    const { packet } = skb;
    if (!mayBegin(packet)) {
      skb.ctState = CtState.invalid;
      return;
    }
    const entry = new ConntrackEntry(tupleOf(packet));
    skb.conntrack = entry;
    skb.direction = 0;
    skb.ctState = CtState.new;
    this.advance(entry, packet, 0);
  }

  /** Enters a new connection into the table; false when another one with the same tuples came first. */
  confirm(entry: ConntrackEntry): boolean {
    if (entry.confirmed) return true;
    if (this.lookUp(entry.original) !== null || this.lookUp(entry.reply) !== null) return false;
    entry.confirmed = true;
    this.entries.add(entry);
    this.table.add(entry.original);
    this.table.add(entry.reply);
    return true;
  }

  find(
    source: number,
    destination: number,
    protocol: number,
    sourcePort: number,
    destinationPort: number,
  ): Tuple | null {
    const tuple = this.table.find(source, destination, protocol, sourcePort, destinationPort);
    if (tuple === null) return null;
    const entry = tuple.entry as ConntrackEntry;
    if (entry.expires > this.clock.now) return tuple;
    this.remove(entry);
    return null;
  }

  lookUp(tuple: Tuple): Tuple | null {
    return this.find(tuple.source, tuple.destination, tuple.protocol, tuple.sourcePort, tuple.destinationPort);
  }

  /** What `conntrack -L` shows. */
  list(): ConntrackInfo[] {
    for (const entry of [...this.entries]) if (entry.expires <= this.clock.now) this.remove(entry);
    return [...this.entries].map((entry) => ({
      protocol: entry.original.protocol,
      timeout: Math.max(0, Math.floor((entry.expires - this.clock.now) / SECOND)),
      state: entry.original.protocol === IpProtocol.tcp ? entry.state : null,
      original: sideOf(entry.original),
      reply: sideOf(entry.reply),
      unreplied: !entry.replied,
      assured: entry.assured,
      mark: entry.mark,
    }));
  }

  flush(): void {
    for (const entry of [...this.entries]) this.remove(entry);
  }

  /** Forgets those that a test picks, as dockerd does with the flows of a port that it withdraws. */
  removeWhere(test: (entry: ConntrackEntry) => boolean): void {
    for (const entry of [...this.entries]) if (test(entry)) this.remove(entry);
  }

  /** An ICMP error belongs to the connection of the packet that it quotes, in the other direction. */
  private trackError(skb: SkBuff, quoted: Ipv4Packet): void {
    const inverse = tupleOf(quoted).inverted();
    const found = this.lookUp(inverse);
    if (found === null) {
      skb.ctState = CtState.invalid;
      return;
    }
    skb.conntrack = found.entry;
    skb.direction = found.direction;
    skb.ctState = CtState.related;
  }

  private advance(entry: ConntrackEntry, packet: Ipv4Packet, direction: 0 | 1): void {
    const { now } = this.clock;
    const { payload } = packet;
    if (payload instanceof TcpSegment) {
      const state = trackTcp(entry.state, payload, direction);
      if (state !== entry.state) {
        entry.state = state;
        entry.timeout = TCP_TIMEOUT[state];
      }
      if (state === 'ESTABLISHED' && entry.replied) entry.assured = true;
      entry.expires = now + entry.timeout;
    } else if (packet.protocol === IpProtocol.udp) {
      // A stream is one that goes on after its first answer.
      if (entry.replied && direction === 0) entry.assured = true;
      entry.expires = now + (entry.assured ? UDP_STREAM : UDP);
    } else entry.expires = now + (packet.protocol === IpProtocol.icmp ? ICMP : GENERIC);
  }

  private remove(entry: ConntrackEntry): void {
    if (!this.entries.delete(entry)) return;
    this.table.remove(entry.original);
    this.table.remove(entry.reply);
  }
}

/** Which packets may begin a connection: not a TCP reset or a lone FIN, of ICMP only an echo request. */
function mayBegin({ payload }: Ipv4Packet): boolean {
  if (payload instanceof TcpSegment)
    return (
      (payload.flags & TcpFlag.rst) === 0 &&
      ((payload.flags & TcpFlag.syn) === 0) === ((payload.flags & TcpFlag.ack) !== 0)
    );
  return !(payload instanceof IcmpMessage) || payload.type === 8;
}

const sideOf = ({ source, destination, sourcePort, destinationPort }: Tuple) => ({
  source,
  destination,
  sourcePort,
  destinationPort,
});
