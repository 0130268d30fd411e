import type { Kernel } from '../../../kernel/kernel.ts';
import type { NetDevice } from '../../../kernel/net/link/device.ts';
import { randomMac } from '../../../kernel/net/link/mac.ts';
import { announce } from '../../../kernel/net/neigh/announce.ts';
import type { Netns } from '../../../kernel/net/netns.ts';
import { SECOND } from '../../../sim/clock.ts';
import { type Mac, parseMac } from '../../../wire/address.ts';
import { broadcastOf, type Cidr } from '../../../wire/cidr.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Network } from '../network.ts';

/** What the device inside a container gets, whichever driver made it (libnetwork/osl). */

/** The address that the user asked for, or one of its own. */
export function macFor(kernel: Kernel, { settings }: Endpoint): Mac {
  const asked = parseMac(settings.MacAddress ?? '');
  return asked.ok ? asked.value : randomMac(kernel.random);
}

/** The option that all drivers know; 0 is as good as none. */
export const mtuOf = (network: Network): number | null =>
  Number(network.option('com.docker.network.driver.mtu') ?? 0) || null;

/** An address with its broadcast stated, as netlink.AddrAdd gets it from libnetwork. */
export function giveAddress(netns: Netns, device: string, address: Cidr): void {
  netns.admin.addAddress(device, address, { broadcast: broadcastOf(address) });
}

/** Others may remember an address with another MAC: it is announced by ARP, three times a second apart (osl, advertiseAddrs). */
export function announceAddress(device: NetDevice, { address }: Endpoint): void {
  if (address !== null) announce(device, address, { count: 3, interval: SECOND });
}
