import type { Netfilter } from '../../kernel/net/netfilter/netfilter.ts';
import type { Task } from '../../kernel/process/task.ts';
import { type RecordId, TraceKind, type TraceRecord } from '../../sim/trace.ts';
import { emitFrame } from '../../wire/ethernet.ts';
import { ZERO_MAC } from '../../wire/address.ts';
import { emitIpv4 } from '../../wire/ipv4.ts';
import { EtherType, Frame, Ipv4Packet, Ipv6Packet } from '../../wire/packet.ts';
import type { World } from '../../world/world.ts';
import type { NamespaceId } from '../view/lab-view.ts';
import { Commands } from './commands.ts';
import { describePlace } from './describe-place.ts';
import { describeRow } from './describe-row.ts';
import type { HopKind, HopRecord, Journey, PacketData, PacketId, PlaceData, TraceChunk } from './feed.ts';
import { Journeys } from './journeys.ts';
import { NamespaceNames, namespacesOf } from './namespaces.ts';

/** How many records one chunk may have: more than anybody can look at, few enough to keep a frame short. */
const MOST_RECORDS = 2000;

const KINDS = Object.fromEntries(Object.entries(TraceKind).map(([name, kind]) => [kind, name])) as Record<
  TraceKind,
  HopKind
>;

const STEPS_OF_PACKETS = new Set(Object.values(TraceKind).filter((kind) => kind !== TraceKind.process));

const NOWHERE: ReadonlySet<NamespaceId> = new Set();

/** Reads the trace as it grows and makes of it what crosses the wall. */
export class TraceFeed {
  readonly commands: Commands;
  private read = 0;
  private nextPacket: PacketId = 0;
  private readonly packetIds = new WeakMap<object, PacketId>();
  private readonly journeys = new Journeys();
  private readonly names: NamespaceNames;

  constructor(
    private readonly world: World,
    terminalOf: (task: Task) => number | null,
  ) {
    this.names = new NamespaceNames(world);
    this.commands = new Commands(terminalOf);
  }

  /** What has come since the last time; null where nothing has. */
  take(): TraceChunk | null {
    const { trace } = this.world;
    if (trace.length === this.read) return null;
    const from = Math.max(this.read, trace.dropped, trace.length - MOST_RECORDS);
    const skipped = from - this.read;
    this.read = trace.length;
    this.names.refresh();
    const filters = new Map<string, Netfilter>();
    for (const { id, netns } of namespacesOf(this.world)) filters.set(id, netns.netfilter);
    const packets: PacketData[] = [];
    const journeys: Journey[] = [];
    const records: HopRecord[] = [];
    for (const record of trace.since(from)) {
      const place = describePlace(record.place, this.names);
      records.push({
        id: record.id,
        time: record.time,
        kind: KINDS[record.kind],
        place,
        packet: this.packetId(record.packet, packets),
        journey: this.journeyOf(record, place, journeys),
        detail: record.detail,
        because: describeRow(record.because, filters.get(place.namespace) ?? null),
        cause: record.cause,
      });
    }
    return { packets, journeys, records, skipped };
  }

  /** In which namespaces packets have come a step further since a record was to be written. */
  steppedIn(from: RecordId): ReadonlySet<NamespaceId> {
    const { trace } = this.world;
    const first = trace.find(from, STEPS_OF_PACKETS);
    if (first === trace.length) return NOWHERE;
    const namespaces = new Set<NamespaceId>();
    for (let id = first; id < trace.length; id = trace.find(id + 1, STEPS_OF_PACKETS))
      namespaces.add(describePlace((trace.read(id) as TraceRecord).place, this.names).namespace);
    return namespaces;
  }

  private journeyOf(record: TraceRecord, { namespace }: PlaceData, journeys: Journey[]): number | null {
    const command = this.commands.assign(record);
    return this.journeys.assign(record, { origin: namespace, command }, (journey) => journeys.push(journey));
  }

  private packetId(packet: unknown, packets: PacketData[]): PacketId | null {
    if (!(packet instanceof Frame || packet instanceof Ipv4Packet || packet instanceof Ipv6Packet)) return null;
    const known = this.packetIds.get(packet);
    if (known !== undefined) return known;
    const id = this.nextPacket++;
    this.packetIds.set(packet, id);
    // IPv6 only goes round `lo`, in frames without addresses.
    const frame = packet instanceof Ipv6Packet ? new Frame(ZERO_MAC, ZERO_MAC, EtherType.ipv6, packet) : packet;
    packets.push(
      frame instanceof Frame
        ? { id, layer: 'frame', bytes: emitFrame(frame) }
        : { id, layer: 'ipv4', bytes: emitIpv4(frame) },
    );
    return id;
  }
}
