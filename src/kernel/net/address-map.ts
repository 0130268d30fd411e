/**
 * A map from 32-bit integers (IPv4 addresses) to objects: open addressing over an Int32Array, linear probing. What the
 * hot path asks once a packet, without boxing keys or building strings.
 */
export class AddressMap<T extends object> {
  private keys: Int32Array;
  private entries: (T | undefined)[];
  private shift: number;
  private count = 0;

  constructor() {
    this.keys = new Int32Array(8);
    this.entries = emptySlots(8);
    this.shift = 29;
  }

  get size(): number {
    return this.count;
  }

  get(key: number): T | undefined {
    const mask = this.keys.length - 1;
    for (let slot = this.home(key); ; slot = (slot + 1) & mask) {
      const entry = this.entries[slot];
      if (entry === undefined || this.keys[slot] === key) return entry;
    }
  }

  set(key: number, value: T): void {
    if (2 * (this.count + 1) > this.keys.length) this.grow();
    const slot = this.slotOf(key);
    if (this.entries[slot] === undefined) this.count++;
    this.keys[slot] = key;
    this.entries[slot] = value;
  }

  delete(key: number): boolean {
    const mask = this.keys.length - 1;
    let hole = this.slotOf(key);
    if (this.entries[hole] === undefined) return false;
    this.count--;
    // Close the gap: whatever sits further on and could sit here moves back (Knuth, volume 3, 6.4 algorithm R).
    for (let slot = (hole + 1) & mask; this.entries[slot] !== undefined; slot = (slot + 1) & mask) {
      const home = this.home(this.keys[slot] as number);
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.keys[hole] = this.keys[slot] as number;
      this.entries[hole] = this.entries[slot];
      hole = slot;
    }
    this.entries[hole] = undefined;
    return true;
  }

  clear(): void {
    if (this.count === 0) return;
    this.entries.fill(undefined);
    this.count = 0;
  }

  /** All values, in an order that depends on the keys alone. */
  *values(): Generator<T> {
    for (const entry of this.entries) if (entry !== undefined) yield entry;
  }

  private home(key: number): number {
    return Math.imul(key, 0x9e3779b1) >>> this.shift;
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = this.home(key);
    while (this.entries[slot] !== undefined && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, entries } = this;
    this.keys = new Int32Array(2 * keys.length);
    this.entries = emptySlots(2 * keys.length);
    this.shift--;
    this.count = 0;
    for (let i = 0; i < keys.length; i++) {
      const entry = entries[i];
      if (entry !== undefined) this.set(keys[i] as number, entry);
    }
  }
}

/** A table without entries. */
export function emptySlots<T>(length: number): (T | undefined)[] {
  return Array.from<T | undefined>({ length }).fill(undefined);
}
