import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatMac } from '../../wire/address.ts';

/** What `ip addr` and `ip link` say of a device, in iproute2's form and in BusyBox's, which differ in small things. */
export type Face = 'iproute2' | 'busybox';

export function flagsOf(link: LinkInfo, links: readonly LinkInfo[], face: Face): string {
  const flags: string[] = [];
  if (link.kind !== 'loopback' && link.up && !link.carrier) flags.push('NO-CARRIER');
  if (link.kind === 'loopback') flags.push('LOOPBACK');
  else if (link.kind === 'dummy') flags.push('BROADCAST', 'NOARP');
  else flags.push('BROADCAST', 'MULTICAST');
  if (link.promiscuous && face === 'iproute2') flags.push('PROMISC');
  if (link.up) flags.push('UP');
  if (link.up && link.carrier) flags.push('LOWER_UP');
  // BusyBox has no name for it, and writes what is left as a number without a comma.
  if (link.promiscuous && face === 'busybox') flags.push(`${flags.pop() ?? ''}100`);
  if (link.peer && !lookUpPeer(link, links, face)?.up) flags.push('M-DOWN');
  return flags.join(',');
}

/** BusyBox looks the peer's number up among the devices here, whichever namespace it is in. */
function lookUpPeer(
  { peer }: LinkInfo,
  links: readonly LinkInfo[],
  face: Face,
): LinkInfo | { readonly up: true } | undefined {
  if (peer?.otherNamespace && face === 'iproute2') return { up: true };
  return links.find((each) => each.index === peer?.index);
}

export function nameOf(link: LinkInfo, links: readonly LinkInfo[], face: Face): string {
  if (!link.peer) return link.name;
  const found = lookUpPeer(link, links, face);
  return `${link.name}@${found && 'name' in found ? found.name : `if${link.peer.index}`}`;
}

export function stateOf(link: LinkInfo): string {
  if (link.kind === 'loopback') return link.up ? 'UNKNOWN' : 'DOWN';
  if (!link.up) return 'DOWN';
  if (link.kind === 'dummy') return 'UNKNOWN';
  if (link.carrier) return 'UP';
  return link.kind === 'veth' || link.kind === 'macvlan' ? 'LOWERLAYERDOWN' : 'DOWN';
}

/** The first line of a device. */
export function headLine(link: LinkInfo, links: readonly LinkInfo[], face: Face): string {
  const master = link.master === null ? '' : ` master ${link.master}`;
  // A bridge is told to have a queue of 0; other devices without a queue say nothing.
  const hasQueue = link.txQueueLength > 0 || (face === 'iproute2' && link.kind === 'bridge');
  const queue = hasQueue ? ` qlen ${link.txQueueLength}` : '';
  const group = face === 'iproute2' ? ' group default' : '';
  return `${link.index}: ${nameOf(link, links, face)}: <${flagsOf(link, links, face)}> mtu ${link.mtu} qdisc ${link.queueing}${master} state ${stateOf(link)}${group}${queue}`;
}

export function linkLine(link: LinkInfo, face: Face): string {
  const kind = link.kind === 'loopback' ? 'loopback' : 'ether';
  return `    link/${kind} ${formatMac(link.mac)} brd ${broadcastOf(link)}${netnsText(link, face)}`;
}

export const broadcastOf = ({ kind }: LinkInfo): string =>
  kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';

/** The number that this namespace has for the one of a veth's other end. */
export function netnsText({ peer }: LinkInfo, face: Face): string {
  return face === 'iproute2' && peer?.otherNamespace ? ` link-netnsid ${peer.namespaceId ?? 0}` : '';
}
