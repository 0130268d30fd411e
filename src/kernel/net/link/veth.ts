import { MICROSECOND } from '../../../sim/clock.ts';
import type { Mac } from '../../../wire/address.ts';
import { TraceKind } from '../../../sim/trace.ts';
import type { Frame } from '../../../wire/packet.ts';
import type { Netns } from '../netns.ts';
import { NetDevice } from './device.ts';
import { randomMac } from './mac.ts';

/** How long a frame takes from one end to the other. */
export const VETH_DELAY = 2 * MICROSECOND;

export interface VethEnd {
  readonly netns: Netns;
  readonly name: string;
  readonly mac?: Mac;
}

/** One end of a virtual cable (drivers/net/veth.c): what goes in here comes out at the peer. */
export class Veth extends NetDevice {
  override readonly kind = 'veth';
  /** The other end; null only while the pair is made. */
  peer: Veth | null = null;

  override get counterpart(): NetDevice | null {
    return this.peer;
  }

  override senseCarrier(): boolean {
    return this.up && this.peer !== null && this.peer.up;
  }

  /** A frame arrives from the other end, from the event queue. */
  fire(frame: Frame): void {
    this.receive(frame);
  }

  protected override startTransmit(frame: Frame): void {
    const { trace, queue } = this.netns;
    if (trace.enabled) trace.record(queue.now, TraceKind.transmit, this, frame, 'sent', null);
    queue.after(VETH_DELAY, this.peer as Veth, frame);
  }
}

/** `ip link add A type veth peer name B`: both ends are down at first. */
export function createVethPair(a: VethEnd, b: VethEnd): [Veth, Veth] {
  const first = makeEnd(a);
  const second = makeEnd(b);
  first.peer = second;
  second.peer = first;
  return [first, second];
}

function makeEnd({ netns, name, mac }: VethEnd): Veth {
  const end = new Veth(netns, netns.takeIndex(), name, mac ?? randomMac(netns.random));
  netns.devices.add(end);
  return end;
}
