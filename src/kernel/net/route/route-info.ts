import type { RouteInfo } from '../../syscalls/net-admin.ts';
import type { Route } from './route.ts';

/** A row as `ip route` shows it. */
export function routeInfo(route: Route): RouteInfo {
  const { destination, type, gateway, device, metric, scope, preferredSource, protocol, table } = route;
  return {
    destination,
    type,
    gateway,
    device: device?.name ?? null,
    metric,
    scope,
    preferredSource,
    protocol,
    table,
    linkDown: device !== null && device.up && !device.carrier,
  };
}
