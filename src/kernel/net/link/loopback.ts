import { MICROSECOND } from '../../../sim/clock.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { ZERO_MAC } from '../../../wire/address.ts';
import { EtherType, Frame, type Ipv6Packet } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { receiveLooped } from '../ip/input.ts';
import { receiveIpv6 } from '../ip6/loopback-only.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';
import { capture } from '../tap.ts';
import { NetDevice } from './device.ts';

const DELAY = MICROSECOND;

/** A packet on its way round: IPv4 in its buffer, IPv6 as it is. */
interface Looped {
  readonly frame: Frame;
  readonly skb: SkBuff | null;
}

/**
 * `lo` (drivers/net/loopback.c): what goes out comes in again, the very same socket buffer with its conntrack entry.
 * Taps see it once, as it comes in; libpcap passes over the outgoing side as well.
 */
export class Loopback extends NetDevice {
  override readonly kind = 'loopback';

  constructor(netns: Netns) {
    super(netns, 1, 'lo', ZERO_MAC);
    this.mtu = 65536;
  }

  override senseCarrier(): boolean {
    return this.up;
  }

  override get usesArp(): boolean {
    return false;
  }

  /** Sends a packet round (loopback_xmit). */
  loop(skb: SkBuff): void {
    this.goRound(new Frame(ZERO_MAC, ZERO_MAC, EtherType.ipv4, skb.packet), skb);
  }

  loopIpv6(packet: Ipv6Packet): void {
    this.goRound(new Frame(ZERO_MAC, ZERO_MAC, EtherType.ipv6, packet), null);
  }

  private goRound(frame: Frame, skb: SkBuff | null): void {
    const { trace, queue } = this.netns;
    if (!this.up) {
      this.drop(frame.payload, DropReason.linkDown);
      return;
    }
    this.countTransmit(frame);
    if (trace.enabled) trace.record(queue.now, TraceKind.transmit, this, frame, 'sent', null);
    queue.after(DELAY, this, { frame, skb });
  }

  /** The packet comes back, from the event queue. */
  fire({ frame, skb }: Looped): void {
    const { trace, taps, queue } = this.netns;
    if (!this.up || this.removed) {
      this.drop(frame, DropReason.linkDown);
      return;
    }
    this.rxPackets++;
    this.rxBytes += frame.length;
    if (trace.enabled) trace.record(queue.now, TraceKind.receive, this, frame, 'received', null);
    if (taps.length !== 0) capture(taps, this, frame, 'in', queue.now);
    if (skb === null) {
      receiveIpv6(this, frame.payload as Ipv6Packet);
      return;
    }
    skb.inDevice = this;
    skb.outDevice = null;
    receiveLooped(this, skb);
  }

  protected override startTransmit(frame: Frame): void {
    this.drop(frame, DropReason.unknownProtocol);
  }
}
