import type { NeighborInfo, RouteInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4, formatMac } from '../../wire/address.ts';
import { type Cidr, formatCidr } from '../../wire/cidr.ts';
import type { JsonValue } from './json-text.ts';
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
  const target = targetText(destination);
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

/** The same as `ip -j route` tells it. */
export function routeJson(route: RouteInfo, form: RouteForm): JsonValue {
  const { destination, gateway, device, metric, scope, preferredSource, protocol, linkDown, type } = route;
  return {
    ...(type !== 'unicast' && { type }),
    dst: targetText(destination),
    ...(gateway !== null && { gateway: formatIpv4(gateway) }),
    ...(device !== null && !form.device && { dev: device }),
    ...(form.table === 'all' && route.table !== 'main' && { table: route.table }),
    ...(protocol !== 'boot' && !form.protocol && { protocol }),
    ...(scope !== 'global' && !form.scope && { scope }),
    ...(preferredSource !== null && { prefsrc: formatIpv4(preferredSource) }),
    ...(metric > 0 && { metric }),
    flags: linkDown ? ['linkdown'] : [],
  };
}

function targetText(destination: Cidr): string {
  if (destination.prefix === 0) return 'default';
  return destination.prefix === 32 ? formatIpv4(destination.address) : formatCidr(destination);
}

/** A neighbour as `ip -j neigh` tells it. */
export function neighborJson(
  { address, mac, device, state, statistics }: NeighborInfo,
  { known, detailed }: { readonly known: boolean; readonly detailed: boolean },
): JsonValue {
  const seconds = (time: number) => Math.floor(time / 1e9);
  return {
    dst: formatIpv4(address),
    ...(!known && { dev: device }),
    ...(mac !== null && { lladdr: formatMac(mac) }),
    ...(detailed &&
      statistics && {
        ...(statistics.references > 0 && { refcnt: statistics.references }),
        used: seconds(statistics.used),
        confirmed: seconds(statistics.confirmed),
        updated: seconds(statistics.updated),
        probes: statistics.probes,
      }),
    state: [state.toUpperCase()],
  };
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
