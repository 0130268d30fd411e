import { ok } from '../../base/result.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { isDeviceName, NAME_LIMIT } from '../../kernel/net/link/device-name.ts';
import { setUp } from '../../kernel/net/link/lifecycle.ts';
import type { Netns } from '../../kernel/net/netns.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { cidr } from '../../wire/cidr.ts';
import { type Answer, failure, forbidden, invalid } from '../fault.ts';
import { joinBridge, leaveBridge } from './drivers/bridge.ts';
import { joinMacvlan, leaveMacvlan } from './drivers/macvlan.ts';
import type { Endpoint } from './endpoint.ts';

/** A container's network namespace and the endpoints in it (libnetwork.Sandbox). */
export class Sandbox {
  /** The one with the way out first. */
  readonly endpoints: Endpoint[] = [];

  constructor(
    readonly id: string,
    readonly netns: Netns,
    private readonly kernel: Kernel,
  ) {
    setUp(netns.loopback, true);
  }

  /** Takes an address for the endpoint and plugs it in. */
  join(endpoint: Endpoint, newId: () => string): Answer<void> {
    const { network } = endpoint;
    if (network.hasAddresses) {
      const named = this.nameFor(endpoint);
      if (!named.ok) return named;
      const device = named.value;
      const address = takeAddress(endpoint);
      if (!address.ok) return address;
      endpoint.address = address.value;
      if (network.driver === 'macvlan') {
        const joined = joinMacvlan(this.kernel, network, endpoint, { sandbox: this.netns, device });
        if (!joined.ok) {
          release(this.kernel, endpoint);
          return joined;
        }
      } else joinBridge(this.kernel, network, endpoint, this.netns, device);
    }
    endpoint.id = newId();
    this.endpoints.push(endpoint);
    this.endpoints.sort(byGateway);
    this.setDefaultRoute();
    return ok();
  }

  /** What the endpoint's device is called inside: as the user has it, or the network's prefix and the first free number. */
  private nameFor({ network, settings }: Endpoint): Answer<string> {
    const { devices } = this.netns;
    const prefix = network.option('com.docker.network.container_iface_prefix') || 'eth';
    let index = 0;
    while (devices.byName(`${prefix}${index}`)) index++;
    const name = settings.DriverOpts?.['com.docker.network.endpoint.ifname'] || `${prefix}${index}`;
    const why = devices.byName(name)
      ? 'file exists'
      : name.length > NAME_LIMIT
        ? 'numerical result out of range'
        : isDeviceName(name)
          ? null
          : 'invalid argument';
    return why === null ? ok(name) : failure(`error renaming interface to ${JSON.stringify(name)}: ${why}`);
  }

  leave(endpoint: Endpoint): void {
    const at = this.endpoints.indexOf(endpoint);
    if (at >= 0) this.endpoints.splice(at, 1);
    release(this.kernel, endpoint);
    this.setDefaultRoute();
  }

  destroy(): void {
    for (const endpoint of this.endpoints) release(this.kernel, endpoint);
    this.endpoints.length = 0;
    this.kernel.removeNetns(this.netns);
  }

  /** The endpoint by whose gateway packets leave; null when none of the networks has a way out. */
  get gatewayEndpoint(): Endpoint | null {
    return this.endpoints.find(hasWayOut) ?? null;
  }

  private setDefaultRoute(): void {
    const chosen = this.gatewayEndpoint;
    const everywhere = cidr('0.0.0.0/0');
    const present = this.netns.admin.routes().find(({ destination }) => destination.prefix === 0);
    if (present?.gateway === chosen?.network.gateway && present?.device === chosen?.inside?.name) return;
    if (present) this.netns.admin.removeRoute({ destination: everywhere });
    if (chosen?.inside)
      this.netns.admin.addRoute({
        destination: everywhere,
        gateway: chosen.network.gateway as Ipv4,
        device: chosen.inside.name,
      });
  }
}

const hasWayOut = ({ network, inside }: Endpoint): boolean =>
  inside !== null && network.gateway !== null && !network.settings.internal;

/** The order in which endpoints are asked for the way out (libnetwork/endpoint.go, Less). */
export function byGateway(a: Endpoint, b: Endpoint): number {
  const priority = (b.settings.GwPriority ?? 0) - (a.settings.GwPriority ?? 0);
  if (priority !== 0) return priority;
  const wayOut = Number(hasWayOut(b)) - Number(hasWayOut(a));
  return wayOut || (a.network.name < b.network.name ? -1 : 1);
}

function takeAddress({ network, settings }: Endpoint): Answer<Ipv4 | null> {
  const { pool } = network;
  if (pool === null) return ok(null);
  const text = settings.IPAMConfig?.IPv4Address;
  const wanted = text ? parseIpv4(text) : null;
  if (wanted && !wanted.ok) return invalid(`invalid IPv4 address: ${text}`);
  const taken = pool.request(wanted?.value ?? null);
  if (taken.ok) return taken;
  if (taken.error === 'in use') return forbidden('Address already in use');
  if (taken.error === 'out of range') return invalid('Requested address is out of range');
  return failure(`no available IPv4 addresses on this network's address pools: ${network.name} (${network.id})`);
}

function release(kernel: Kernel, endpoint: Endpoint): void {
  const { network } = endpoint;
  if (network.driver === 'bridge') leaveBridge(kernel, endpoint);
  else if (network.driver === 'macvlan') leaveMacvlan(endpoint);
  if (endpoint.address !== null) network.pool?.release(endpoint.address);
  endpoint.address = null;
  endpoint.mac = null;
  endpoint.id = '';
}

export const endpointAddress = (endpoint: Endpoint): string =>
  endpoint.address === null ? '' : formatIpv4(endpoint.address);
