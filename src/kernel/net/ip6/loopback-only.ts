import { ok, err, type Result } from '../../../base/result.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { LOOPBACK_ADDRESS6 } from '../../../wire/ipv6-address.ts';
import { type Ipv6Packet, TcpSegment } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import { DropReason } from '../drop-reason.ts';
import type { NetDevice } from '../link/device.ts';
import type { Netns } from '../netns.ts';

/** The row of the table `local` that leads there, as `ip -6 route show table local` has it. */
const LOCAL_ROUTE = 'local ::1 dev lo';

/**
 * All of IPv6 that is here: a namespace talks to itself at ::1, by TCP. It is what `localhost` means to curl, and what the
 * userland proxy's second listener serves. Left out: addresses on other devices, neighbour discovery, routes, ICMPv6, UDP,
 * ip6tables.
 */
export function sendIpv6(netns: Netns, packet: Ipv6Packet): Result<void, Errno> {
  const { trace, queue } = netns;
  if (packet.destination !== LOOPBACK_ADDRESS6) {
    if (trace.enabled) trace.record(queue.now, TraceKind.drop, netns, packet, DropReason.noRoute, null);
    return err('ENETUNREACH');
  }
  if (trace.enabled) trace.record(queue.now, TraceKind.route, netns, packet, 'sent', LOCAL_ROUTE);
  netns.loopback.loopIpv6(packet);
  return ok();
}

/** An IPv6 packet has come round by `lo`. */
export function receiveIpv6(loopback: NetDevice, packet: Ipv6Packet): void {
  const { tcp } = loopback.netns.protocols;
  if (packet.payload instanceof TcpSegment) tcp.deliver(packet, packet.payload);
  else loopback.drop(packet, DropReason.unknownProtocol);
}
