import type { NetDevice } from '../../kernel/net/link/device.ts';
import { Macvlan } from '../../kernel/net/link/macvlan.ts';
import { Veth } from '../../kernel/net/link/veth.ts';
import type { Chain } from '../../kernel/net/netfilter/chain.ts';
import type { TableName } from '../../kernel/net/netfilter/table.ts';
import type { ConntrackSide, SocketInfo } from '../../kernel/syscalls/net-admin.ts';
import { routeLine } from '../../programs/ip/route-text.ts';
import { formatIpv4, formatMac, type Ipv4 } from '../../wire/address.ts';
import { formatCidr } from '../../wire/cidr.ts';
import { protocolName, ROUTE_FORM } from '../feed/describe-row.ts';
import type { NamedNamespace } from '../feed/namespaces.ts';
import type {
  ChainView,
  ConntrackSideView,
  DeviceId,
  DeviceView,
  DnsRecordView,
  NamespaceView,
  SocketView,
} from './lab-view.ts';

/** Which namespace a device at the far end of a cable is in. */
export type DeviceIds = (device: NetDevice) => DeviceId | null;

/** The one name that can't be a key of a draft; a device that bears it is not shown. */
const UNSPEAKABLE = '__proto__';

/** One namespace with all its tables. @param names what its embedded DNS answers; null: there is none */
export function projectNamespace(
  { id, name, kind, netns }: NamedNamespace,
  deviceId: DeviceIds,
  names: readonly DnsRecordView[] | null,
): NamespaceView {
  const { admin } = netns;
  return {
    id,
    name,
    kind,
    devices: Object.fromEntries(
      netns.devices
        .all()
        .filter((device) => device.name !== UNSPEAKABLE)
        .map((device) => [device.name, projectDevice(device, deviceId)]),
    ),
    routes: admin.routes().map((route) => routeLine(route, ROUTE_FORM).trim()),
    neighbors: admin.neighbors().map(({ address, mac, device, state }) => ({
      address: formatIpv4(address),
      mac: mac === null ? null : formatMac(mac),
      device,
      state: state.toUpperCase(),
    })),
    fdb: admin.fdb().map(({ mac, bridge, port, local }) => ({ mac: formatMac(mac), bridge, port, local })),
    sockets: admin.sockets().flatMap((socket) => projectSocket(socket) ?? []),
    conntrack: admin.conntrack().map(({ protocol, state, original, reply, unreplied, assured }) => ({
      key: `${protocol} ${sideText(original)}`,
      protocol: protocolName(protocol),
      state,
      original: projectSide(original),
      reply: projectSide(reply),
      unreplied,
      assured,
    })),
    chains: Object.values(netns.netfilter.tables).flatMap((table) =>
      table
        .ordered()
        .filter((chain) => chain.policy === null || chain.rules.length > 0 || chain.policy === 'DROP')
        .map((chain) => projectChain(table.name, chain)),
    ),
    names,
    forwards: netns.sysctlGet('net.ipv4.ip_forward') === '1',
  };
}

function projectDevice(device: NetDevice, deviceId: DeviceIds): DeviceView {
  const { name, index, kind, mac, mtu, up, carrier, addresses, master, rxPackets, txPackets } = device;
  return {
    id: deviceId(device) ?? name,
    name,
    index,
    kind,
    mac: formatMac(mac),
    mtu,
    up,
    carrier,
    addresses: addresses.map(({ address }) => formatCidr(address)),
    master: master?.name ?? null,
    portNumber: master?.numberOf(device) ?? null,
    peer: peerOf(device, deviceId),
    rxPackets,
    txPackets,
  };
}

/** The other end of a veth; of a macvlan the card that it is on. */
function peerOf(device: NetDevice, deviceId: DeviceIds): DeviceId | null {
  const { counterpart } = device;
  const shown = device instanceof Veth || device instanceof Macvlan;
  return shown && counterpart !== null && !counterpart.removed ? deviceId(counterpart) : null;
}

function projectSocket({ protocol, family, state, local, remote, program, pid }: SocketInfo): SocketView | null {
  if (protocol === 'unix' || family === 'unix') return null;
  return { protocol, family, state, local: endText(local), remote: endText(remote), program, pid };
}

function endText({ address, port }: SocketInfo['local']): string {
  if (typeof address === 'bigint')
    return `[${address === 0n ? '::' : address === 1n ? '::1' : address.toString(16)}]:${port}`;
  return `${formatIpv4(address)}:${port}`;
}

const projectSide = ({ source, destination, sourcePort, destinationPort }: ConntrackSide): ConntrackSideView => ({
  source: formatIpv4(source),
  destination: formatIpv4(destination),
  sourcePort,
  destinationPort,
});

const sideText = ({ source, destination, sourcePort, destinationPort }: ConntrackSide): string =>
  `${formatIpv4(source)}:${sourcePort} ${formatIpv4(destination as Ipv4)}:${destinationPort}`;

const projectChain = (table: TableName, { name, policy, packets, bytes, rules }: Chain): ChainView => ({
  table,
  name,
  policy,
  packets,
  bytes,
  rules: rules.map((rule) => ({ text: rule.text, packets: rule.packets, bytes: rule.bytes })),
});
