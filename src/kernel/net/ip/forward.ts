import { Ipv4Packet } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { IcmpType, sendIcmpError, TimeExceededCode, UnreachableCode } from '../icmp/error.ts';
import type { NetDevice } from '../link/device.ts';
import { Hook, Verdict } from '../netfilter/netfilter.ts';
import type { Destination } from '../route/destination.ts';
import type { SkBuff } from '../skb.ts';
import { postrouting } from './output.ts';

/**
 * Sends a packet on that came in from elsewhere (ip_forward): TTL first, then size, then the FORWARD chain, which sees
 * the lowered TTL. Left out: redirects (RFC 1812 lets a router send them; Linux does on one link only), source routes.
 */
export function forwardIpv4(device: NetDevice, skb: SkBuff, destination: Destination): void {
  const { netns } = device;
  const { packet } = skb;
  if (packet.ttl <= 1) {
    device.drop(packet, DropReason.ttlExceeded);
    sendIcmpError(netns, skb, { type: IcmpType.timeExceeded, code: TimeExceededCode.inTransit });
    return;
  }
  if (packet.dontFragment && packet.length > destination.mtu) {
    device.drop(packet, DropReason.tooBig, destination.route);
    const code = UnreachableCode.fragmentationNeeded;
    sendIcmpError(netns, skb, { type: IcmpType.unreachable, code, mtu: destination.mtu });
    return;
  }
  skb.packet = withLowerTtl(packet);
  skb.outDevice = destination.device;
  const { netfilter } = netns;
  if (netfilter.active && netfilter.run(Hook.forward, skb) !== Verdict.accept) {
    device.drop(skb.packet, DropReason.netfilter);
    return;
  }
  postrouting(netns, skb, destination);
}

function withLowerTtl(packet: Ipv4Packet): Ipv4Packet {
  return new Ipv4Packet(
    packet.source,
    packet.destination,
    packet.protocol,
    packet.ttl - 1,
    packet.tos,
    packet.identification,
    packet.dontFragment,
    packet.moreFragments,
    packet.fragmentOffset,
    packet.payload,
  );
}
