import { SECOND, type SimTime } from '../../../sim/clock.ts';
import { Timer, type TimerOwner } from '../../../sim/timer.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { type Ipv4, type Mac, ZERO_MAC } from '../../../wire/address.ts';
import { EtherType, Frame } from '../../../wire/packet.ts';
import type { NeighborInfo, NeighborState } from '../../syscalls/net-admin.ts';
import { DropReason } from '../drop-reason.ts';
import { sendHostUnreachable } from '../icmp/error.ts';
import type { NetDevice } from '../link/device.ts';
import type { SkBuff } from '../skb.ts';
import { wheelDelay } from '../timer-wheel.ts';
import { sendArpRequest } from './arp.ts';

/** Defaults of net.ipv4.neigh.*: base_reachable_time, delay_first_probe_time, retrans_time, probes, unres_qlen. */
const BASE_REACHABLE_TIME = 30 * SECOND;
const DELAY_TIME = 5 * SECOND;
const RETRANSMIT_TIME = SECOND;
const PROBES = 3;
const QUEUE_LIMIT = 101;
/** An entry that has just been set is not overwritten by another answer (locktime). */
const LOCK_TIME = SECOND;
const LONG_AGO = -3600 * SECOND;

/** One row of the neighbour table as it was at some time: what trace records cite. Never changed. */
export class NeighborRow {
  constructor(
    readonly device: NetDevice,
    readonly address: Ipv4,
    readonly mac: Mac | null,
    readonly state: NeighborState,
  ) {}
}

/**
 * What is known of the way to one address on one link (struct neighbour, net/core/neighbour.c): which state, which
 * hardware address, who waits for it. Left out: garbage collection, application probes.
 */
export class Neighbor implements TimerOwner {
  row: NeighborRow;
  /** In a state in which packets go out without further ado (NUD_CONNECTED). */
  connected = false;
  mac: Mac = ZERO_MAC;
  removed = false;
  private state: NeighborState | 'none' = 'none';
  private confirmed: SimTime = LONG_AGO;
  private used: SimTime = LONG_AGO;
  private updated: SimTime = LONG_AGO;
  private probes = 0;
  private waiting: SkBuff[] = [];
  private readonly timer: Timer;

  constructor(
    readonly device: NetDevice,
    readonly address: Ipv4,
  ) {
    this.row = new NeighborRow(device, address, null, 'incomplete');
    this.timer = new Timer(device.netns.queue, this);
  }

  /** Sends a packet this way, at once or when the address is known (neigh_resolve_output). */
  send(skb: SkBuff): void {
    if (!this.connected && !this.ready(skb)) return;
    this.device.transmit(new Frame(this.mac, this.device.mac, EtherType.ipv4, skb.packet));
  }

  /** It has answered, as the layers above can tell (neigh_confirm). */
  confirm(): void {
    this.confirmed = this.device.netns.queue.now;
  }

  /** Whether it has a hardware address that may be used (NUD_VALID). */
  get valid(): boolean {
    return this.state !== 'none' && this.state !== 'incomplete' && this.state !== 'failed';
  }

  /** What ARP, or somebody at the keyboard, has said (neigh_update). */
  update(mac: Mac, state: 'reachable' | 'stale' | 'permanent', { override }: { readonly override: boolean }): void {
    const { now } = this.device.netns.queue;
    const old = this.state;
    if (old === 'permanent' && state !== 'permanent') return;
    const wasValid = this.valid;
    const changesMac = !wasValid || mac !== this.mac;
    if (state !== 'stale') this.confirmed = now;
    if (wasValid && changesMac && !override) return;
    const next = wasValid && !changesMac && state === 'stale' ? old : state;
    if (next === old && !changesMac) return;
    this.updated = now;
    if (changesMac) {
      this.mac = mac;
      if (state === 'stale') this.confirmed = now - 2 * BASE_REACHABLE_TIME;
    }
    if (next !== 'none') this.enter(next);
    if (next === 'reachable') this.arm(this.reachableTime());
    else this.timer.cancel();
    if (!wasValid) this.sendWaiting();
  }

  /** Whether an answer may replace the hardware address (arp_process: locktime). */
  get unlocked(): boolean {
    return this.device.netns.queue.now > this.updated + LOCK_TIME;
  }

  /** What `ip -s neigh` tells (neigh_fill_info): how long ago in nanoseconds, and whether its timer runs, which counts as a user. */
  statistics(): NonNullable<NeighborInfo['statistics']> {
    const { now } = this.device.netns.queue;
    const { probes } = this;
    const since = (time: SimTime) => now - Math.max(0, time);
    const references = this.timer.armed ? 1 : 0;
    return {
      references,
      used: since(this.used),
      confirmed: since(this.confirmed),
      updated: since(this.updated),
      probes,
    };
  }

  /** It is taken out of the table; who waits is lost. */
  remove(): void {
    this.removed = true;
    this.connected = false;
    this.timer.cancel();
    const waiting = this.waiting;
    this.waiting = [];
    for (const skb of waiting) this.device.drop(skb.packet, DropReason.neighborGone, this.row);
  }

  /** neigh_timer_handler. */
  onTimer(): void {
    const { now } = this.device.netns.queue;
    switch (this.state) {
      case 'reachable':
        if (now <= this.confirmed + this.reachableTime()) this.arm(this.confirmed + this.reachableTime() - now);
        else if (now <= this.used + DELAY_TIME) {
          this.enter('delay');
          this.arm(DELAY_TIME);
        } else this.enter('stale');
        return;
      case 'delay':
        if (now <= this.confirmed + DELAY_TIME) {
          this.enter('reachable');
          this.arm(this.confirmed + this.reachableTime() - now);
          return;
        }
        this.enter('probe');
        this.probes = 0;
        this.probe();
        return;
      case 'probe':
      case 'incomplete':
        if (this.probes < (this.state === 'probe' ? PROBES : 2 * PROBES)) this.probe();
        else this.fail();
        return;
      default:
    }
  }

  /** neigh_event_send: whether the packet may go now; if not, it waits here or has ended. */
  private ready(skb: SkBuff): boolean {
    const { now, trace } = this.device.netns.queue;
    this.used = now;
    if (this.state === 'delay' || this.state === 'probe') return true;
    if (this.state === 'stale') {
      this.enter('delay');
      this.arm(DELAY_TIME);
      return true;
    }
    const first = this.state !== 'incomplete';
    if (first) {
      this.enter('incomplete');
      // As many as unicast probes would be: only those by broadcast are left (__neigh_event_send).
      this.probes = PROBES;
    }
    if (this.waiting.length >= QUEUE_LIMIT) {
      const oldest = this.waiting.shift() as SkBuff;
      this.device.drop(oldest.packet, DropReason.neighborQueueFull, this.row);
    }
    this.waiting.push(skb);
    if (trace.enabled) trace.record(now, TraceKind.neighbor, this.device, skb.packet, 'waits', this.row);
    if (first) this.probe();
    return false;
  }

  /** Asks: everybody while the address is unknown, the neighbour itself to confirm it (arp_solicit). */
  private probe(): void {
    this.probes++;
    this.arm(RETRANSMIT_TIME);
    const source = this.waiting.at(-1)?.packet.source ?? null;
    sendArpRequest(this.device, this.address, { to: this.state === 'probe' ? this.mac : null, source });
  }

  private fail(): void {
    this.timer.cancel();
    this.enter('failed');
    const { trace } = this.device.netns;
    const { cause } = trace;
    const waiting = this.waiting;
    this.waiting = [];
    for (const skb of waiting) {
      trace.cause = cause;
      this.device.drop(skb.packet, DropReason.neighborFailed, this.row);
      sendHostUnreachable(this.device.netns, skb);
    }
  }

  private sendWaiting(): void {
    const { trace } = this.device.netns;
    const { cause } = trace;
    const waiting = this.waiting;
    if (waiting.length === 0) return;
    this.waiting = [];
    for (const skb of waiting) {
      trace.cause = cause;
      this.send(skb);
    }
    trace.cause = cause;
  }

  private enter(state: NeighborState): void {
    const { now, trace } = this.device.netns.queue;
    this.state = state;
    this.updated = now;
    this.connected = state === 'reachable' || state === 'permanent' || state === 'noarp';
    this.row = new NeighborRow(this.device, this.address, this.valid ? this.mac : null, state);
    if (trace.enabled) trace.record(now, TraceKind.neighbor, this.device, undefined, state, this.row);
  }

  private reachableTime(): number {
    if (this.device.reachableTime === 0)
      this.device.reachableTime = BASE_REACHABLE_TIME / 2 + this.device.netns.random.below(BASE_REACHABLE_TIME);
    return this.device.reachableTime;
  }

  private arm(delay: number): void {
    this.timer.arm(wheelDelay(this.device.netns.queue.now, delay));
  }
}
