import type {
  ContainerView,
  DeviceView,
  LabView,
  NamespaceView,
  NetworkView,
  SocketView,
} from '../../../lab/view/lab-view.ts';
import { buildGates } from './gates.ts';
import { buildLedger } from './ledger.ts';
import { deviceId, listenerId, namespaceId } from './part-id.ts';
import { type Planned, withPlanned } from './planned.ts';
import type { Bridge, Depth, Door, Host, Interface, Listener, Machine, Network, Port, Room, Scene } from './scene.ts';

/**
 * What a view shows, as parts with stable ids; nothing in it that the view doesn't say. @param planned a compose file, whose
 * services that aren't there yet are shown as ghosts
 */
export function buildScene(view: LabView, depth: Depth, planned: Planned | null = null): Scene {
  const namespaces = Object.values(view.namespaces);
  const host = namespaces.find(({ kind }) => kind === 'host');
  const lan = namespaces.find(({ kind }) => kind === 'lan');
  const built = host ? buildHost(view, host) : null;
  return {
    depth,
    host: built && planned ? withPlanned(built, view, planned) : built,
    lan: lan ? buildLan(lan) : null,
  };
}

function buildLan(lan: NamespaceView): Machine {
  const devices = Object.values(lan.devices).filter(({ kind }) => kind !== 'loopback');
  const internet = devices.find(({ kind }) => kind === 'dummy');
  return {
    id: namespaceId(lan.id),
    subject: { kind: 'namespace', namespace: lan.id },
    namespace: lan.id,
    name: lan.name,
    interfaces: devices.filter((device) => device !== internet).map(buildInterface),
    listeners: listenersOf(lan),
    internet: internet ? buildInterface(internet) : null,
  };
}

function buildHost(view: LabView, host: NamespaceView): Host {
  const devices = Object.values(host.devices);
  const uplink = devices.find(
    ({ kind, master, peer }) => (kind === 'veth' || kind === 'ethernet') && master === null && isLan(view, peer),
  );
  const loopback = devices.find(({ kind }) => kind === 'loopback');
  const containers = Object.values(view.containers);
  return {
    id: namespaceId(host.id),
    subject: { kind: 'namespace', namespace: host.id },
    namespace: host.id,
    name: host.name,
    uplink: uplink ? buildInterface(uplink) : null,
    loopback: loopback ? buildInterface(loopback) : null,
    doors: containers.flatMap(doorsOf),
    listeners: listenersOf(host),
    gates: buildGates(host),
    ledger: buildLedger(host),
    networks: buildNetworks(view, host, containers),
  };
}

const isLan = (view: LabView, peer: string | null): boolean =>
  peer !== null && view.namespaces[peer.split('/')[0] as string]?.kind === 'lan';

function doorsOf({ id, ports, state }: ContainerView): Door[] {
  if (state !== 'running' && state !== 'paused') return [];
  return ports.map(({ protocol, hostAddress, hostPort, containerPort }) => ({
    id: `door:${hostAddress}:${hostPort}/${protocol}`,
    subject: { kind: 'port', container: id, protocol, hostPort },
    container: id,
    protocol,
    hostAddress,
    hostPort,
    containerPort,
    planned: false,
  }));
}

function buildNetworks(view: LabView, host: NamespaceView, containers: readonly ContainerView[]): Network[] {
  const networks = Object.values(view.networks);
  const homes = new Map<string, Room[]>();
  for (const container of containers) {
    const home = homeOf(landlordOf(container, view), networks);
    homes.set(home, [...(homes.get(home) ?? []), buildRoom(view, container)]);
  }
  const bridges = Object.values(host.devices).filter(({ kind }) => kind === 'bridge');
  const built = bridges.map((device): Network => {
    const network = networks.find(({ bridge }) => bridge === device.name);
    return {
      id: `net:${device.name}`,
      subject: network ? { kind: 'network', network: network.id } : { kind: 'device', device: device.id },
      kind: 'bridge',
      name: network?.name ?? device.name,
      bridge: buildBridge(view, host, device),
      internal: network?.internal ?? false,
      planned: false,
      rooms: network ? (homes.get(network.id) ?? []) : [],
    };
  });
  for (const network of networks) {
    const rooms = homes.get(network.id) ?? [];
    if (network.parent !== null) built.push(buildMacvlanNetwork(view, host, network, rooms));
  }
  for (const kind of ['host', 'none'] as const) {
    const rooms = homes.get(kind) ?? [];
    if (rooms.length > 0)
      built.push({
        id: `net:${kind}`,
        subject: null,
        kind,
        name: kind,
        bridge: null,
        internal: false,
        planned: false,
        rooms,
      });
  }
  return built;
}

/** With `--network container:…`, the container whose network it really is; else itself. */
function landlordOf(container: ContainerView, view: LabView): ContainerView {
  const seen = new Set<ContainerView>();
  let at = container;
  for (;;) {
    if (!at.networkMode.startsWith('container:')) return at;
    const named = at.networkMode.slice('container:'.length);
    const other = view.containers[named] ?? Object.values(view.containers).find(({ name }) => name === named);
    if (!other || seen.has(other)) return at;
    seen.add(other);
    at = other;
  }
}

/** Where a container's room stands: at the first network that it has a cable to, or would have when started. */
function homeOf({ endpoints, networkMode }: ContainerView, networks: readonly NetworkView[]): string {
  const bridged = endpoints.filter(({ network }) =>
    networks.some(({ id, bridge, parent }) => id === network && (bridge !== null || parent !== null)),
  );
  const first = [...bridged].sort((a, b) => order(a.device).localeCompare(order(b.device)))[0];
  if (first) return first.network;
  return networkMode === 'host' ? 'host' : 'none';
}

const order = (device: string | null): string => device ?? '~';

function buildRoom(view: LabView, container: ContainerView): Room {
  const { id, name, image, state, health, compose, ports } = container;
  const landlord = landlordOf(container, view);
  const own = view.namespaces[id];
  const devices = own ? Object.values(own.devices).filter(({ kind }) => kind !== 'loopback') : [];
  return {
    id: `room:${id}`,
    subject: { kind: 'container', container: id },
    container: id,
    slot: compose ? `${compose.folder}/${compose.project}/${compose.service}/${compose.number}` : name,
    name,
    image,
    state,
    planned: false,
    health,
    namespace: own ? id : null,
    guestOf: landlord === container ? null : landlord.name,
    interfaces: devices.map(buildInterface),
    listeners: own ? listenersOf(own) : [],
    desk: own?.names !== null && own !== undefined,
    ports: ports.map(({ hostPort, containerPort }) => `${hostPort} → ${containerPort}`),
  };
}

function buildBridge(view: LabView, host: NamespaceView, device: DeviceView): Bridge {
  const members = Object.values(host.devices).filter(({ master }) => master === device.name);
  return {
    id: deviceId(device.id),
    subject: { kind: 'device', device: device.id },
    device: device.id,
    name: device.name,
    addresses: device.addresses,
    up: device.up,
    ports: members.map((member) => buildPort(view, member)).sort((a, b) => a.number - b.number),
  };
}

/** Its containers are at ports of the card that they share, which is no bridge, and has none of its own. */
function buildMacvlanNetwork(
  view: LabView,
  host: NamespaceView,
  network: NetworkView,
  rooms: readonly Room[],
): Network {
  const parent = host.devices[network.parent ?? ''];
  const id = `net:${network.id}`;
  const members = Object.values(view.containers).flatMap((container) =>
    container.endpoints.flatMap((endpoint) => {
      const device = endpoint.network === network.id && view.namespaces[container.id]?.devices[endpoint.device ?? ''];
      return device ? [{ container, device }] : [];
    }),
  );
  return {
    id,
    subject: { kind: 'network', network: network.id },
    kind: 'macvlan',
    name: network.name,
    bridge: {
      id: `card:${network.id}`,
      subject: parent ? { kind: 'device', device: parent.id } : null,
      device: parent?.id ?? '',
      name: network.parent ?? '',
      addresses: network.subnet === null ? [] : [network.subnet],
      up: parent?.up ?? false,
      ports: members.map(({ container, device }, i) => ({
        id: `card:${network.id}/${container.id}`,
        subject: { kind: 'device', device: device.id },
        device: device.id,
        name: device.name,
        number: i + 1,
        up: device.up && device.carrier,
        peer: device.id,
        room: `room:${container.id}`,
      })),
    },
    internal: network.internal,
    planned: false,
    rooms,
  };
}

function buildPort(view: LabView, device: DeviceView): Port {
  const other = device.peer?.split('/')[0];
  return {
    id: deviceId(device.id),
    subject: { kind: 'device', device: device.id },
    device: device.id,
    name: device.name,
    number: device.portNumber ?? 0,
    up: device.up && device.carrier,
    peer: device.peer,
    room: other !== undefined && view.containers[other] ? `room:${other}` : null,
  };
}

function buildInterface(device: DeviceView): Interface {
  return {
    id: deviceId(device.id),
    subject: { kind: 'device', device: device.id },
    device: device.id,
    name: device.name,
    addresses: device.addresses.filter((address) => !address.includes(':')),
    up: device.up && device.carrier,
    packets: device.rxPackets + device.txPackets,
  };
}

function listenersOf({ id, sockets }: NamespaceView): Listener[] {
  const found = new Map<string, Listener>();
  for (const socket of sockets) {
    const listener = listenerOf(id, socket);
    if (listener && !found.has(listener.id)) found.set(listener.id, listener);
  }
  return [...found.values()];
}

/** The embedded DNS's own sockets are its desk, and are not shown twice. */
function listenerOf(namespace: string, { protocol, state, local, remote, program }: SocketView): Listener | null {
  const port = Number(local.slice(local.lastIndexOf(':') + 1));
  const listens = protocol === 'tcp' ? state === 'LISTEN' : protocol === 'udp' && /:(0|\*)$/.test(remote);
  if (!listens || !Number.isFinite(port) || port === 0 || local.startsWith('127.0.0.11:')) return null;
  return {
    id: listenerId(namespace, protocol, port),
    subject: { kind: 'namespace', namespace },
    program: (program ?? protocol).replace(/^.*\//, ''),
    protocol,
    port,
    proxy: program?.endsWith('docker-proxy') ?? false,
  };
}
