import type { SimTime } from './clock.ts';

/** The number of a trace record, counted from 0 for the machine's whole life; -1 is "nothing before it". */
export type RecordId = number;
export const NO_RECORD: RecordId = -1;

/** What a record says happened to the packet. */
export const TraceKind = {
  /** A frame left a device onto its cable. */
  transmit: 0,
  /** A frame arrived at a device from its cable. */
  receive: 1,
  /** A bridge learned an address, or sent the frame to one port, to many, or to its own device. */
  learn: 2,
  bridge: 3,
  /** A route was chosen. */
  route: 4,
  /** A neighbour's state changed, or a packet waits for it. */
  neighbor: 5,
  /** A netfilter rule, policy or conntrack entry decided. */
  netfilter: 6,
  /** NAT wrote a new header: the record's packet is the new one, its reason row the conntrack entry. */
  nat: 7,
  /** A socket, or the kernel itself, took the packet. */
  deliver: 8,
  /** The packet ended here; `detail` is the reason. */
  drop: 9,
  /** A program acted: it started, ended, sent or asked. */
  process: 10,
  /** The embedded DNS answered, because of a record. */
  dns: 11,
} as const;
export type TraceKind = (typeof TraceKind)[keyof typeof TraceKind];

/** Where something happened: a device, a hook, a socket, a process. */
export interface Place {
  /** For people and for the trace's hash: `ubuntu:docker0`, `ubuntu:nat/POSTROUTING`. */
  readonly placeName: string;
}

/** One record, as a reader sees it. Packets and rows are cited by reference and never changed afterwards. */
export interface TraceRecord {
  readonly id: RecordId;
  readonly time: SimTime;
  readonly kind: TraceKind;
  readonly place: Place;
  /** The frame or packet, or undefined where there is none. */
  readonly packet: unknown;
  /** What was decided: a verdict, a drop's reason, a state; the kind says how to read it. */
  readonly detail: string;
  /** The row it was decided by: FDB entry, route, neighbour, rule, conntrack entry, DNS record. */
  readonly because: unknown;
  /** The record that led to this one. */
  readonly cause: RecordId;
}

/**
 * The bounded record of everything: parallel rings, written without an allocation. The oldest records go first, and
 * `dropped` says how many have gone.
 */
export class Trace {
  enabled: boolean;
  /** The record that whatever happens next was caused by. */
  cause: RecordId = NO_RECORD;
  private next: RecordId = 0;
  private readonly mask: number;
  private readonly times: Float64Array;
  private readonly kinds: Uint8Array;
  private readonly causes: Float64Array;
  private readonly places: Place[] = [];
  private readonly packets: unknown[] = [];
  private readonly details: string[] = [];
  private readonly rows: unknown[] = [];

  /**
   * @param capacity how many records are kept: a power of two. With four times the default, the packets that records hold
   *   live long enough to be moved by the garbage collector, and tracing costs three times as much.
   */
  constructor({ enabled = true, capacity = 1 << 15 }: { enabled?: boolean; capacity?: number } = {}) {
    this.enabled = enabled;
    this.mask = capacity - 1;
    this.times = new Float64Array(capacity);
    this.kinds = new Uint8Array(capacity);
    this.causes = new Float64Array(capacity);
  }

  /** How many records have been written. */
  get length(): number {
    return this.next;
  }

  /** How many of the oldest records were let go. */
  get dropped(): number {
    return Math.max(0, this.next - this.mask - 1);
  }

  /**
   * Writes a record and makes it the current cause. Callers on the hot path look at `enabled` first, and pass only
   * constants and objects that exist anyway.
   */
  record(time: SimTime, kind: TraceKind, place: Place, packet: unknown, detail: string, because: unknown): RecordId {
    const id = this.next++;
    const slot = id & this.mask;
    this.times[slot] = time;
    this.kinds[slot] = kind;
    this.causes[slot] = this.cause;
    this.places[slot] = place;
    this.packets[slot] = packet;
    this.details[slot] = detail;
    this.rows[slot] = because;
    this.cause = id;
    return id;
  }

  /** The record of that number, or undefined if it has been let go or not been written. */
  read(id: RecordId): TraceRecord | undefined {
    if (id < this.dropped || id >= this.next) return undefined;
    const slot = id & this.mask;
    return {
      id,
      time: this.times[slot] as number,
      kind: this.kinds[slot] as TraceKind,
      place: this.places[slot] as Place,
      packet: this.packets[slot],
      detail: this.details[slot] as string,
      because: this.rows[slot],
      cause: this.causes[slot] as number,
    };
  }

  /** The number of the first kept record from `from` on that is of one of these kinds, or `length`: for readers that want few of many. */
  find(from: RecordId, kinds: ReadonlySet<TraceKind>): RecordId {
    let id = Math.max(from, this.dropped);
    while (id < this.next && !kinds.has(this.kinds[id & this.mask] as TraceKind)) id++;
    return id;
  }

  /** All kept records from `from` on, oldest first. */
  *since(from: RecordId = 0): Generator<TraceRecord> {
    for (let id = Math.max(from, this.dropped); id < this.next; id++) yield this.read(id) as TraceRecord;
  }
}
