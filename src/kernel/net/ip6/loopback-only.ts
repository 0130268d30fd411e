import { ok, err, type Result } from '../../../base/result.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { emitIcmp6Echo, Icmp6Type, parseIcmp6Echo, withIcmp6Checksum } from '../../../wire/icmp6.ts';
import { LOOPBACK_ADDRESS6 } from '../../../wire/ipv6-address.ts';
import { IpProtocol, Ipv6Packet, OtherTransport, TcpSegment } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import { DropReason } from '../drop-reason.ts';
import type { NetDevice } from '../link/device.ts';
import type { Netns } from '../netns.ts';

/** The row of the table `local` that leads there, as `ip -6 route show table local` has it. */
const LOCAL_ROUTE = 'local ::1 dev lo';

/**
 * All of IPv6 that is here: a namespace talks to itself at ::1, by TCP, and answers echo requests there. It is what `localhost` means to curl, and what the
 * userland proxy's second listener serves. Left out: addresses on other devices, neighbour discovery, routes, other ICMPv6, UDP,
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
  const { payload, nextHeader } = packet;
  if (payload instanceof TcpSegment) tcp.deliver(packet, payload);
  else if (nextHeader === IpProtocol.icmp6) receiveIcmp6(loopback, packet, payload);
  else loopback.drop(packet, DropReason.unknownProtocol);
}

/** Raw sockets get their copies first, then an echo request is answered (icmpv6_rcv). */
function receiveIcmp6({ netns }: NetDevice, packet: Ipv6Packet, { payload }: OtherTransport): void {
  const { trace, queue, protocols, sysctl } = netns;
  const { cause } = trace;
  for (const socket of protocols.icmp6) socket.deliver(packet);
  trace.cause = cause;
  const echo = parseIcmp6Echo(payload);
  const isRequest = echo.ok && echo.value.type === Icmp6Type.echoRequest;
  if (trace.enabled)
    trace.record(queue.now, TraceKind.deliver, netns, packet, isRequest ? 'echo request' : 'ICMPv6', null);
  if (!echo.ok || !isRequest) return;
  const { source, destination } = packet;
  const reply = withIcmp6Checksum(emitIcmp6Echo({ ...echo.value, type: Icmp6Type.echoReply }), destination, source);
  sendIpv6(netns, new Ipv6Packet(destination, source, IpProtocol.icmp6, sysctl.defaultTtl, new OtherTransport(reply)));
}
