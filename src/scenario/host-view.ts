import { MILLISECOND, type SimTime } from '../sim/clock.ts';
import { formatIpv4 } from '../wire/address.ts';
import { formatCidr } from '../wire/cidr.ts';
import type { World } from '../world/world.ts';
import { COMPOSE_NAMES, type ComposeFile, type ComposeFiles } from './compose-file.ts';
import type { Part } from './course/exercise.ts';
import type { Evidence, KnownContainer, Party } from './evidence/evidence.ts';
import type { Observer } from './evidence/observer.ts';
import type { ProbeBook } from './probes/probe-book.ts';

type Container = ReturnType<World['docker']['containers']['list']>[number];
type Network = ReturnType<World['docker']['networks']['list']>[number];

/** A container's place on a network. */
export interface Attachment {
  readonly network: Network;
  /** Dotted, or empty where it has none. */
  readonly address: string;
}

/** For how long the engine does nothing between two commands. */
const SETTLED = 500 * MILLISECOND;

/**
 * The host as the conditions of an exercise see it at one moment: the engine's objects, the exercise's folder, the evidence.
 * It only looks.
 */
export class HostView {
  readonly evidence: Evidence;
  /** No command is being carried out that would change containers or networks. */
  readonly settled: boolean;

  constructor(
    private readonly world: World,
    /** Absolute path of the exercise's folder. */
    readonly folder: string,
    observer: Observer,
    private readonly composeFiles: ComposeFiles,
    /** What has been tried out on a second machine. */
    readonly probes: ProbeBook,
  ) {
    this.evidence = observer.evidence;
    this.settled = observer.quietFor >= SETTLED;
  }

  get networks(): readonly Network[] {
    return this.world.docker.networks.list();
  }

  get containers(): readonly Container[] {
    return this.world.docker.containers.list();
  }

  /** Whether a client of the engine is at work on the host: what stands now may be the middle of what it does. */
  get clientAtWork(): boolean {
    const { host } = this.world;
    return [...host.processes.visibleIn(host.hostNamespaces.pids)].some(({ command }) =>
      /^docker(-compose)?$/.test(command),
    );
  }

  /** Containers that play a part, whatever state they are in; the newest first. */
  playing(part: Part): readonly Container[] {
    return this.containers.filter((container) => {
      const known = this.evidence.containers.get(container.id);
      if (known && this.plays(known, part)) return true;
      const bare = known === undefined || known.service === null;
      return bare && (container.hostname === part || this.aliases(container).includes(part));
    });
  }

  running(part: Part): Container | undefined {
    return this.playing(part).find((container) => container.running);
  }

  attachments(container: Container): readonly Attachment[] {
    return [...container.endpoints.values()]
      .filter((endpoint) => endpoint.active)
      .map(({ network, address }) => ({ network, address: address === null ? '' : formatIpv4(address) }));
  }

  /** Its address on the network that it uses first; empty where it has none of its own. */
  addressOf(container: Container): string {
    return this.attachments(container).find(({ address }) => address !== '')?.address ?? '';
  }

  /** Of every interface in its network namespace, which may be the host's. */
  interfaceAddresses(container: Container): readonly string[] {
    const devices = container.namespaces?.net.devices.all() ?? [];
    return devices.flatMap((device) => device.addresses.map(({ address }) => formatIpv4(address.address)));
  }

  /** On the machine's clock. */
  startedAt(container: Container): SimTime {
    const { queue, host } = this.world;
    return queue.now - (host.date() - container.startedDate) * MILLISECOND;
  }

  /** All addresses of whoever lives in that namespace. */
  addressesOf(party: Party): readonly string[] {
    return this.containers
      .filter(({ id }) => party.includes(id))
      .flatMap((container) => this.attachments(container).map(({ address }) => address));
  }

  /**
   * Whether a container that is or was there plays a part. By its service's name if compose made it, by its own name if not.
   * What was started from the folder of another exercise plays no part here.
   */
  plays({ service, name, workingDir }: KnownContainer, part: Part): boolean {
    if (workingDir !== null && this.isAnotherExercise(workingDir)) return false;
    return service === null ? name === part : service === part;
  }

  /** Whether somebody in this namespace plays a part; `host` and `lan` are parts of their own. */
  involves(party: Party, part: Part): boolean {
    return party.some((member) => {
      if (member === part) return true;
      const known = this.evidence.containers.get(member);
      return known !== undefined && this.plays(known, part);
    });
  }

  isAnotherExercise(folder: string): boolean {
    const course = this.folder.slice(0, this.folder.lastIndexOf('/') + 1);
    return folder.startsWith(course) && folder !== this.folder && !folder.startsWith(`${this.folder}/`);
  }

  /** Text of a file of the host, or null. Paths are relative to the exercise's folder. */
  read(path: string): string | null {
    const text = this.world.host.files.read(path.startsWith('/') ? path : `${this.folder}/${path}`);
    return text.ok ? text.value : null;
  }

  /** The first of these compose files that is there and not empty; null where none is. */
  composeFile(names: readonly string[] = COMPOSE_NAMES): ComposeFile | 'broken' | null {
    const text = names.map((name) => this.read(name)).find((each) => each !== null) ?? '';
    return text.trim() === '' ? null : this.composeFiles.read(text, this.read('.env') ?? '');
  }

  /** Bytes of a file of the exercise's folder; 0 where there is none. */
  sizeOf(path: string): number {
    const bytes = this.world.host.files.readBytes(`${this.folder}/${path}`);
    return bytes.ok ? bytes.value.length : 0;
  }

  isFolder(path: string): boolean {
    return this.world.host.files.list(`${this.folder}/${path}`).ok;
  }

  /** Names of what is in a folder of the host. */
  list(path: string): readonly string[] {
    const entries = this.world.host.files.list(path);
    return entries.ok ? entries.value.map(({ name }) => name) : [];
  }

  private aliases(container: Container): readonly string[] {
    return [...container.networks.values()].flatMap(({ settings }) => settings.Aliases ?? []);
  }
}

export const subnetOf = ({ subnet }: Network): string => (subnet === null ? '' : formatCidr(subnet));

export type { Container, Network };
