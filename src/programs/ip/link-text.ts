import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatMac } from '../../wire/address.ts';

/** What `ip addr` and `ip link` say of a device, in iproute2's form and in BusyBox's, which differ in small things. */
export type Face = 'iproute2' | 'busybox';

export function flagsOf(link: LinkInfo, face: Face): string {
  const flags: string[] = [];
  if (link.kind !== 'loopback' && link.up && !link.carrier) flags.push('NO-CARRIER');
  if (link.kind === 'loopback') flags.push('LOOPBACK');
  else flags.push('BROADCAST', ...(link.kind === 'dummy' ? ['NOARP'] : []), 'MULTICAST');
  if (link.promiscuous) flags.push('PROMISC');
  if (link.up) flags.push('UP');
  if (link.up && link.carrier) flags.push('LOWER_UP');
  // BusyBox shows M-DOWN for a veth whose other end it can't see.
  if (face === 'busybox' && link.peer?.otherNamespace) flags.push('M-DOWN');
  return flags.join(',');
}

export function nameOf(link: LinkInfo, links: readonly LinkInfo[]): string {
  if (!link.peer) return link.name;
  if (link.peer.otherNamespace) return `${link.name}@if${link.peer.index}`;
  return `${link.name}@${links.find((each) => each.index === link.peer?.index)?.name ?? `if${link.peer.index}`}`;
}

export function stateOf(link: LinkInfo): string {
  if (link.kind === 'loopback') return 'UNKNOWN';
  if (!link.up) return 'DOWN';
  if (link.kind === 'dummy') return 'UNKNOWN';
  if (link.carrier) return 'UP';
  return link.kind === 'veth' ? 'LOWERLAYERDOWN' : 'DOWN';
}

/** The first line of a device. */
export function headLine(link: LinkInfo, links: readonly LinkInfo[], face: Face): string {
  const master = link.master === null ? '' : ` master ${link.master}`;
  const isUplink = link.kind === 'veth' && link.txQueueLength > 0;
  const queue =
    link.txQueueLength > 0 || isUplink
      ? ` qlen ${link.txQueueLength}`
      : face === 'iproute2' && link.kind === 'bridge'
        ? ' qlen 0'
        : '';
  const group = face === 'iproute2' ? ' group default' : '';
  return `${link.index}: ${nameOf(link, links)}: <${flagsOf(link, face)}> mtu ${link.mtu} qdisc ${link.queueing}${master} state ${stateOf(link)}${group}${queue}`;
}

export function linkLine(link: LinkInfo, face: Face): string {
  const kind = link.kind === 'loopback' ? 'loopback' : 'ether';
  const broadcast = link.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const netns = face === 'iproute2' && link.peer?.otherNamespace ? ' link-netnsid 0' : '';
  return `    link/${kind} ${formatMac(link.mac)} brd ${broadcast}${netns}`;
}
