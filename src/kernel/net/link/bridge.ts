import { TraceKind } from '../../../sim/trace.ts';
import { isMulticastMac, type Mac } from '../../../wire/address.ts';
import { EtherType, type Frame } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { receiveIpv4Bridged } from '../ip/input.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';
import { capture, packetType } from '../tap.ts';
import { bridgeForward, bridgePrerouting } from './bridge-netfilter.ts';
import { NetDevice } from './device.ts';
import { Fdb } from './fdb.ts';
import { floodPorts } from './flood.ts';
import { carrierMayHaveChanged } from './lifecycle.ts';
import { randomMac } from './mac.ts';

/** 01:80:c2:00:00:00 to 0f: for the bridge itself, never forwarded (IEEE 802.1D table 7-10). */
const RESERVED_GROUP = 0x0180c2000000;

/**
 * A learning bridge (net/bridge). Its own device is the host's leg in it: what the host sends there goes through the
 * forwarding database, what is for the host comes in there. Left out: spanning tree (off, as Docker has it), VLAN
 * filtering, multicast snooping, hairpin ports.
 */
export class Bridge extends NetDevice {
  override readonly kind = 'bridge';
  readonly fdb = new Fdb();
  /** All ports, in the order in which they came. Replaced, never changed. */
  ports: readonly NetDevice[] = [];
  /** Those with a carrier, for flooding. Replaced, never changed. */
  livePorts: readonly NetDevice[] = [];
  private readonly portNumbers = new Map<NetDevice, number>();
  /** Given at creation or set by hand; else the bridge takes the lowest address of its ports. */
  private fixedMac: boolean;

  constructor(netns: Netns, name: string, { mac }: { readonly mac?: Mac } = {}) {
    super(netns, netns.takeIndex(), name, mac ?? randomMac(netns.random));
    this.fixedMac = mac !== undefined;
    this.fdb.addLocal(this.mac, this);
    netns.devices.add(this);
  }

  override senseCarrier(): boolean {
    return this.up && this.livePorts.length > 0;
  }

  addPort(port: NetDevice): void {
    port.master = this;
    this.portNumbers.set(port, this.freeNumber());
    this.ports = [...this.ports, port];
    this.fdb.addLocal(port.mac, port);
    this.chooseMac();
    this.portChanged(port);
    carrierMayHaveChanged(this);
  }

  removePort(port: NetDevice): void {
    port.master = null;
    this.portNumbers.delete(port);
    this.ports = this.ports.filter((other) => other !== port);
    this.fdb.removeWhere((row) => row.port === port);
    this.chooseMac();
    this.portChanged(port);
    carrierMayHaveChanged(this);
  }

  /** A port keeps its number for as long as it is one; null for a device that isn't. */
  numberOf(port: NetDevice): number | null {
    return this.portNumbers.get(port) ?? null;
  }

  /** The lowest that no port has (find_portno). */
  private freeNumber(): number {
    const taken = new Set(this.portNumbers.values());
    let number = 1;
    while (taken.has(number)) number++;
    return number;
  }

  override releasePorts(): void {
    for (const port of this.ports) this.removePort(port);
  }

  /** Sets the bridge's own address; it follows its ports no more. */
  override setMac(mac: Mac): void {
    this.fixedMac = true;
    this.takeMac(mac);
  }

  /** A port has got a carrier or lost it; what was seen behind it is forgotten then (br_stp_disable_port). */
  portChanged(port: NetDevice): void {
    this.livePorts = this.ports.filter((other) => other.carrier);
    if (!port.carrier) this.fdb.removeWhere((row) => row.port === port && !row.local);
  }

  /** A port has a new address of its own. */
  portMacChanged(port: NetDevice): void {
    this.fdb.removeWhere((row) => row.port === port && row.local);
    this.fdb.addLocal(port.mac, port);
    this.chooseMac();
  }

  override stateChanged(): void {
    if (!this.up) this.fdb.removeWhere((row) => !row.local);
  }

  /** A frame has come in by a port (br_handle_frame). */
  receiveFromPort(port: NetDevice, frame: Frame): void {
    if (!this.up) port.drop(frame, DropReason.linkDown);
    else if (isMulticastMac(frame.source)) port.drop(frame, DropReason.invalidSource);
    else if (
      frame.etherType === EtherType.ipv4 &&
      this.netns.sysctl.bridgeNfCallIptables &&
      this.netns.netfilter.active
    )
      bridgePrerouting(this, port, frame);
    else this.forward(port, frame, null);
  }

  /** Learns where it came from and sends it where it has to go (br_handle_frame_finish). */
  forward(port: NetDevice, frame: Frame, skb: SkBuff | null): void {
    const { trace, queue } = this.netns;
    const learned = this.fdb.learn(frame.source, port, queue.now);
    if (learned !== null && trace.enabled) trace.record(queue.now, TraceKind.learn, this, frame, 'learned', learned);
    const { destination } = frame;
    if (isMulticastMac(destination)) {
      this.forwardGroup(port, frame, skb);
      return;
    }
    const row = this.fdb.lookup(destination, queue.now);
    if (row === undefined) {
      if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'flooded: unknown address', null);
      if (floodPorts(this, port, frame, skb) === 0) port.drop(frame, DropReason.noPort);
      this.showOnlookers(frame);
    } else if (row.local) {
      this.passUp(frame, skb, row);
    } else if (row.port === port) {
      port.drop(frame, DropReason.samePort, row);
    } else {
      if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'forwarded', row);
      bridgeForward(this, row.port, frame, skb);
      this.showOnlookers(frame);
    }
  }

  /** A promiscuous bridge passes up what goes by as well (br_handle_frame_finish). */
  private showOnlookers(frame: Frame): void {
    if (this.onlookers > 0 || this.promiscuous) this.passUp(frame, null, null);
  }

  private forwardGroup(port: NetDevice, frame: Frame, skb: SkBuff | null): void {
    const { trace, queue } = this.netns;
    if (frame.destination >= RESERVED_GROUP && frame.destination < RESERVED_GROUP + 16) {
      port.drop(frame, DropReason.reservedAddress);
      return;
    }
    if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'flooded', null);
    const { cause } = trace;
    floodPorts(this, port, frame, skb);
    trace.cause = cause;
    this.passUp(frame, skb, null);
  }

  /** To the host, through the bridge's own device (br_pass_frame_up). */
  private passUp(frame: Frame, skb: SkBuff | null, row: object | null): void {
    const { trace, taps, queue } = this.netns;
    this.rxPackets++;
    this.rxBytes += frame.length;
    if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'to the host', row);
    if (taps.length !== 0) capture(taps, this, frame, packetType(frame.destination, this.mac), queue.now);
    if (skb === null) this.deliver(frame);
    else receiveIpv4Bridged(this, frame, skb);
  }

  /** The host sends by its leg (br_dev_xmit). */
  protected override startTransmit(frame: Frame): void {
    const { trace, queue } = this.netns;
    const row = isMulticastMac(frame.destination) ? undefined : this.fdb.lookup(frame.destination, queue.now);
    if (row === undefined) {
      if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'flooded', null);
      floodPorts(this, null, frame, null);
    } else if (row.port === this) {
      this.drop(frame, DropReason.samePort, row);
    } else {
      if (trace.enabled) trace.record(queue.now, TraceKind.bridge, this, frame, 'forwarded', row);
      row.port.transmit(frame);
    }
  }

  /** The lowest address of the ports, unless one was given (br_stp_recalculate_bridge_id). */
  private chooseMac(): void {
    if (this.fixedMac || this.ports.length === 0) return;
    let lowest = (this.ports[0] as NetDevice).mac;
    for (const port of this.ports) if (port.mac < lowest) lowest = port.mac;
    if (lowest !== this.mac) this.takeMac(lowest);
  }

  private takeMac(mac: Mac): void {
    this.mac = mac;
    this.fdb.removeWhere((row) => row.local);
    for (const port of this.ports) this.fdb.addLocal(port.mac, port);
    this.fdb.addLocal(mac, this);
  }
}

/** `ip link add NAME type bridge`: it is down at first. */
export function createBridge(netns: Netns, name: string, options?: { readonly mac?: Mac }): Bridge {
  return new Bridge(netns, name, options);
}
