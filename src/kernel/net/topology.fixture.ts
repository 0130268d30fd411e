import { NO_BYTES } from '../../base/bytes.ts';
import { SECOND, type SimTime } from '../../sim/clock.ts';
import { EventQueue } from '../../sim/event-queue.ts';
import { Random } from '../../sim/random.ts';
import { Trace, TraceKind } from '../../sim/trace.ts';
import { formatIpv4, ipv4 } from '../../wire/address.ts';
import { cidr } from '../../wire/cidr.ts';
import {
  ArpOperation,
  type ArpPacket,
  EtherType,
  FragmentPart,
  type Frame,
  IcmpMessage,
  IpProtocol,
  Ipv4Packet,
} from '../../wire/packet.ts';
import { Bridge } from './link/bridge.ts';
import type { NetDevice } from './link/device.ts';
import { setUp } from './link/lifecycle.ts';
import { randomMac } from './link/mac.ts';
import { createVethPair, type Veth } from './link/veth.ts';
import { sendIpv4 } from './ip/output.ts';
import { Netns } from './netns.ts';
import { addAddress } from './route/interface-address.ts';
import { Route } from './route/route.ts';
import type { PacketType, Tap } from './tap.ts';

const DIRECTION: Record<PacketType, string> = { in: 'In', out: 'Out', broadcast: 'B', multicast: 'M', otherhost: 'P' };

/** Namespaces on one clock, wired as Docker wires them, with everything that they move written down. */
export class Topology {
  readonly trace: Trace;
  readonly queue: EventQueue;
  readonly random: Random;
  /** What all taps saw, in order: `aa:eth0 Out who-has 10.0.0.2 tell 10.0.0.1`. */
  readonly seen: string[] = [];
  readonly times: SimTime[] = [];

  constructor({ seed = 1, traced = true }: { readonly seed?: number; readonly traced?: boolean } = {}) {
    this.trace = new Trace({ enabled: traced, capacity: 1 << 16 });
    this.queue = new EventQueue(this.trace);
    this.random = new Random(seed);
  }

  netns(name: string): Netns {
    const netns = new Netns({ name, queue: this.queue, random: this.random });
    setUp(netns.loopback, true);
    const tap: Tap = {
      device: null,
      capture: (device, frame, type) => {
        this.seen.push(`${device.placeName} ${DIRECTION[type]} ${describe(frame)}`);
        this.times.push(this.queue.now);
      },
    };
    netns.taps.push(tap);
    return netns;
  }

  bridge(netns: Netns, name: string, address?: string): Bridge {
    const bridge = new Bridge(netns, name, { mac: randomMac(this.random) });
    if (address !== undefined) addAddress(bridge, cidr(address));
    setUp(bridge, true);
    return bridge;
  }

  /** A namespace with `eth0` on a bridge, and the bridge's address as its gateway. */
  container(name: string, bridge: Bridge, address: string): { netns: Netns; eth0: Veth; port: Veth } {
    const netns = this.netns(name);
    const [port, eth0] = this.cable(bridge.netns, `v-${name}`, netns, 'eth0', address);
    bridge.addPort(port);
    const [gateway] = bridge.addresses;
    if (gateway !== undefined) this.route(netns, '0.0.0.0/0', formatIpv4(gateway.address.address), eth0);
    return { netns, eth0, port };
  }

  cable(a: Netns, nameA: string, b: Netns, nameB: string, addressB?: string): [Veth, Veth] {
    const [first, second] = createVethPair({ netns: a, name: nameA }, { netns: b, name: nameB });
    if (addressB !== undefined) addAddress(second, cidr(addressB));
    setUp(first, true);
    setUp(second, true);
    return [first, second];
  }

  route(netns: Netns, destination: string, gateway: string, device: NetDevice): void {
    netns.routes.add(
      new Route({
        destination: cidr(destination),
        type: 'unicast',
        device,
        gateway: ipv4(gateway),
        scope: 'global',
        protocol: 'boot',
        table: 'main',
      }),
    );
  }

  /** One echo request; what `sendIpv4` answered. */
  ping(
    from: Netns,
    to: string,
    { size = 56, ttl = 64, dontFragment = false }: { size?: number; ttl?: number; dontFragment?: boolean } = {},
  ): ReturnType<typeof sendIpv4> {
    const destination = ipv4(to);
    const way = from.routes.lookup(destination);
    if (!way.ok) return way;
    const data = size === 0 ? NO_BYTES : new Uint8Array(size);
    const message = new IcmpMessage(8, 0, 7, 0, data, null);
    const id = from.nextIdentification();
    const { preferredSource } = way.value;
    const packet = new Ipv4Packet(
      preferredSource,
      destination,
      IpProtocol.icmp,
      ttl,
      0,
      id,
      dontFragment,
      false,
      0,
      message,
    );
    return sendIpv4(from, packet, way.value);
  }

  run(seconds = 1): void {
    this.queue.runUntil(this.queue.now + seconds * SECOND);
  }

  /** What was seen at the places whose names begin so, since the last call of `forget`. */
  at(place: string): string[] {
    return this.seen.filter((line) => line.startsWith(`${place} `)).map((line) => line.slice(place.length + 1));
  }

  forget(): void {
    this.seen.length = 0;
    this.times.length = 0;
  }

  /** Why packets ended, as the trace says. */
  drops(): string[] {
    return [...this.trace.since()]
      .filter((record) => record.kind === TraceKind.drop)
      .map((record) => `${record.place.placeName} ${record.detail}`);
  }
}

function describe({ etherType, payload }: Frame): string {
  if (etherType === EtherType.arp) {
    const { operation, senderAddress, targetAddress } = payload as ArpPacket;
    return operation === ArpOperation.request
      ? `who-has ${formatIpv4(targetAddress)} tell ${formatIpv4(senderAddress)}`
      : `${formatIpv4(senderAddress)} is-at`;
  }
  const packet = payload as Ipv4Packet;
  return `${formatIpv4(packet.source)} > ${formatIpv4(packet.destination)} ${describeTransport(packet)}`;
}

const ICMP: Record<number, string> = { 0: 'echo reply', 3: 'unreachable', 8: 'echo request', 11: 'time exceeded' };

function describeTransport({ payload, fragmentOffset }: Ipv4Packet): string {
  if (payload instanceof FragmentPart) return `fragment ${fragmentOffset}+${payload.length}`;
  if (!(payload instanceof IcmpMessage)) return 'data';
  const name = ICMP[payload.type] ?? `icmp ${payload.type}`;
  return payload.type === 3 ? `${name} ${payload.code}` : name;
}
