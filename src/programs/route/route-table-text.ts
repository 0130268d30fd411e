import type { RouteInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { maskOf } from '../../wire/cidr.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';

/** The main table as `route` and `netstat -r` print it, in BusyBox and net-tools alike (/proc/net/route). */
export function* routeTable(
  proc: Proc,
  options: { readonly numeric: boolean; readonly form: 'route' | 'netstat' },
): Sys<string> {
  const columns = options.form === 'netstat' ? '  MSS Window  irtt' : 'Metric Ref    Use';
  let text = `Kernel IP routing table\nDestination     Gateway         Genmask         Flags ${columns} Iface\n`;
  for (const route of proc.net.routes()) text += yield* line(proc, route, options);
  return text;
}

function* line(
  proc: Proc,
  route: RouteInfo,
  { numeric, form }: { readonly numeric: boolean; readonly form: 'route' | 'netstat' },
): Sys<string> {
  const { destination, gateway, metric, device, type } = route;
  const mask = maskOf(destination.prefix);
  const target = numeric
    ? formatIpv4(destination.address)
    : destination.prefix === 0
      ? 'default'
      : yield* nameOr(proc, destination.address, destination.prefix === 32);
  const via = numeric
    ? formatIpv4(gateway ?? ANY_ADDRESS)
    : gateway === null
      ? '*'
      : yield* nameOr(proc, gateway, true);
  const flags = `${type === 'unicast' ? 'U' : '!'}${gateway === null ? '' : 'G'}${destination.prefix === 32 ? 'H' : ''}`;
  const numbers = form === 'netstat' ? '    0 0          0' : `${String(metric).padEnd(6)} 0        0`;
  return `${target.slice(0, 15).padEnd(15)} ${via.slice(0, 15).padEnd(15)} ${formatIpv4(mask).padEnd(16)}${flags.padEnd(6)}${numbers} ${device ?? (form === 'netstat' ? '*' : '-')}\n`;
}

/** Networks have no names here (/etc/networks). */
function* nameOr(proc: Proc, address: Ipv4, isHost: boolean): Sys<string> {
  return (isHost ? yield* nameOfAddress(proc, address) : null) ?? formatIpv4(address);
}
