import { TraceKind } from '../../../sim/trace.ts';
import {
  ANY_ADDRESS,
  BROADCAST_MAC,
  type Ipv4,
  isLoopback,
  isMulticast,
  type Mac,
  ZERO_MAC,
} from '../../../wire/address.ts';
import { contains } from '../../../wire/cidr.ts';
import { ArpOperation, ArpPacket, EtherType, Frame } from '../../../wire/packet.ts';
import { DropReason } from '../drop-reason.ts';
import { acceptsSource } from '../ip/source-check.ts';
import type { NetDevice } from '../link/device.ts';

/**
 * ARP for IPv4 over Ethernet (RFC 826; net/ipv4/arp.c) with Linux's defaults: any address of the host is answered on any
 * device (arp_ignore 0), requests carry the waiting packet's source (arp_announce 0), strangers are not learned from
 * (arp_accept 0). Left out: proxy ARP.
 */
export function receiveArp(device: NetDevice, frame: Frame): void {
  const arp = frame.payload as ArpPacket;
  const { netns } = device;
  const toAll = frame.destination === BROADCAST_MAC;
  if (!toAll && frame.destination !== device.mac) {
    device.drop(frame, DropReason.otherHost);
    return;
  }
  const { senderAddress, targetAddress } = arp;
  const request = arp.operation === ArpOperation.request;
  if (request && netns.routes.isLocal(targetAddress) && isForUs(device, arp)) {
    const { trace, queue } = netns;
    if (trace.enabled) trace.record(queue.now, TraceKind.deliver, device, frame, 'ARP request', null);
    if (senderAddress !== ANY_ADDRESS)
      netns.neighbors.obtain(device, senderAddress).update(arp.senderMac, 'stale', { override: true });
    sendArpReply(device, arp);
    return;
  }
  const neighbor = device.neighbors.get(senderAddress);
  if (neighbor === undefined) {
    device.drop(frame, DropReason.arpNotForUs);
    return;
  }
  const { trace, queue } = netns;
  if (trace.enabled) trace.record(queue.now, TraceKind.deliver, device, frame, 'ARP news', neighbor.row);
  const gratuitous = senderAddress === targetAddress;
  // Requests and broadcast replies do not prove that it can be reached.
  neighbor.update(arp.senderMac, request || toAll ? 'stale' : 'reachable', {
    override: gratuitous || neighbor.unlocked,
  });
}

/** Asks who has an address: everybody, or one hardware address to confirm it. */
export function sendArpRequest(
  device: NetDevice,
  target: Ipv4,
  { to, source }: { readonly to: Mac | null; readonly source: Ipv4 | null },
): void {
  const own = source !== null && device.netns.isLocal(source) ? source : sourceFor(device, target);
  const arp = new ArpPacket(ArpOperation.request, device.mac, own, to ?? ZERO_MAC, target);
  device.transmit(new Frame(to ?? BROADCAST_MAC, device.mac, EtherType.arp, arp));
}

/** Tells everybody on the link that an address is here: a request for one's own address (RFC 5227 section 1.1). */
export function announceAddress(device: NetDevice, address: Ipv4): void {
  const arp = new ArpPacket(ArpOperation.request, device.mac, address, ZERO_MAC, address);
  device.transmit(new Frame(BROADCAST_MAC, device.mac, EtherType.arp, arp));
}

function isForUs(device: NetDevice, { senderAddress, targetAddress }: ArpPacket): boolean {
  if (isMulticast(targetAddress) || (isLoopback(targetAddress) && !device.routeLocalnet)) return false;
  // An address probe (RFC 5227) comes from nobody; all others have to come from where answers would go.
  return senderAddress === ANY_ADDRESS || acceptsSource(device, senderAddress) === null;
}

function sendArpReply(device: NetDevice, request: ArpPacket): void {
  const { senderMac, senderAddress, targetAddress } = request;
  const arp = new ArpPacket(ArpOperation.reply, device.mac, targetAddress, senderMac, senderAddress);
  device.transmit(new Frame(senderMac, device.mac, EtherType.arp, arp));
}

function sourceFor(device: NetDevice, target: Ipv4): Ipv4 {
  const { addresses } = device;
  const near = addresses.find((a) => !a.secondary && contains(a.address, target)) ?? addresses[0];
  if (near !== undefined) return near.address.address;
  const way = device.netns.routes.find(target);
  return way?.preferredSource ?? ANY_ADDRESS;
}
