import type { ProjectOutline } from '../../../lab/messages.ts';
import type { LabSession } from '../../session/lab-session.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import type { Door, Host, Network, Room } from './scene.ts';

/** A compose file and what bringing it up would make. */
export interface Planned {
  readonly path: string;
  readonly outline: ProjectOutline;
}

/** What the open compose file would make; nothing while the picture shows what was. */
export const plannedOf = ({ live, planned }: LabSession, world: LabView): Planned | null =>
  world === live.value ? planned.value : null;

type Service = ProjectOutline['services'][number];

/** Adds to a host, as ghosts, the services and networks of a compose file that are not there yet. */
export function withPlanned(host: Host, view: LabView, { path, outline }: Planned): Host {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const project = projectOf(view, folder);
  const missing = outline.services.filter(({ name }) => !isThere(view, folder, name));
  const homes = new Map<string, Room[]>();
  for (const service of missing) {
    const landlord = landlordOf(service, outline.services);
    const home = homeOf(landlord, view, project);
    const ghost = ghostOf(service, folder, project);
    homes.set(home, [...(homes.get(home) ?? []), { ...ghost, guestOf: landlord === service ? null : landlord.name }]);
  }
  const known = host.networks.map((network) => ({
    ...network,
    rooms: [...network.rooms, ...(homes.get(network.id) ?? [])],
  }));
  const added = [...homes].filter(([id]) => host.networks.every((network) => network.id !== id)).map(ghostNetwork);
  const taken = new Set(host.doors.map(({ id }) => id));
  const doors = missing.flatMap((service) => doorsOf(service, folder, project)).filter(({ id }) => !taken.has(id));
  return { ...host, networks: [...known, ...added], doors: [...host.doors, ...doors] };
}

const isThere = (view: LabView, folder: string, service: string): boolean =>
  Object.values(view.containers).some(({ compose }) => compose?.folder === folder && compose.service === service);

/** The project's name: what its containers say, else what compose makes of the folder's (compose-spec, "name"). */
function projectOf(view: LabView, folder: string): string {
  const own = Object.values(view.containers).find(({ compose }) => compose?.folder === folder);
  return own?.compose?.project ?? (folder.split('/').at(-1) ?? '').toLowerCase().replace(/[^-_a-z0-9]/g, '');
}

/** With `network_mode: service:…`, the service whose network it will be; else itself. */
function landlordOf(service: Service, all: readonly Service[]): Service {
  const seen = new Set<Service>();
  let at = service;
  for (;;) {
    const named = at.networkMode?.startsWith('service:') ? at.networkMode.slice('service:'.length) : null;
    const other = all.find(({ name }) => name === named);
    if (!other || seen.has(other)) return at;
    seen.add(other);
    at = other;
  }
}

/** The id of the network part where a service's room would stand. */
function homeOf({ networks, networkMode }: Service, view: LabView, project: string): string {
  if (networkMode === 'host' || networkMode === 'none') return `net:${networkMode}`;
  if (networkMode === 'bridge') return 'net:docker0';
  if (networkMode !== null) return 'net:none';
  const key = networks[0] ?? 'default';
  const found = Object.values(view.networks).find(
    ({ compose, name }) => (compose?.project === project && compose.network === key) || name === `${project}_${key}`,
  );
  if (found?.parent) return `net:${found.id}`;
  return found?.bridge ? `net:${found.bridge}` : `net:planned ${project}_${key}`;
}

function ghostOf({ name, image }: Service, folder: string, project: string): Room {
  return {
    id: `room:planned ${project} ${name}`,
    subject: null,
    container: '',
    slot: `${folder}/${project}/${name}/1`,
    name,
    image: image ?? '',
    state: 'created',
    planned: true,
    health: null,
    namespace: null,
    guestOf: null,
    interfaces: [],
    listeners: [],
    desk: false,
    ports: [],
  };
}

function ghostNetwork([id, rooms]: readonly [string, readonly Room[]]): Network {
  const kind = id === 'net:host' ? 'host' : id === 'net:none' ? 'none' : 'bridge';
  return {
    id,
    subject: null,
    kind,
    name: id.replace(/^net:(planned )?/, ''),
    bridge: null,
    internal: false,
    planned: true,
    rooms,
  };
}

/** `1234:80`, `127.0.0.1:1234:80/udp`: those with a port of the host; ranges are left out. */
const PORT = /^(?:([\d.]+):)?(\d+):(\d+)(?:\/(tcp|udp))?$/;

const doorsOf = (service: Service, folder: string, project: string): Door[] =>
  service.ports.flatMap((text) => {
    const [, hostAddress = '0.0.0.0', hostPort, containerPort, protocol = 'tcp'] = PORT.exec(text) ?? [];
    if (hostPort === undefined || (protocol !== 'tcp' && protocol !== 'udp')) return [];
    return [
      {
        id: `door:${hostAddress}:${hostPort}/${protocol}`,
        subject: null,
        container: ghostOf(service, folder, project).id,
        protocol,
        hostAddress,
        hostPort: Number(hostPort),
        containerPort: Number(containerPort),
        planned: true,
      },
    ];
  });
