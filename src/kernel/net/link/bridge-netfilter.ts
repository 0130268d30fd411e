import { isMulticastMac } from '../../../wire/address.ts';
import { EtherType, Frame, type Ipv4Packet } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { fragment } from '../ip/fragment.ts';
import { Hook, Verdict } from '../netfilter/netfilter.ts';
import { SkBuff } from '../skb.ts';
import type { Bridge } from './bridge.ts';
import type { NetDevice } from './device.ts';

/**
 * Bridged IPv4 frames pass iptables (br_netfilter_hooks.c): PREROUTING as they come in by a port, before the bridge has
 * learned or decided anything; FORWARD and POSTROUTING as they leave by another port. Conntrack wants whole packets, so
 * fragments are put together here and cut again on the way out.
 */
export function bridgePrerouting(bridge: Bridge, port: NetDevice, frame: Frame): void {
  const { netns } = bridge;
  const skb = new SkBuff(frame.payload as Ipv4Packet, bridge);
  skb.physicalIn = port;
  if (skb.packet.isFragment && !netns.reassembly.complete(skb, 'bridge')) return;
  const original = skb.packet.destination;
  if (netns.netfilter.run(Hook.prerouting, skb) !== Verdict.accept) {
    port.drop(skb.packet, DropReason.netfilter);
    return;
  }
  let destination = frame.destination;
  if (skb.packet.destination !== original && !isMulticastMac(destination)) {
    const way = netns.routes.find(skb.packet.destination);
    if (way === null) {
      port.drop(skb.packet, DropReason.noRoute);
      return;
    }
    // The new destination on this very bridge is reached by bridging, if its address is known; else the host routes.
    // (Linux asks for it by ARP and bridges then, too.)
    const neighbor = way.device === bridge ? bridge.neighbors.get(way.nextHop) : undefined;
    destination = neighbor?.connected ? neighbor.mac : bridge.mac;
  }
  bridge.forward(port, reframe(frame, skb.packet, destination), skb);
}

/** Sends a frame by a port, past FORWARD and POSTROUTING where iptables is asked. */
export function bridgeForward(bridge: Bridge, port: NetDevice, frame: Frame, skb: SkBuff | null): void {
  if (skb === null) {
    if (frame.etherType === EtherType.ipv4 && frame.payload.length > port.mtu) port.drop(frame, DropReason.tooBig);
    else port.transmit(frame);
    return;
  }
  const { netfilter } = bridge.netns;
  skb.outDevice = bridge;
  skb.physicalOut = port;
  if (netfilter.run(Hook.forward, skb) !== Verdict.accept || netfilter.run(Hook.postrouting, skb) !== Verdict.accept) {
    port.drop(skb.packet, DropReason.netfilter);
    return;
  }
  const { packet } = skb;
  const limit = skb.largestFragment === 0 ? port.mtu : Math.min(skb.largestFragment, port.mtu);
  if (packet.length <= limit) {
    port.transmit(reframe(frame, packet, frame.destination));
    return;
  }
  if (skb.largestFragment === 0) {
    port.drop(packet, DropReason.tooBig);
    return;
  }
  const { trace } = bridge.netns;
  const { cause } = trace;
  for (const part of fragment(packet, limit)) {
    trace.cause = cause;
    port.transmit(new Frame(frame.destination, frame.source, EtherType.ipv4, part));
  }
}

/** The same frame where nothing has changed. */
function reframe(frame: Frame, packet: Ipv4Packet, destination: Frame['destination']): Frame {
  if (packet === frame.payload && destination === frame.destination) return frame;
  return new Frame(destination, frame.source, EtherType.ipv4, packet);
}
