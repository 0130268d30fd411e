import type { NeighborInfo, RouteInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4, formatMac } from '../../wire/address.ts';
import { formatCidr } from '../../wire/cidr.ts';
import type { Face } from './link-text.ts';

/** A route as `ip route` prints it. */
export function routeLine(route: RouteInfo, face: Face): string {
  const { destination, gateway, device, metric, scope, preferredSource, protocol, linkDown, type } = route;
  const target =
    destination.prefix === 0
      ? 'default'
      : destination.prefix === 32
        ? formatIpv4(destination.address)
        : formatCidr(destination);
  const parts = [type === 'unicast' ? target : `${type} ${target}`];
  if (gateway !== null) parts.push(`via ${formatIpv4(gateway)}`);
  if (device !== null) parts.push(`dev ${device}`);
  const source = preferredSource === null ? '' : `src ${formatIpv4(preferredSource)}`;
  if (face === 'busybox') {
    if (scope !== 'global') parts.push(`scope ${scope}`);
    // BusyBox leaves two spaces before the source.
    if (source) parts.push(` ${source}`);
    if (metric > 0) parts.push(`metric ${metric}`);
    return parts.join(' ');
  }
  if (protocol !== 'boot') parts.push(`proto ${protocol}`);
  if (scope !== 'global') parts.push(`scope ${scope}`);
  if (source) parts.push(source);
  if (metric > 0) parts.push(`metric ${metric}`);
  if (linkDown) parts.push('linkdown');
  // iproute2 ends its lines with a space.
  return `${parts.join(' ')} `;
}

/** A neighbour as `ip neigh` prints it. */
export function neighborLine({ address, mac, device, state }: NeighborInfo): string {
  return `${formatIpv4(address)} dev ${device} ${mac === null ? '' : `lladdr ${formatMac(mac)} `}${state.toUpperCase()}`;
}
