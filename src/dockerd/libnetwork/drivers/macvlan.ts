import { ok } from '../../../base/result.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { removeDevice, setUp } from '../../../kernel/net/link/lifecycle.ts';
import { createMacvlan } from '../../../kernel/net/link/macvlan.ts';
import type { Netns } from '../../../kernel/net/netns.ts';
import type { MacvlanMode } from '../../../kernel/syscalls/net-admin.ts';
import { type Answer, failure, notHere } from '../../fault.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Network } from '../network.ts';
import { announceAddress, giveAddress, macFor, mtuOf } from './inside.ts';

/**
 * The macvlan driver (libnetwork/drivers/macvlan): containers have devices of their own on a card of the host, and are neighbours of
 * everyone on its cable. No bridge, no NAT, no published ports.
 */

const MODES: readonly MacvlanMode[] = ['bridge', 'private', 'vepa'];

type Options = Readonly<Record<string, string>>;

/** Whether a network with these options can be; nothing is made on the host for it. Several may share a parent. */
export function checkMacvlan(kernel: Kernel, options: Options): Answer<void> {
  const { parent = '', macvlan_mode: mode = 'bridge' } = options;
  if (mode === 'passthru')
    return notHere('this simulated host has no macvlan mode passthru: the modes bridge, private and vepa are here');
  if (!MODES.some((each) => each === mode))
    return failure(`requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`);
  if (parent === 'lo') return failure('loopback interface is not a valid macvlan parent link');
  const device = kernel.netns.devices.byName(parent);
  if (device === undefined) return failure(missingParent(kernel, parent));
  if (device.kind === 'bridge')
    return notHere('this simulated host has no macvlans on bridges: name a network card as parent');
  return ok();
}

/** What the driver says as it tries to make a VLAN's device out of the name (createVlanLink, parseVlan); this kernel has no VLANs. */
function missingParent({ netns }: Kernel, parent: string): string {
  if (parent === '') return 'operation not supported';
  if (!parent.includes('.')) return `invalid subinterface vlan name ${parent}, example formatting is eth0.10`;
  const [lower = '', vlan = '', ...rest] = parent.split('.');
  if (rest.length > 0)
    return `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${parent}`;
  if (!/^[+-]?\d+$/.test(vlan)) return `unable to parse a valid vlan id from: ${vlan} (ex. eth0.10 for vlan 10)`;
  if (!netns.devices.byName(lower)) return `-o parent interface was not found on the host: ${lower}`;
  if (Number(vlan) < 1 || Number(vlan) > 4094) return `vlan id must be between 1-4094, received: ${Number(vlan)}`;
  return `failed to create ${parent} vlan link: operation not supported`;
}

/** Makes the container's device on the parent. */
export function joinMacvlan(
  kernel: Kernel,
  network: Network,
  endpoint: Endpoint,
  { sandbox, device }: { readonly sandbox: Netns; readonly device: string },
): Answer<void> {
  const parent = network.option('parent') as string;
  const lower = kernel.netns.devices.byName(parent);
  if (!lower) return failure(`the requested parent interface ${parent} was not found on the Docker host`);
  const mac = macFor(kernel, endpoint);
  const mode = (network.option('macvlan_mode') ?? 'bridge') as MacvlanMode;
  const made = createMacvlan(lower, { netns: sandbox, name: device, mac, mode });
  if (!made.ok) return failure('failed to create the macvlan port: device or resource busy');
  const inside = made.value;
  endpoint.inside = inside;
  endpoint.mac = mac;
  inside.mtu = mtuOf(network) ?? inside.mtu;
  inside.txQueueLength = 0;
  if (endpoint.address !== null && network.subnet)
    giveAddress(sandbox, device, { address: endpoint.address, prefix: network.subnet.prefix });
  setUp(inside, true);
  announceAddress(inside, endpoint);
  return ok();
}

export function leaveMacvlan(endpoint: Endpoint): void {
  if (endpoint.inside) removeDevice(endpoint.inside);
  endpoint.inside = null;
}
