import type { Kernel } from '../../../kernel/kernel.ts';
import { createBridge, Bridge } from '../../../kernel/net/link/bridge.ts';
import { removeDevice, setUp } from '../../../kernel/net/link/lifecycle.ts';
import { randomMac } from '../../../kernel/net/link/mac.ts';
import { createVethPair } from '../../../kernel/net/link/veth.ts';
import type { Netns } from '../../../kernel/net/netns.ts';
import type { Cidr } from '../../../wire/cidr.ts';
import type { Endpoint } from '../endpoint.ts';
import { endpointRules, networkRules, program, withdraw } from '../iptables-rules.ts';
import type { Network } from '../network.ts';
import { announceAddress, giveAddress, macFor, mtuOf } from './inside.ts';

/** The bridge driver (libnetwork/drivers/bridge): named steps, each with its undo. */

const DEFAULT_MTU = 1500;
const OPTION = 'com.docker.network.bridge.';

export function createBridgeNetwork(kernel: Kernel, network: Network): void {
  setUpDevice(kernel, network);
  setUpAddress(kernel, network);
  program(kernel.netns, rulesOf(network));
}

export function removeBridgeNetwork(kernel: Kernel, network: Network): void {
  withdraw(kernel.netns, rulesOf(network));
  const device = kernel.netns.devices.byName(network.bridge);
  if (device) removeDevice(device);
}

function setUpDevice(kernel: Kernel, network: Network): void {
  const bridge = createBridge(kernel.netns, network.bridge, { mac: randomMac(kernel.random) });
  bridge.mtu = mtuOf(network) ?? DEFAULT_MTU;
  setUp(bridge, true);
}

function setUpAddress(kernel: Kernel, network: Network): void {
  const { subnet, gateway } = network;
  if (subnet && gateway !== null && !isIsolated(network))
    giveAddress(kernel.netns, network.bridge, { address: gateway, prefix: subnet.prefix });
}

/** Gateway mode "isolated": an internal network without an address on the host. */
const isIsolated = (network: Network) => network.settings.internal && network.natMode === 'isolated';

function rulesOf(network: Network) {
  return networkRules({
    bridge: network.bridge,
    subnet: network.subnet as Cidr,
    internal: network.settings.internal,
    interContainer: network.flag(`${OPTION}enable_icc`, true),
    masquerade: network.flag(`${OPTION}enable_ip_masquerade`, true) && network.natMode !== 'routed',
    mode: network.natMode,
  });
}

/** Makes the cable between the bridge and the container, with the address at its inner end. */
export function joinBridge(kernel: Kernel, network: Network, endpoint: Endpoint, sandbox: Netns, device: string): void {
  const mac = macFor(kernel, endpoint);
  const outsideName = `veth${kernel.random.hex(7)}`;
  const [outside, inside] = createVethPair(
    { netns: kernel.netns, name: outsideName },
    { netns: sandbox, name: device, mac },
  );
  endpoint.inside = inside;
  endpoint.outside = outside;
  endpoint.mac = mac;
  for (const end of [outside, inside]) {
    end.mtu = mtuOf(network) ?? DEFAULT_MTU;
    end.txQueueLength = 0;
  }
  const bridge = kernel.netns.devices.byName(network.bridge);
  if (bridge instanceof Bridge) kernel.netns.admin.setLink(outsideName, { master: network.bridge });
  setUp(outside, true);
  if (endpoint.address !== null && network.subnet)
    giveAddress(sandbox, device, { address: endpoint.address, prefix: network.subnet.prefix });
  setUp(inside, true);
  if (endpoint.address === null) return;
  endpoint.rules =
    network.settings.internal || network.natMode !== 'nat' ? [] : endpointRules(network.bridge, endpoint.address);
  program(kernel.netns, endpoint.rules);
  announceAddress(inside, endpoint);
}

export function leaveBridge(kernel: Kernel, endpoint: Endpoint): void {
  withdraw(kernel.netns, endpoint.rules);
  endpoint.rules = [];
  if (endpoint.inside) removeDevice(endpoint.inside);
  endpoint.inside = null;
  endpoint.outside = null;
}
