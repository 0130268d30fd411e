import { SECOND, type SimTime } from '../../../sim/clock.ts';
import type { Mac } from '../../../wire/address.ts';
import { emptySlots } from '../address-map.ts';
import type { NetDevice } from './device.ts';

/** How long a bridge remembers where it saw an address (BR_DEFAULT_AGEING_TIME). */
export const AGEING_TIME = 300 * SECOND;

/** One row of a bridge's forwarding database, as trace records cite it. Never changed: a station that moves gets a new one. */
export class FdbEntry {
  constructor(
    readonly mac: Mac,
    /** The port behind which the station is; for a local entry the port, or the bridge, whose own address it is. */
    readonly port: NetDevice,
    readonly local: boolean,
  ) {}
}

/**
 * The forwarding database (net/bridge/br_fdb.c): an open-addressing hash table on typed arrays keyed by the 48-bit
 * address. What has aged is passed over, and thrown out when the table grows.
 */
export class Fdb {
  private keys = new Float64Array(16);
  private seen = new Float64Array(16);
  private rows: (FdbEntry | undefined)[] = emptySlots(16);
  private count = 0;

  /** The row of an address, if it is local or has been seen lately. */
  lookup(mac: Mac, now: SimTime): FdbEntry | undefined {
    const slot = this.slotOf(mac);
    const row = this.rows[slot];
    if (row === undefined || row.local || now - (this.seen[slot] as number) < AGEING_TIME) return row;
    return undefined;
  }

  /** Notes that an address was seen behind a port (br_fdb_update); the new row, or null where nothing is new. */
  learn(mac: Mac, port: NetDevice, now: SimTime): FdbEntry | null {
    const slot = this.slotOf(mac);
    const row = this.rows[slot];
    if (row !== undefined && row.port === port && !row.local) {
      const known = now - (this.seen[slot] as number) < AGEING_TIME;
      this.seen[slot] = now;
      if (known) return null;
    }
    // An address of our own is not learned from a frame that pretends to come from it.
    if (row !== undefined && row.local) return null;
    return this.put(new FdbEntry(mac, port, false), now);
  }

  addLocal(mac: Mac, port: NetDevice): void {
    this.put(new FdbEntry(mac, port, true), 0);
  }

  /** Forgets the rows that the test names. */
  removeWhere(test: (row: FdbEntry) => boolean): void {
    if (this.rows.some((row) => row !== undefined && test(row))) this.rebuild(this.keys.length, (row) => !test(row));
  }

  /** All rows that still count, with the nanoseconds since they were last seen. */
  *entries(now: SimTime): Generator<{ readonly row: FdbEntry; readonly age: number }> {
    for (let slot = 0; slot < this.rows.length; slot++) {
      const row = this.rows[slot];
      const age = now - (this.seen[slot] as number);
      if (row !== undefined && (row.local || age < AGEING_TIME)) yield { row, age: row.local ? 0 : age };
    }
  }

  private put(row: FdbEntry, now: SimTime): FdbEntry {
    let slot = this.slotOf(row.mac);
    if (this.rows[slot] === undefined) {
      if (2 * (this.count + 1) > this.keys.length) {
        this.rebuild(0, (old, seen) => old.local || now - seen < AGEING_TIME);
        slot = this.slotOf(row.mac);
      }
      this.count++;
    }
    this.keys[slot] = row.mac;
    this.seen[slot] = now;
    this.rows[slot] = row;
    return row;
  }

  /** Into a fresh table of that size, or of one that leaves room where the size is 0. */
  private rebuild(size: number, keep: (row: FdbEntry, seen: SimTime) => boolean): void {
    const { rows, seen } = this;
    const kept = rows.map((row, slot) => row !== undefined && keep(row, seen[slot] as number));
    const live = kept.filter(Boolean).length;
    let length = size;
    if (size === 0) for (length = 16; length < 4 * (live + 1); ) length *= 2;
    this.keys = new Float64Array(length);
    this.seen = new Float64Array(length);
    this.rows = emptySlots(length);
    this.count = 0;
    for (let slot = 0; slot < rows.length; slot++)
      if (kept[slot]) this.put(rows[slot] as FdbEntry, seen[slot] as number);
  }

  /** Where an address is, or where it would go. */
  private slotOf(mac: Mac): number {
    const mask = this.keys.length - 1;
    const low = mac | 0;
    const high = (mac / 0x100000000) | 0;
    let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 7;
    for (slot &= mask; this.rows[slot] !== undefined && this.keys[slot] !== mac; ) slot = (slot + 1) & mask;
    return slot;
  }
}
