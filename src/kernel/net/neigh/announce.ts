import { type Duration, SECOND } from '../../../sim/clock.ts';
import { Timer, type TimerOwner } from '../../../sim/timer.ts';
import type { Ipv4 } from '../../../wire/address.ts';
import type { NetDevice } from '../link/device.ts';
import { announceAddress } from './arp.ts';

/** Says several times that an address is here, until the device or the address goes. */
class Announcement implements TimerOwner {
  private readonly timer: Timer;

  constructor(
    private readonly device: NetDevice,
    private readonly address: Ipv4,
    private left: number,
    private readonly interval: Duration,
  ) {
    this.timer = new Timer(device.netns.queue, this);
  }

  onTimer(): void {
    const { device, address } = this;
    if (this.left <= 0 || device.removed || !device.addresses.some((a) => a.address.address === address)) return;
    // Nothing comes of it: what follows is somebody else's doing.
    const { trace } = device.netns;
    const { cause } = trace;
    announceAddress(device, address);
    trace.cause = cause;
    if (--this.left > 0) this.timer.arm(this.interval);
  }
}

/** Sends `count` gratuitous ARP requests, the first one now; the engine sends three, a second apart. */
export function announce(
  device: NetDevice,
  address: Ipv4,
  { count = 3, interval = SECOND }: { readonly count?: number; readonly interval?: Duration } = {},
): void {
  new Announcement(device, address, count, interval).onTimer();
}
