import type { NeighborInfo, RouteInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4, formatMac } from '../../wire/address.ts';
import { formatCidr } from '../../wire/cidr.ts';
import type { Face } from './link-text.ts';

export interface RouteForm {
  readonly face: Face;
  /** What was asked for isn't said again. */
  readonly device: boolean;
  readonly protocol: boolean;
  readonly scope: boolean;
  readonly table: string;
}

/** A route as `ip route` prints it. */
export function routeLine(route: RouteInfo, form: RouteForm): string {
  const { destination, gateway, device, metric, scope, preferredSource, protocol, linkDown, type } = route;
  const { address, prefix } = destination;
  const target = prefix === 0 ? 'default' : prefix === 32 ? formatIpv4(address) : formatCidr(destination);
  const parts = [type === 'unicast' ? target : `${type} ${target}`];
  if (gateway !== null) parts.push(`via ${formatIpv4(gateway)}`);
  if (device !== null && (form.face === 'busybox' || !form.device)) parts.push(`dev ${device}`);
  if (form.table === 'all' && route.table !== 'main') parts.push(`table ${route.table}`);
  const source = preferredSource === null ? '' : `src ${formatIpv4(preferredSource)}`;
  if (form.face === 'busybox') {
    if (scope !== 'global' && !form.scope) parts.push(`scope ${scope}`);
    // BusyBox leaves two spaces before these.
    if (source) parts.push(` ${source}`);
    if (metric > 0) parts.push(` metric ${metric}`);
    return `${parts.join(' ')} `;
  }
  if (protocol !== 'boot' && !form.protocol) parts.push(`proto ${protocol}`);
  if (scope !== 'global' && !form.scope) parts.push(`scope ${scope}`);
  if (source) parts.push(source);
  if (metric > 0) parts.push(`metric ${metric}`);
  if (linkDown) parts.push('linkdown');
  // iproute2 ends its lines with a space.
  return `${parts.join(' ')} `;
}

/** A neighbour as `ip neigh` prints it. `known`: the device was asked for, so it isn't said again. */
export function neighborLine(
  { address, mac, device, state, statistics }: NeighborInfo,
  { face, known, detailed }: { readonly face: Face; readonly known: boolean; readonly detailed: boolean },
): string {
  const head = `${formatIpv4(address)} ${known ? '' : `dev ${device} `}${mac === null ? '' : `lladdr ${formatMac(mac)}`}`;
  const shown = state.toUpperCase();
  if (face === 'busybox') {
    // BusyBox divides by the clock rate of /proc/net/psched, 10^9: its seconds are always 0 (get_hz in libiproute).
    const users = statistics && statistics.references > 0 ? ` ref ${statistics.references}` : '';
    return `${head}${users} used 0/0/0 probes ${statistics?.probes ?? 0} ${shown}`;
  }
  const space = mac === null ? '' : ' ';
  if (!detailed || !statistics) return `${head}${space}${shown} `;
  const { references, used, confirmed, updated, probes } = statistics;
  const users = references > 0 ? `ref ${references} ` : '';
  const seconds = [used, confirmed, updated].map((time) => Math.floor(time / 1e9)).join('/');
  return `${head}${space}${users}used ${seconds} probes ${probes} ${shown} `;
}
