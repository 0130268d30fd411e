import { TraceKind } from '../../../sim/trace.ts';
import { IcmpMessage } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { sendIpv4 } from '../ip/output.ts';
import type { NetDevice } from '../link/device.ts';
import type { SkBuff } from '../skb.ts';
import { IcmpType, makeIcmp, UnreachableCode } from './error.ts';

/**
 * An ICMP packet for this host (icmp_rcv): raw sockets get their copies first, then echo requests are answered and
 * errors go to the socket whose packet they quote. Left out: timestamps, redirects.
 */
export function receiveIcmp(device: NetDevice, skb: SkBuff): void {
  const { netns } = device;
  const { trace, queue, protocols } = netns;
  const message = skb.packet.payload;
  if (!(message instanceof IcmpMessage)) {
    device.drop(skb.packet, DropReason.badSegment);
    return;
  }
  const { cause } = trace;
  protocols.deliver(skb);
  trace.cause = cause;
  if (message.type === IcmpType.echoRequest) {
    answerEcho(device, skb, message);
  } else if (message.quoted !== null) {
    if (trace.enabled) trace.record(queue.now, TraceKind.deliver, netns, skb.packet, 'ICMP error', null);
    if (message.type === IcmpType.unreachable && message.code === UnreachableCode.fragmentationNeeded)
      netns.routes.learnPathMtu(message.quoted.destination, message.sequence);
    protocols.icmpError(skb);
  } else if (trace.enabled) {
    // A reply: whoever waits for it has got its copy.
    trace.record(queue.now, TraceKind.deliver, netns, skb.packet, 'ICMP', null);
  }
}

function answerEcho(device: NetDevice, skb: SkBuff, request: IcmpMessage): void {
  const { netns } = device;
  const { trace, queue, sysctl } = netns;
  const { packet } = skb;
  const toAll = !netns.isLocal(packet.destination);
  if (sysctl.icmpEchoIgnoreAll || (toAll && sysctl.icmpEchoIgnoreBroadcasts)) {
    device.drop(packet, DropReason.ignored);
    return;
  }
  if (trace.enabled) trace.record(queue.now, TraceKind.deliver, netns, packet, 'echo request', null);
  const back = netns.routes.find(packet.source);
  if (back === null) return;
  const reply = new IcmpMessage(IcmpType.echoReply, 0, request.identifier, request.sequence, request.payload, null);
  const source = toAll ? back.preferredSource : packet.destination;
  sendIpv4(netns, makeIcmp(netns, source, packet.source, reply, packet.tos), back);
}
