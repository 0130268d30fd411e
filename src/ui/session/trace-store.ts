import type { HopRecord, Journey, JourneyId, PacketData, PacketId, RecordId, TraceChunk } from '../../lab/feed/feed.ts';
import { Signal } from './signal.ts';

/** How many journeys are kept; the oldest go first, with their records and packets. */
const MOST_JOURNEYS = 20_000;

/** The part of the trace that the page has: grows with every chunk, bounded, and says what it let go. */
export class TraceStore {
  /** Grows with every chunk: what watchers watch. */
  readonly version = new Signal(0);
  /** In the order of the machine. */
  readonly records: HopRecord[] = [];
  readonly journeys: Journey[] = [];
  /** Records that never came, or were let go. */
  lost = 0;
  private readonly packets = new Map<PacketId, PacketData>();
  private readonly journeyById = new Map<JourneyId, Journey>();
  private readonly byJourney = new Map<JourneyId, HopRecord[]>();
  private readonly byId = new Map<RecordId, HopRecord>();

  add(chunk: TraceChunk): void {
    this.lost += chunk.skipped;
    for (const packet of chunk.packets) this.packets.set(packet.id, packet);
    for (const journey of chunk.journeys) {
      this.journeys.push(journey);
      this.journeyById.set(journey.id, journey);
    }
    for (const record of chunk.records) {
      this.records.push(record);
      this.byId.set(record.id, record);
      if (record.journey === null) continue;
      const own = this.byJourney.get(record.journey);
      if (own) own.push(record);
      else this.byJourney.set(record.journey, [record]);
    }
    if (this.journeys.length > MOST_JOURNEYS) this.forget(this.journeys.length - Math.floor(MOST_JOURNEYS * 0.75));
    this.version.set(this.version.value + 1);
  }

  clear(): void {
    this.records.length = 0;
    this.journeys.length = 0;
    this.lost = 0;
    for (const map of [this.packets, this.journeyById, this.byJourney, this.byId]) map.clear();
    this.version.set(this.version.value + 1);
  }

  packet(id: PacketId): PacketData | undefined {
    return this.packets.get(id);
  }

  journey(id: JourneyId): Journey | undefined {
    return this.journeyById.get(id);
  }

  record(id: RecordId): HopRecord | undefined {
    return this.byId.get(id);
  }

  /** Everything that happened to one packet, in order. */
  recordsOf(journey: JourneyId): readonly HopRecord[] {
    return this.byJourney.get(journey) ?? [];
  }

  private forget(count: number): void {
    const gone = new Set(this.journeys.splice(0, count).map(({ id }) => id));
    for (const id of gone) {
      this.journeyById.delete(id);
      this.byJourney.delete(id);
    }
    const kept = this.records.filter(({ journey }) => journey === null || !gone.has(journey));
    const first = kept.find(({ journey }) => journey !== null)?.id ?? 0;
    const used = new Set<PacketId>();
    const before = this.records.length;
    this.records.length = 0;
    this.byId.clear();
    for (const record of kept) {
      if (record.id < first) continue;
      this.records.push(record);
      this.byId.set(record.id, record);
      if (record.packet !== null) used.add(record.packet);
    }
    this.lost += before - this.records.length;
    for (const id of this.packets.keys()) if (!used.has(id)) this.packets.delete(id);
  }
}
