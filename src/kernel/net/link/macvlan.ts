import { err, ok, type Result } from '../../../base/result.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { isMulticastMac, type Mac } from '../../../wire/address.ts';
import type { Frame } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { MacvlanMode } from '../../syscalls/net-admin.ts';
import type { Netns } from '../netns.ts';
import { NetDevice } from './device.ts';
import { randomMac } from './mac.ts';
import { VETH_DELAY } from './veth.ts';

/** All macvlans of one network card, and who of them gets what arrives at it (struct macvlan_port). */
export class MacvlanPort {
  /** In the order in which they came. Replaced, never changed. */
  members: readonly Macvlan[] = [];

  constructor(private readonly lower: NetDevice) {}

  join(member: Macvlan): void {
    this.members = [...this.members, member];
  }

  leave(member: Macvlan): void {
    this.members = this.members.filter((other) => other !== member);
    if (this.members.length === 0) this.lower.macvlans = null;
  }

  byMac(mac: Mac): Macvlan | null {
    for (const member of this.members) if (member.mac === mac) return member;
    return null;
  }

  /** A frame has come in by the card (macvlan_handle_frame). True: it was for one of them, and isn't the card's own host's. */
  receive(frame: Frame): boolean {
    if (!isMulticastMac(frame.destination)) {
      const member = this.byMac(frame.destination);
      if (member === null) return false;
      member.receive(frame);
      return true;
    }
    const source = this.byMac(frame.source);
    for (const member of this.members) {
      // What a switch sends back: bridge-mode siblings had it on its way out (macvlan_multicast_rx).
      const wants = source === null || member.mode === 'vepa' || (source.mode === 'vepa' && member.mode === 'bridge');
      if (wants) this.hand(frame, member, source);
    }
    return false;
  }

  /** A broadcast on its way out passes by those that are bridged with the sender (macvlan_queue_xmit). */
  tellSiblings(frame: Frame, sender: Macvlan): void {
    const { queue } = this.lower.netns;
    for (const member of this.members)
      if (member !== sender && member.up && member.mode === 'bridge') queue.after(VETH_DELAY, member, frame);
  }

  private hand(frame: Frame, member: Macvlan, source: Macvlan | null): void {
    if (member === source || !member.up) return;
    const { trace } = this.lower.netns;
    const { cause } = trace;
    member.receive(frame);
    trace.cause = cause;
  }
}

/**
 * A device with an address of its own on another's cable (drivers/net/macvlan.c). Siblings in bridge mode reach each other; the card's own
 * host and they don't: what the host sends goes out by the cable, and no switch sends it back. Left out: passthru and source mode,
 * macvlans on bridges.
 */
export class Macvlan extends NetDevice {
  override readonly kind = 'macvlan';

  constructor(
    netns: Netns,
    name: string,
    mac: Mac,
    readonly lower: NetDevice,
    readonly mode: MacvlanMode,
  ) {
    super(netns, netns.takeIndex(), name, mac);
    this.mtu = lower.mtu;
    this.port.join(this);
    netns.devices.add(this);
  }

  private get port(): MacvlanPort {
    return (this.lower.macvlans ??= new MacvlanPort(this.lower));
  }

  override get counterpart(): NetDevice {
    return this.lower;
  }

  override senseCarrier(): boolean {
    return this.up && this.lower.carrier;
  }

  /** A frame arrives from a sibling, from the event queue. */
  fire(frame: Frame): void {
    this.receive(frame);
  }

  override unplug(): void {
    this.port.leave(this);
  }

  protected override startTransmit(frame: Frame): void {
    const { trace, queue } = this.netns;
    if (trace.enabled) trace.record(queue.now, TraceKind.transmit, this, frame, 'sent', null);
    if (this.mode === 'bridge') {
      const sibling = isMulticastMac(frame.destination) ? null : this.port.byMac(frame.destination);
      if (sibling?.mode === 'bridge') {
        queue.after(VETH_DELAY, sibling, frame);
        return;
      }
      if (sibling === null && isMulticastMac(frame.destination)) this.port.tellSiblings(frame, this);
    }
    this.lower.transmit(frame);
  }
}

export interface NewMacvlan {
  readonly netns: Netns;
  readonly name: string;
  readonly mac?: Mac;
  readonly mode: MacvlanMode;
}

/**
 * `ip link add NAME link LOWER type macvlan mode MODE`: it is down at first. On another macvlan it becomes that one's sibling.
 * Errors: EINVAL on a loopback, EBUSY on a bridge's port, EOPNOTSUPP on a bridge.
 */
export function createMacvlan(given: NetDevice, { netns, name, mac, mode }: NewMacvlan): Result<Macvlan, Errno> {
  const lower = given instanceof Macvlan ? given.lower : given;
  if (lower.kind === 'loopback') return err('EINVAL');
  if (lower.kind === 'bridge') return err('EOPNOTSUPP');
  if (lower.master !== null) return err('EBUSY');
  return ok(new Macvlan(netns, name, mac ?? randomMac(netns.random), lower, mode));
}
