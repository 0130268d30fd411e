import type { ProjectNetwork, Service } from '../../compose/model/project.ts';
import { Reading } from '../course/reading.ts';
import { definePredicate } from './predicate.ts';

interface WantedService {
  readonly image: string | null;
  readonly tty: boolean | null;
  /** A network mode, or null for none; undefined: either. */
  readonly networkMode: string | null | undefined;
  /** Whether the service states its networks itself; null: either. */
  readonly statesNetworks: boolean | null;
  /** Network to fixed address; empty: any address. */
  readonly networks: ReadonlyMap<string, string>;
  readonly links: readonly string[];
  /** Whether it publishes any port; null: either. */
  readonly publishes: boolean | null;
  /** `1234:80`. */
  readonly ports: readonly string[];
  readonly mountedAt: readonly string[];
}

/**
 * The compose file says it, in whichever of compose's ways of writing: `services` and `networks` name what has to be there at
 * least. `files` where the exercise has other names than the usual ones.
 */
export const composeFile = definePredicate({
  name: 'compose-file',
  parse: (args) => {
    args.only('files', 'services', 'networks');
    return {
      files: args.has('files') ? args.texts('files') : undefined,
      services: args
        .entries('services')
        .map(([name]) => [name, wantedService(args.object('services').object(name))] as const),
      networks: args.entries('networks').map(([name]) => {
        const network = args.object('networks').object(name).only('subnet', 'driver');
        return [name, { subnet: network.text('subnet', ''), driver: network.text('driver', '') }] as const;
      }),
    };
  },
  holds: ({ files, services, networks }, view) => {
    const file = view.composeFile(files);
    if (file === null || file === 'broken') return false;
    return (
      services.every(([name, wanted]) => serviceMatches(file.services.get(name), wanted)) &&
      networks.every(([name, wanted]) => networkMatches(file.networks.get(name), wanted))
    );
  },
});

function wantedService(data: Reading): WantedService {
  data.only('image', 'tty', 'networkMode', 'statesNetworks', 'networks', 'links', 'publishes', 'ports', 'mountedAt');
  const networks = data.has('networks') ? data.object('networks') : null;
  return {
    image: data.has('image') ? data.text('image') : null,
    tty: data.has('tty') ? data.flag('tty') : null,
    networkMode: data.has('networkMode') ? data.text('networkMode') || null : undefined,
    statesNetworks: data.has('statesNetworks') ? data.flag('statesNetworks') : null,
    networks: new Map(data.entries('networks').map(([name]) => [name, networks?.text(name, '') ?? ''])),
    links: data.texts('links'),
    publishes: data.has('publishes') ? data.flag('publishes') : null,
    ports: data.texts('ports'),
    mountedAt: data.texts('mountedAt'),
  };
}

function serviceMatches(service: Service | undefined, wanted: WantedService): boolean {
  if (!service) return false;
  return (
    (wanted.image === null || shortImage(service.image ?? '') === shortImage(wanted.image)) &&
    // An open standard input keeps a shell waiting just as a terminal does.
    (wanted.tty === null || (service.tty || service.stdinOpen) === wanted.tty) &&
    (wanted.networkMode === undefined || service.networkMode === wanted.networkMode) &&
    (wanted.statesNetworks === null || (service.source['networks'] !== undefined) === wanted.statesNetworks) &&
    [...wanted.networks].every(([network, address]) =>
      service.networks.some((each) => each.network === network && (address === '' || each.ipv4Address === address)),
    ) &&
    wanted.links.every((link) => service.links.some(({ service: to, alias }) => `${to}:${alias}` === link)) &&
    (wanted.publishes === null || service.ports.length > 0 === wanted.publishes) &&
    wanted.ports.every((port) => service.ports.some(({ published, target }) => `${published}:${target}` === port)) &&
    wanted.mountedAt.every((target) => service.volumes.some((volume) => volume.target === target))
  );
}

function networkMatches(
  network: ProjectNetwork | undefined,
  wanted: { readonly subnet: string; readonly driver: string },
): boolean {
  return (
    network !== undefined &&
    (wanted.subnet === '' || network.ipam.some(({ subnet }) => subnet === wanted.subnet)) &&
    (wanted.driver === '' || (network.driver ?? 'bridge') === wanted.driver)
  );
}

/** `busybox`, `busybox:latest` and `docker.io/library/busybox` are one image. */
const shortImage = (image: string): string => image.replace(/^(docker\.io\/)?(library\/)?/, '').replace(/:latest$/, '');
