import { err, ok, type Result } from '../../../base/result.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { BROADCAST_MAC, type Ipv4, type Mac } from '../../../wire/address.ts';
import { EtherType, Frame, type Ipv4Packet } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import { DropReason } from '../drop-reason.ts';
import { Hook, Verdict } from '../netfilter/netfilter.ts';
import type { Netns } from '../netns.ts';
import type { Destination } from '../route/destination.ts';
import { SkBuff } from '../skb.ts';
import { fragment } from './fragment.ts';

const SENT: Result<void, Errno> = ok();
const NO_ROUTE: Result<void, Errno> = err('ENETUNREACH');
const FILTERED: Result<void, Errno> = err('EPERM');
const TOO_BIG: Result<void, Errno> = err('EMSGSIZE');

/**
 * Sends a packet that was made here (ip_queue_xmit, ip_send_skb): route, OUTPUT, POSTROUTING, fragments, neighbour,
 * device. A sender that keeps its `Destination` passes it, and need not look whether it is stale. What fails later, such
 * as a neighbour who does not answer, comes back as an ICMP error.
 */
export function sendIpv4(netns: Netns, packet: Ipv4Packet, known: Destination | null = null): Result<void, Errno> {
  const destination = known === null || known.stale ? netns.routes.find(packet.destination) : known;
  if (destination === null) {
    drop(netns, packet, DropReason.noRoute, null);
    return NO_ROUTE;
  }
  return sendSkb(netns, new SkBuff(packet, null), destination);
}

/** The same for a packet in its buffer already, whose conntrack entry may be known. */
export function sendSkb(netns: Netns, skb: SkBuff, destination: Destination): Result<void, Errno> {
  const { trace, queue, netfilter } = netns;
  const { packet } = skb;
  if (destination.type === 'unreachable' || destination.type === 'prohibit' || destination.type === 'blackhole') {
    drop(netns, packet, DropReason.unreachableRoute, destination.route);
    return destination.type === 'prohibit' ? err('EACCES') : err('EHOSTUNREACH');
  }
  if (trace.enabled) trace.record(queue.now, TraceKind.route, netns, packet, 'sent', destination.route);
  skb.outDevice = destination.device;
  if (!netfilter.active) return finish(netns, skb, destination);
  if (netfilter.run(Hook.output, skb) !== Verdict.accept) {
    drop(netns, skb.packet, DropReason.netfilter, null);
    return FILTERED;
  }
  if (skb.packet.destination === packet.destination) return postrouting(netns, skb, destination);
  // DNAT in OUTPUT: another way (ip_route_me_harder).
  const rerouted = netns.routes.find(skb.packet.destination);
  if (rerouted === null) {
    drop(netns, skb.packet, DropReason.noRoute, null);
    return err('EHOSTUNREACH');
  }
  if (trace.enabled) trace.record(queue.now, TraceKind.route, netns, skb.packet, 'sent', rerouted.route);
  return postrouting(netns, skb, rerouted);
}

/** POSTROUTING, for our own packets and for forwarded ones (ip_output). */
export function postrouting(netns: Netns, skb: SkBuff, destination: Destination): Result<void, Errno> {
  skb.outDevice = destination.device;
  const { netfilter } = netns;
  if (netfilter.active && netfilter.run(Hook.postrouting, skb) !== Verdict.accept) {
    drop(netns, skb.packet, DropReason.netfilter, null);
    return FILTERED;
  }
  return finish(netns, skb, destination);
}

/** Cuts what is too long for the link (ip_finish_output). */
function finish(netns: Netns, skb: SkBuff, destination: Destination): Result<void, Errno> {
  const { packet } = skb;
  const limit = skb.largestFragment === 0 ? destination.mtu : Math.min(skb.largestFragment, destination.mtu);
  if (packet.length <= limit) {
    transmit(netns, skb, destination);
    return SENT;
  }
  if (packet.dontFragment && skb.largestFragment === 0) {
    drop(netns, packet, DropReason.tooBig, destination.route);
    return TOO_BIG;
  }
  const { trace } = netns;
  const { cause } = trace;
  for (const part of fragment(packet, limit)) {
    trace.cause = cause;
    const piece = skb.clone();
    piece.packet = part;
    transmit(netns, piece, destination);
  }
  return SENT;
}

/** To the neighbour, or to all on the link (ip_finish_output2). A broadcast is not looped back to its sender here. */
function transmit(netns: Netns, skb: SkBuff, destination: Destination): void {
  const { device } = destination;
  if (destination.type === 'unicast') {
    if (!device.usesArp) {
      sendFrame(device.mac, skb, destination);
      return;
    }
    let { neighbor } = destination;
    if (neighbor === null || neighbor.removed) {
      neighbor = netns.neighbors.obtain(device, destination.nextHop);
      destination.neighbor = neighbor;
    }
    neighbor.send(skb);
  } else if (destination.type === 'local') {
    netns.loopback.loop(skb);
  } else {
    sendFrame(destination.type === 'multicast' ? groupMac(skb.packet.destination) : BROADCAST_MAC, skb, destination);
  }
}

function sendFrame(to: Mac, skb: SkBuff, { device }: Destination): void {
  device.transmit(new Frame(to, device.mac, EtherType.ipv4, skb.packet));
}

/** 01:00:5e and the lower 23 bits of the group (RFC 1112 section 6.4). */
function groupMac(group: Ipv4): Mac {
  return (0x01005e000000 + (group & 0x7fffff)) as Mac;
}

function drop(netns: Netns, packet: Ipv4Packet, reason: DropReason, because: unknown): void {
  const { trace, queue } = netns;
  if (trace.enabled) trace.record(queue.now, TraceKind.drop, netns, packet, reason, because);
}
