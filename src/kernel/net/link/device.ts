import type { Place } from '../../../sim/trace.ts';
import { TraceKind } from '../../../sim/trace.ts';
import type { Mac } from '../../../wire/address.ts';
import { EtherType, type Frame } from '../../../wire/packet.ts';
import type { LinkInfo } from '../../syscalls/net-admin.ts';
import { AddressMap } from '../address-map.ts';
import { DropReason } from '../drop-reason.ts';
import { receiveIpv4 } from '../ip/input.ts';
import { receiveArp } from '../neigh/arp.ts';
import type { Neighbor } from '../neigh/neighbor.ts';
import type { Netns } from '../netns.ts';
import type { InterfaceAddress } from '../route/interface-address.ts';
import { capture, packetType } from '../tap.ts';
import type { Bridge } from './bridge.ts';
import type { MacvlanPort } from './macvlan.ts';

/**
 * A network device (struct net_device, net/core/dev.c): the way a frame takes in and out of a namespace, with taps,
 * counters and trace. Left out: queueing disciplines (every device here is `noqueue`), VLANs, offloads.
 */
export abstract class NetDevice implements Place {
  abstract readonly kind: LinkInfo['kind'];
  placeName: string;
  /** IFF_UP, set by `setUp`. */
  up = false;
  /** IFF_LOWER_UP: it is up and so is what it is plugged into. */
  carrier = false;
  mtu = 1500;
  /** Packets that may wait in its queue, as `ip link` shows it (IFLA_TXQLEN). */
  txQueueLength = 1000;
  promiscuous = false;
  /** Packet sockets that want to see all that passes, whoever it is for (PACKET_MR_PROMISC). */
  onlookers = 0;
  /** net.ipv4.conf.<device>.route_localnet. */
  routeLocalnet = false;
  /** The bridge that this is a port of. */
  master: Bridge | null = null;
  /** The macvlans on it. */
  macvlans: MacvlanPort | null = null;
  /** Its place is no more: frames on their way to it are lost. */
  removed = false;
  readonly addresses: InterfaceAddress[] = [];
  readonly neighbors = new AddressMap<Neighbor>();
  /** Nanoseconds for which a neighbour counts as reachable; 0: not drawn yet. */
  reachableTime = 0;
  rxPackets = 0;
  rxBytes = 0;
  rxDropped = 0;
  txPackets = 0;
  txBytes = 0;
  txDropped = 0;

  constructor(
    public netns: Netns,
    public index: number,
    public name: string,
    public mac: Mac,
  ) {
    this.placeName = `${netns.name}:${name}`;
  }

  /** The device at the other end of its cable. */
  get counterpart(): NetDevice | null {
    return null;
  }

  /** Looks whether there is a carrier; `carrierMayHaveChanged` asks and keeps the answer in `carrier`. */
  abstract senseCarrier(): boolean;

  /** Whether neighbours have to be asked for by ARP. */
  get usesArp(): boolean {
    return true;
  }

  /** Puts a frame onto the cable; `transmit` has done the rest. */
  protected abstract startTransmit(frame: Frame): void;

  /** Sends a frame (dev_queue_xmit). */
  transmit(frame: Frame): void {
    const { trace, taps, queue } = this.netns;
    if (!this.carrier) {
      this.txDropped++;
      if (trace.enabled) {
        const reason = this.up ? DropReason.noCarrier : DropReason.linkDown;
        trace.record(queue.now, TraceKind.drop, this, frame, reason, null);
      }
      return;
    }
    this.countTransmit(frame);
    if (taps.length !== 0) capture(taps, this, frame, 'out', queue.now);
    this.startTransmit(frame);
  }

  countTransmit(frame: Frame): void {
    this.txPackets++;
    this.txBytes += frame.length;
  }

  /** A frame has arrived from the cable (netif_receive_skb). */
  receive(frame: Frame): void {
    const { trace, taps, queue } = this.netns;
    if (!this.up || this.removed) {
      this.rxDropped++;
      if (trace.enabled) trace.record(queue.now, TraceKind.drop, this, frame, DropReason.linkDown, null);
      return;
    }
    this.rxPackets++;
    this.rxBytes += frame.length;
    if (trace.enabled) trace.record(queue.now, TraceKind.receive, this, frame, 'received', null);
    if (taps.length !== 0) capture(taps, this, frame, packetType(frame.destination, this.mac), queue.now);
    if (this.macvlans !== null && this.macvlans.receive(frame)) return;
    if (this.master !== null) this.master.receiveFromPort(this, frame);
    else this.deliver(frame);
  }

  /** Hands a frame to the protocol that it names. */
  deliver(frame: Frame): void {
    if (frame.etherType === EtherType.arp) receiveArp(this, frame);
    else if (frame.etherType === EtherType.ipv4) receiveIpv4(this, frame);
    else this.drop(frame, DropReason.unknownProtocol);
  }

  /** Ends a frame or packet that arrived here. */
  drop(packet: object, reason: DropReason, because: unknown = null): void {
    const { trace, queue } = this.netns;
    if (trace.enabled) trace.record(queue.now, TraceKind.drop, this, packet, reason, because);
  }

  /** It has gone up or down. */
  stateChanged(): void {}

  /** It lets go of its cable, for good. */
  unplug(): void {}

  /** It lets go of its ports, if it is a bridge. */
  releasePorts(): void {}

  setMac(mac: Mac): void {
    this.mac = mac;
    if (this.master !== null) this.master.portMacChanged(this);
  }

  rename(name: string): void {
    this.name = name;
    this.placeName = `${this.netns.name}:${name}`;
  }
}
