import { TraceKind } from '../../../sim/trace.ts';
import { BROADCAST_ADDRESS, isLoopback, isMulticast, isMulticastMac } from '../../../wire/address.ts';
import { type Frame, type Ipv4Packet, IpProtocol } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { IcmpType, sendIcmpError, UnreachableCode } from '../icmp/error.ts';
import { receiveIcmp } from '../icmp/input.ts';
import type { NetDevice } from '../link/device.ts';
import { Hook, Verdict } from '../netfilter/netfilter.ts';
import type { Destination } from '../route/destination.ts';
import { SkBuff } from '../skb.ts';
import { forwardIpv4 } from './forward.ts';
import { acceptsSource } from './source-check.ts';

/** 224.0.0.1: the one group that every host is in. */
const ALL_HOSTS = 0xe0000001 | 0;

/** An IPv4 frame has come in by a device (ip_rcv in net/ipv4/ip_input.c). */
export function receiveIpv4(device: NetDevice, frame: Frame): void {
  const { destination } = frame;
  if (destination !== device.mac && !isMulticastMac(destination)) {
    device.drop(frame, DropReason.otherHost);
    return;
  }
  const skb = new SkBuff(frame.payload as Ipv4Packet, device);
  if (prerouting(device, skb)) route(device, skb);
}

/** One that a bridge passes up: it has been through PREROUTING already (ip_sabotage_in). */
export function receiveIpv4Bridged(bridge: NetDevice, frame: Frame, skb: SkBuff): void {
  if (frame.destination !== bridge.mac && !isMulticastMac(frame.destination)) {
    bridge.drop(frame, DropReason.otherHost);
    return;
  }
  route(bridge, skb);
}

/** One that has come round by `lo`: where it goes was decided on its way out, unless PREROUTING turned it elsewhere. */
export function receiveLooped(loopback: NetDevice, skb: SkBuff): void {
  const { destination } = skb.packet;
  if (!prerouting(loopback, skb)) return;
  if (skb.packet.destination === destination) deliverLocally(loopback, skb);
  else route(loopback, skb);
}

/** PREROUTING; conntrack wants whole packets. Whether the packet goes on. */
function prerouting(device: NetDevice, skb: SkBuff): boolean {
  const { netfilter, reassembly } = device.netns;
  if (!netfilter.active) return true;
  if (skb.packet.isFragment && !reassembly.complete(skb, 'conntrack')) return false;
  if (netfilter.run(Hook.prerouting, skb) === Verdict.accept) return true;
  device.drop(skb.packet, DropReason.netfilter);
  return false;
}

/** Decides whether the packet is for us or for elsewhere (ip_route_input_slow). */
function route(device: NetDevice, skb: SkBuff): void {
  const { packet } = skb;
  const { netns } = device;
  const { trace, queue, routes } = netns;
  if (device !== netns.loopback) {
    const refusal = acceptsSource(device, packet.source);
    if (refusal !== null) {
      device.drop(packet, refusal);
      return;
    }
    if (isLoopback(packet.destination) && !device.routeLocalnet && !netns.sysctl.routeLocalnet) {
      device.drop(packet, DropReason.martianDestination);
      return;
    }
  }
  if (packet.destination === BROADCAST_ADDRESS) {
    deliverLocally(device, skb);
    return;
  }
  if (isMulticast(packet.destination)) {
    if (packet.destination === ALL_HOSTS) deliverLocally(device, skb);
    else device.drop(packet, DropReason.notJoined);
    return;
  }
  const destination = routes.find(packet.destination);
  if (destination === null) {
    refuse(device, skb, DropReason.noRoute, UnreachableCode.net, null);
    return;
  }
  if (destination.type === 'local' || destination.type === 'broadcast') {
    if (trace.enabled) trace.record(queue.now, TraceKind.route, netns, packet, 'for this host', destination.route);
    deliverLocally(device, skb);
  } else if (destination.type === 'unicast') {
    forward(device, skb, destination);
  } else if (destination.type === 'blackhole') {
    device.drop(packet, DropReason.blackhole, destination.route);
  } else if (destination.type === 'prohibit') {
    refuse(device, skb, DropReason.prohibited, UnreachableCode.prohibited, destination);
  } else {
    refuse(device, skb, DropReason.unreachableRoute, UnreachableCode.host, destination);
  }
}

function forward(device: NetDevice, skb: SkBuff, destination: Destination): void {
  const { netns } = device;
  const { trace, queue } = netns;
  if (!netns.sysctl.ipForward) {
    device.drop(skb.packet, DropReason.notForwarding, destination.route);
    return;
  }
  if (trace.enabled) trace.record(queue.now, TraceKind.route, netns, skb.packet, 'forwarded', destination.route);
  forwardIpv4(device, skb, destination);
}

/** Ends a packet that no route takes; a router tells the sender (ip_error). */
function refuse(
  device: NetDevice,
  skb: SkBuff,
  reason: DropReason,
  code: number,
  destination: Destination | null,
): void {
  const { netns } = device;
  device.drop(skb.packet, reason, destination?.route ?? null);
  if (netns.sysctl.ipForward) sendIcmpError(netns, skb, { type: IcmpType.unreachable, code });
}

/** INPUT, then whoever takes the packet (ip_local_deliver). */
function deliverLocally(device: NetDevice, skb: SkBuff): void {
  const { netfilter, reassembly, protocols } = device.netns;
  if (skb.packet.isFragment && !reassembly.complete(skb, 'local')) return;
  if (netfilter.active && netfilter.run(Hook.input, skb) !== Verdict.accept) {
    device.drop(skb.packet, DropReason.netfilter);
    return;
  }
  if (skb.packet.protocol === IpProtocol.icmp) receiveIcmp(device, skb);
  else protocols.deliver(skb);
}
