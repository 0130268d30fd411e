import { type Duration, MICROSECOND } from '../../../sim/clock.ts';
import { TraceKind } from '../../../sim/trace.ts';
import type { Mac } from '../../../wire/address.ts';
import type { Frame } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import type { Netns } from '../netns.ts';
import { NetDevice } from './device.ts';
import { carrierMayHaveChanged } from './lifecycle.ts';
import { randomMac } from './mac.ts';

/** A network card with one socket for a cable. Without `kind: 'dummy'` (drivers/net/dummy.c) it has a carrier only with a cable. */
export class EthernetDevice extends NetDevice {
  override readonly kind: 'ethernet' | 'dummy';
  /** The card at the other end of the cable. */
  peer: EthernetDevice | null = null;
  delay: Duration = 0;

  constructor(
    netns: Netns,
    name: string,
    {
      mac = randomMac(netns.random),
      kind = 'ethernet',
    }: { readonly mac?: Mac; readonly kind?: 'ethernet' | 'dummy' } = {},
  ) {
    super(netns, netns.takeIndex(), name, mac);
    this.kind = kind;
    netns.devices.add(this);
  }

  override get counterpart(): NetDevice | null {
    return this.peer;
  }

  override senseCarrier(): boolean {
    return this.up && (this.kind === 'dummy' || (this.peer !== null && this.peer.up));
  }

  override get usesArp(): boolean {
    return this.kind !== 'dummy';
  }

  /** A frame arrives over the cable, from the event queue. */
  fire(frame: Frame): void {
    this.receive(frame);
  }

  override unplug(): void {
    if (this.peer !== null) this.peer.peer = null;
    this.peer = null;
  }

  protected override startTransmit(frame: Frame): void {
    const { trace, queue } = this.netns;
    if (this.peer === null) {
      this.drop(frame, DropReason.dummyDevice);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.transmit, this, frame, 'sent', null);
    queue.after(this.delay, this.peer, frame);
  }
}

/** Plugs a cable into two cards, of one machine or of two. */
export function connectCable(a: EthernetDevice, b: EthernetDevice, delay: Duration = 50 * MICROSECOND): void {
  disconnectCable(a);
  disconnectCable(b);
  a.peer = b;
  b.peer = a;
  a.delay = delay;
  b.delay = delay;
  carrierMayHaveChanged(a);
  carrierMayHaveChanged(b);
}

/** Pulls the cable out. */
export function disconnectCable(device: EthernetDevice): void {
  const { peer } = device;
  if (peer === null) return;
  device.peer = null;
  peer.peer = null;
  carrierMayHaveChanged(device);
  carrierMayHaveChanged(peer);
}

/** `ip link add NAME type dummy`. */
export function createDummy(netns: Netns, name: string): EthernetDevice {
  return new EthernetDevice(netns, name, { kind: 'dummy' });
}
