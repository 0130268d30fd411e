import { err, ok, type Result } from '../../../base/result.ts';
import { type Ipv4, isLoopback } from '../../../wire/address.ts';
import { broadcastOf, type Cidr, contains, networkOf } from '../../../wire/cidr.ts';
import type { AddressInfo } from '../../syscalls/net-admin.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { NetDevice } from '../link/device.ts';
import { Route } from './route.ts';

/** An address on a device (struct in_ifaddr, net/ipv4/devinet.c). */
export interface InterfaceAddress {
  readonly address: Cidr;
  readonly broadcast: Ipv4 | null;
  readonly scope: AddressInfo['scope'];
  /** Another address of the same network came first. */
  readonly secondary: boolean;
}

/** Gives a device an address, with the routes that follow from it (fib_add_ifaddr). */
export function addAddress(
  device: NetDevice,
  address: Cidr,
  { broadcast }: { readonly broadcast?: Ipv4 } = {},
): Result<void, Errno> {
  const { addresses } = device;
  if (address.address === 0) return err('EINVAL');
  if (addresses.some((a) => a.address.address === address.address && a.address.prefix === address.prefix))
    return err('EEXIST');
  const added: InterfaceAddress = {
    address,
    broadcast: broadcast ?? null,
    scope: isLoopback(address.address) ? 'host' : 'global',
    secondary: addresses.some((a) => a.address.prefix === address.prefix && contains(a.address, address.address)),
  };
  addresses.push(added);
  device.netns.routes.add(localRoute(device, added));
  if (device.up) addNetworkRoutes(device, added);
  return ok();
}

/** Takes an address off a device; with the last one all routes through the device go (fib_disable_ip). */
export function removeAddress(device: NetDevice, address: Cidr): Result<void, Errno> {
  const { addresses } = device;
  const { routes } = device.netns;
  const at = addresses.findIndex((a) => a.address.address === address.address && a.address.prefix === address.prefix);
  if (at < 0) return err('EADDRNOTAVAIL');
  const [removed] = addresses.splice(at, 1) as [InterfaceAddress];
  // Without net.ipv4.conf.all.promote_secondaries the others of its network go with a primary address.
  const orphans = removed.secondary ? [] : addresses.filter((a) => a.secondary && contains(a.address, address.address));
  for (const orphan of orphans) removeAddress(device, orphan.address);
  if (addresses.length === 0) routes.removeWhere((route) => route.device === device);
  else
    routes.removeWhere(
      (route) =>
        route.preferredSource === address.address &&
        (route.device === device || route.table === 'main') &&
        !addresses.some((a) => a.address.address === address.address),
    );
  return ok();
}

/** The routes that an address brings while its device is up. */
export function addNetworkRoutes(device: NetDevice, { address, broadcast, secondary }: InterfaceAddress): void {
  const { routes } = device.netns;
  const source = address.address;
  const directed = address.prefix < 31 ? broadcastOf(address) : null;
  for (const target of new Set([broadcast, directed]))
    if (target !== null && target !== -1)
      routes.add(
        new Route({
          destination: { address: target, prefix: 32 },
          type: 'broadcast',
          device,
          scope: 'link',
          source,
          table: 'local',
        }),
      );
  if (secondary || address.prefix === 32) return;
  const destination = { address: networkOf(address), prefix: address.prefix };
  routes.add(
    isLoopback(source)
      ? new Route({ destination, type: 'local', device, scope: 'host', source, table: 'local' })
      : new Route({ destination, type: 'unicast', device, scope: 'link', source, table: 'main' }),
  );
}

function localRoute(device: NetDevice, { address }: InterfaceAddress): Route {
  const source = address.address;
  return new Route({
    destination: { address: source, prefix: 32 },
    type: 'local',
    device,
    scope: 'host',
    source,
    table: 'local',
  });
}
