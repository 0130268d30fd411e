import { ANY_ADDRESS, BROADCAST_ADDRESS, type Ipv4, isLoopback, isMulticast } from '../../../wire/address.ts';
import { DropReason } from '../drop-reason.ts';
import type { NetDevice } from '../link/device.ts';

/**
 * Whether a packet with this source may come in by this device; if not, why (ip_route_input_slow and
 * fib_validate_source in net/ipv4).
 */
export function acceptsSource(device: NetDevice, source: Ipv4): DropReason | null {
  const { routes, sysctl } = device.netns;
  if (source === ANY_ADDRESS || source === BROADCAST_ADDRESS || isMulticast(source)) return DropReason.martianSource;
  if (isLoopback(source)) return device.routeLocalnet || sysctl.routeLocalnet ? null : DropReason.martianSource;
  const back = routes.find(source);
  if (back === null) return sysctl.rpFilter === 0 ? null : DropReason.rpFilter;
  // Our own address, or a network's broadcast address, never comes in from outside.
  if (back.type === 'local' || back.type === 'broadcast') return DropReason.martianSource;
  return sysctl.rpFilter === 1 && back.device !== device ? DropReason.rpFilter : null;
}
