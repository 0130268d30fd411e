import type { Duration, SimTime } from '../../sim/clock.ts';
import type { Place, RecordId } from '../../sim/trace.ts';
import type { World } from '../../world/world.ts';

import type { BindFailure, Evidence, HttpRequestLine, KnownContainer, Party } from './evidence.ts';
import { PacketReader } from './packet-reader.ts';
import { readAccessLog, readBindFailure } from './server-log.ts';

type Container = ReturnType<World['docker']['containers']['list']>[number];

/** How far the trace may run ahead of its reader: half of what it keeps, so that nothing is let go unread. */
const MOST_UNREAD = 1 << 14;
/** Newest of each kind that are kept. */
const KEPT = 400;

/**
 * Gathers evidence: reads what is new in the trace, in the engine's events and in the logs of containers since it last
 * looked. Looking costs a few comparisons a record; nothing is done when nobody looks.
 */
export class Observer {
  private readonly containers = new Map<string, KnownContainer>();
  private readonly requests: HttpRequestLine[] = [];
  private readonly bindFailures: BindFailure[] = [];
  private readonly packets: PacketReader;
  private readonly logs = new Map<string, number>();
  private readonly places = new WeakMap<Place, Party>();
  private nextRecord: RecordId;
  private nextEvent: number;
  /** When it first saw that the engine had done something new. */
  private lastChange: SimTime;

  /** What happened before is no evidence. */
  constructor(private readonly world: World) {
    this.nextRecord = world.trace.length;
    this.nextEvent = world.docker.events.length;
    this.lastChange = world.queue.now;
    for (const container of world.docker.containers.list()) this.logs.set(container.id, container.log.length);
    this.packets = new PacketReader(world.trace, (place) => this.partyAt(place));
  }

  /** Whether to look now: the engine has done something, which it may undo soon, or the trace is about to let go what nobody has read. */
  get isDue(): boolean {
    const { docker, trace } = this.world;
    return docker.events.length > this.nextEvent || trace.length - this.nextRecord > MOST_UNREAD;
  }

  /** Reads on to the present. */
  look(): void {
    this.readEvents();
    this.readContainers();
    this.nextRecord = this.packets.readFrom(this.nextRecord);
    for (const list of [
      this.packets.conversations,
      this.packets.refusals,
      this.packets.lookups,
      this.packets.drops,
      this.requests,
    ])
      if (list.length > KEPT) list.splice(0, list.length - KEPT);
  }

  /** For how long the engine has done nothing that was to be seen. */
  get quietFor(): Duration {
    return this.world.queue.now - this.lastChange;
  }

  get evidence(): Evidence {
    const { conversations, refusals, lookups, drops } = this.packets;
    return {
      conversations,
      refusals,
      lookups,
      drops,
      requests: this.requests,
      bindFailures: this.bindFailures,
      containers: this.containers,
    };
  }

  /** Containers that came and went between two looks are known by their events alone. */
  private readEvents(): void {
    const { events } = this.world.docker;
    if (events.length > this.nextEvent) this.lastChange = this.world.queue.now;
    for (let i = Math.max(this.nextEvent, events.dropped); i < events.length; i++) {
      const event = events.at(i);
      if (event?.Type === 'container')
        this.remember(event.Actor.ID, event.Actor.Attributes['name'] ?? '', event.Actor.Attributes);
      if (event?.Type === 'network' && event.Action === 'connect') {
        const { container = '', type } = event.Actor.Attributes;
        if (type === 'bridge') this.containers.get(container)?.networks.add(event.Actor.ID);
      }
    }
    this.nextEvent = events.length;
  }

  private readContainers(): void {
    const { docker, host, lan } = this.world;
    const parties = new Map<Place, string[]>([
      [host.netns, ['host']],
      [lan.netns, ['lan']],
    ]);
    for (const container of docker.containers.list()) {
      const known = this.remember(container.id, container.name, container.config.Labels, linksOf(container));
      for (const { network } of container.endpoints.values())
        if (network.driver === 'bridge' && !network.settings.isDefaultBridge) known.networks.add(network.id);
      this.readLog(container);
      const net = container.namespaces?.net;
      if (net) parties.set(net, [...(parties.get(net) ?? []), container.id]);
    }
    for (const [place, party] of parties) this.places.set(place, party);
  }

  private remember(
    id: string,
    name: string,
    labels: Readonly<Record<string, string>>,
    links: readonly string[] = [],
  ): KnownContainer {
    let known = this.containers.get(id);
    if (!known) {
      known = {
        id,
        name,
        service: labels['com.docker.compose.service'] ?? null,
        workingDir: labels['com.docker.compose.project.working_dir'] ?? null,
        networks: new Set(),
        links,
      };
      this.containers.set(id, known);
    }
    known.name = name;
    if (links.length > 0) known.links = links;
    return known;
  }

  private readLog({ id, log }: Container): void {
    const from = Math.max(this.logs.get(id) ?? 0, log.dropped);
    for (let i = from; i < log.length; i++) {
      const entry = log.at(i);
      const request = entry && readAccessLog(entry.line);
      if (request) this.requests.push({ at: this.world.queue.now, container: id, ...request });
      const port = entry && readBindFailure(entry.line);
      if (port) this.bindFailures.push({ at: this.world.queue.now, container: id, port });
    }
    this.logs.set(id, log.length);
  }

  /** A namespace that has gone before anybody looked bears the name of its container. */
  private partyAt(place: Place): Party {
    const party = this.places.get(place);
    if (party) return party;
    const gone = [...this.containers.values()].findLast((container) => container.name === place.placeName);
    return gone ? [gone.id] : [];
  }
}

/** Names of the containers it is linked to; the API writes a link as `/name:/own-name/alias` or `name:alias`. */
const linksOf = ({ hostConfig }: Container): readonly string[] =>
  (hostConfig.Links ?? []).map((link) => (link.split(':')[0] as string).replace(/^\//, ''));
