import { SECOND } from '../../../sim/clock.ts';
import { Timer, type TimerOwner } from '../../../sim/timer.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { FragmentPart, Ipv4Packet } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { IcmpType, sendIcmpError, TimeExceededCode } from '../icmp/error.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';

/** How long fragments wait for the others (net.ipv4.ipfrag_time). */
const WAIT = 30 * SECOND;

/** For whom packets are put together: each keeps its own heap (enum ip_defrag_users). */
export type DefragUser = 'local' | 'conntrack' | 'bridge';

/** Fragments that wait for the rest of their packet (net/ipv4/ip_fragment.c). */
export class Reassembly {
  private pending: FragmentQueue[] = [];

  constructor(readonly netns: Netns) {}

  /** Takes the fragment in `skb`; true when its packet is whole, which then stands in `skb`. */
  complete(skb: SkBuff, user: DefragUser): boolean {
    let queue = this.pending.find((q) => q.user === user && q.accepts(skb.packet));
    if (queue === undefined) {
      queue = new FragmentQueue(this, user);
      this.pending.push(queue);
    }
    const whole = queue.add(skb);
    if (whole === null) return false;
    skb.packet = whole;
    skb.largestFragment = queue.largest;
    this.forget(queue);
    return true;
  }

  forget(queue: FragmentQueue): void {
    queue.cancel();
    this.pending = this.pending.filter((q) => q !== queue);
  }

  destroy(): void {
    for (const queue of this.pending) queue.end(DropReason.namespaceGone);
  }
}

class FragmentQueue implements TimerOwner {
  largest = 0;
  private readonly held: SkBuff[] = [];
  /** Bytes that have come, and how many there will be, once the last fragment has said so. */
  private bytes = 0;
  private total = Number.POSITIVE_INFINITY;
  private readonly timer: Timer;

  constructor(
    private readonly reassembly: Reassembly,
    readonly user: DefragUser,
  ) {
    this.timer = new Timer(reassembly.netns.queue, this);
    this.timer.arm(WAIT);
  }

  accepts(packet: Ipv4Packet): boolean {
    const mine = this.held[0]?.packet;
    return (
      mine !== undefined &&
      mine.identification === packet.identification &&
      mine.source === packet.source &&
      mine.destination === packet.destination &&
      mine.protocol === packet.protocol
    );
  }

  cancel(): void {
    this.timer.cancel();
  }

  /** Takes a fragment; the whole packet when it was the last that was missing. */
  add(skb: SkBuff): Ipv4Packet | null {
    const { trace, queue } = this.reassembly.netns;
    const { packet } = skb;
    const end = packet.fragmentOffset + lengthOf(packet);
    for (const { packet: other } of this.held) {
      if (other.fragmentOffset >= end || other.fragmentOffset + lengthOf(other) <= packet.fragmentOffset) continue;
      const same = other.fragmentOffset === packet.fragmentOffset && lengthOf(other) === lengthOf(packet);
      this.drop(packet, same ? DropReason.fragmentDuplicate : DropReason.fragmentOverlap);
      // Fragments that overlap are an attack: the whole packet goes (RFC 5722, which Linux applies to IPv4, too).
      if (!same) this.end(DropReason.fragmentOverlap);
      return null;
    }
    // The last fragment's buffer goes on as the whole packet's: a copy stays here.
    this.held.push(skb.clone());
    this.bytes += lengthOf(packet);
    if (!packet.moreFragments) this.total = end;
    this.largest = Math.max(this.largest, packet.length);
    if (trace.enabled)
      trace.record(queue.now, TraceKind.deliver, this.reassembly.netns, packet, 'fragment waits for the others', null);
    return this.bytes === this.total ? this.whole() : null;
  }

  onTimer(): void {
    const first = this.held.find((skb) => skb.packet.fragmentOffset === 0);
    const { user } = this;
    const { netns } = this.reassembly;
    this.end(DropReason.fragmentTimeout);
    if (first !== undefined && (user === 'local' || netns.isLocal(first.packet.destination)))
      sendIcmpError(netns, first, { type: IcmpType.timeExceeded, code: TimeExceededCode.reassembly });
  }

  end(reason: DropReason): void {
    this.reassembly.forget(this);
    for (const { packet } of this.held) this.drop(packet, reason);
  }

  private drop(packet: Ipv4Packet, reason: DropReason): void {
    const { trace, queue } = this.reassembly.netns;
    if (trace.enabled) trace.record(queue.now, TraceKind.drop, this.reassembly.netns, packet, reason, null);
  }

  /** None overlaps another, so as many bytes as there are to be leave no hole. */
  private whole(): Ipv4Packet {
    const first = this.held.map((skb) => skb.packet).find((packet) => packet.fragmentOffset === 0) as Ipv4Packet;
    return new Ipv4Packet(
      first.source,
      first.destination,
      first.protocol,
      first.ttl,
      first.tos,
      first.identification,
      first.dontFragment,
      false,
      0,
      (first.payload as FragmentPart).whole.payload,
    );
  }
}

function lengthOf(packet: Ipv4Packet): number {
  return (packet.payload as FragmentPart).length;
}
