import type { HopRecord, Journey, JourneyId, PacketId, RecordId } from '../../../lab/feed/feed.ts';
import { deskId, gateId } from '../scene/part-id.ts';
import type { Beat, Move, Spot, TokenEnd, TokenId } from './beat.ts';
import { type Face, faceOf } from './face.ts';
import { endOf, originOf, spotOf } from './spots.ts';
import { Novelty } from './novelty.ts';
import { tickOf } from './ticks.ts';
import type { PacketData } from '../../../lab/feed/feed.ts';

/** What the storyboard reads from. */
export interface StorySource {
  packet(id: PacketId): PacketData | undefined;
  journey(id: JourneyId): Journey | undefined;
  /** Whether a device is a port of a bridge. */
  isPort(namespace: string, device: string): boolean;
}

/** What is remembered of a token while its story grows. */
interface Thread {
  readonly token: TokenId;
  readonly spot: Spot;
  readonly face: Face;
  readonly bridged: boolean;
  /** The gate that it met last. */
  readonly gate: Spot | null;
  readonly end: TokenEnd | null;
}

/** For how many records back a token may be taken up again. */
const REMEMBERED = 20_000;

/** The trace told as a story: beats, each what happens at one moment. Grows with the trace, and never changes what it has told. */
export class Storyboard {
  readonly beats: Beat[] = [];
  private nextToken: TokenId = 0;
  private readonly threads = new Map<RecordId, Thread>();
  /** The record at which each journey was last seen. */
  private readonly latest = new Map<JourneyId, RecordId>();
  private readonly continued = new Set<RecordId>();
  private readonly stands = new Map<RecordId, RecordId>();
  private readonly journeyOf = new Map<RecordId, JourneyId>();
  private readonly novelty = new Novelty();
  private open: { time: number; moves: Move[]; records: Set<RecordId>; tokens: Set<TokenId> } | null = null;

  constructor(private readonly source: StorySource) {}

  /** Takes further records in. The last beat stays as it is: what comes later begins another one. */
  extend(records: readonly HopRecord[]): void {
    for (const record of records) this.tell(record);
    this.close();
    this.forget();
  }

  clear(): void {
    this.beats.length = 0;
    this.open = null;
    this.threads.clear();
    this.latest.clear();
    this.continued.clear();
    this.stands.clear();
    this.journeyOf.clear();
  }

  /** The first beat at or after a record. */
  beatOf(record: RecordId): number {
    let [low, high] = [0, this.beats.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.beats[middle] as Beat).last < record) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private tell(record: HopRecord): void {
    const { journey, kind } = record;
    if (journey === null || kind === 'process') return;
    if (record.packet === null) {
      this.remark(record, journey);
      return;
    }
    const told = this.source.journey(journey);
    const known = this.threadBefore(record, journey);
    const packet = this.source.packet(record.packet);
    if (!packet || !told) return;
    const face = faceOf(packet, told.protocol);
    const spot = known?.spot ?? originOf(record, face);
    const to = this.place(record, spot, face, known);
    const token = known?.token ?? this.nextToken++;
    const gate =
      record.place.kind === 'chain' ? gateId(record.place.namespace, record.place.table, record.place.chain) : null;
    const end = endOf(record, face);
    this.threads.set(record.id, {
      token,
      spot: to,
      face,
      bridged: this.bridged(record, known?.bridged ?? false),
      gate: gate ?? known?.gate ?? null,
      end,
    });
    this.latest.set(journey, record.id);
    const before = kind === 'nat' && known && isReaddressed(known.face, face) ? known.face : null;
    this.add(record, { token, journey, record, kind, packet: record.packet, from: spot, to, gate, face, before, end });
  }

  /** News about a neighbour, a name looked up: something happens beside a packet, which stays where it is. */
  private remark(record: HopRecord, journey: JourneyId): void {
    const cause = this.standsFor(record.cause);
    const thread = this.threads.get(cause) ?? this.threads.get(this.latest.get(journey) ?? -1);
    if (!thread) return;
    this.stands.set(record.id, cause);
    const { token, spot, face } = thread;
    const { kind } = record;
    const to = kind === 'dns' ? deskId(record.place.namespace) : spot;
    this.add(record, {
      token,
      journey,
      record,
      kind,
      packet: null,
      from: to,
      to,
      gate: null,
      face,
      before: null,
      end: null,
    });
  }

  /** The record with a packet that a remark was made on. */
  private standsFor(record: RecordId): RecordId {
    return this.stands.get(record) ?? record;
  }

  /** A packet that netfilter dropped falls at the gate, also when a switch asked it. */
  private place(record: HopRecord, spot: Spot, face: Face, known: Thread | undefined): Spot {
    const dropped = record.kind === 'drop' && record.detail === 'dropped by netfilter';
    if (dropped && known?.gate) return known.gate;
    return spotOf(record, spot, face, known?.bridged ?? false);
  }

  private bridged({ kind, place, detail }: HopRecord, before: boolean): boolean {
    if (kind === 'receive' || kind === 'transmit')
      return place.kind === 'device' && this.source.isPort(place.namespace, place.device);
    if (kind === 'bridge') return detail !== 'to the host';
    return kind === 'route' ? false : before;
  }

  /**
   * The token that a record goes on with: the one of the record that caused it; if that has gone on already, a copy of it, as when a
   * switch floods; else the one of its journey that waits.
   */
  private threadBefore(record: HopRecord, journey: JourneyId): Thread | undefined {
    const cause = this.standsFor(record.cause);
    const caused = this.threads.get(cause);
    if (caused && this.latest.has(journey) && this.journeyOf.get(cause) === journey) {
      if (!this.continued.has(cause)) {
        this.continued.add(cause);
        return caused;
      }
      return { ...caused, token: this.nextToken++ };
    }
    const last = this.latest.get(journey);
    if (last === undefined) return undefined;
    this.continued.add(last);
    return this.threads.get(last);
  }

  private add(record: HopRecord, move: Move): void {
    this.journeyOf.set(record.id, move.journey);
    const { open } = this;
    const goesOn = open && open.time === record.time && !open.tokens.has(move.token) && !open.records.has(record.cause);
    if (!goesOn) this.close();
    this.open ??= { time: record.time, moves: [], records: new Set(), tokens: new Set() };
    this.open.moves.push(move);
    this.open.records.add(record.id);
    this.open.tokens.add(move.token);
  }

  private close(): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    const last = open.moves.at(-1) as Move;
    const command = this.source.journey(last.journey)?.command ?? null;
    this.beats.push({
      time: open.time,
      moves: open.moves,
      last: last.record.id,
      command,
      weight: this.novelty.weigh(open.moves),
      tick: tickOf(open.moves),
    });
  }

  private forget(): void {
    if (this.threads.size < 2 * REMEMBERED) return;
    const newest = (this.beats.at(-1) as Beat).last;
    for (const map of [this.threads, this.journeyOf, this.stands] as Map<RecordId, unknown>[])
      for (const id of map.keys()) if (id < newest - REMEMBERED) map.delete(id);
    for (const id of this.continued) if (id < newest - REMEMBERED) this.continued.delete(id);
    for (const [journey, id] of this.latest) if (id < newest - REMEMBERED) this.latest.delete(journey);
  }
}

const isReaddressed = (one: Face, other: Face): boolean =>
  one.source !== other.source || one.destination !== other.destination;
