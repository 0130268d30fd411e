import { concatBytes, NO_BYTES } from '../../../base/bytes.ts';
import type { SimTime } from '../../../sim/clock.ts';
import { add, after } from './sequence.ts';

/** A segment on its way, kept until it is acknowledged. Its place in the queue is used again for a later one. */
export class InFlight {
  sequence = 0;
  /** The sequence number after it: data, and one for a SYN or a FIN. */
  end = 0;
  data: Uint8Array = NO_BYTES;
  flags = 0;
  sentAt: SimTime = 0;
  /** Sent more than once: its acknowledgement measures nothing (Karn). */
  again = false;
}

/** What goes out: bytes that were not sent yet, and segments that were not acknowledged yet (a ring of reused places). */
export class SendQueue {
  /** Bytes not sent yet. */
  unsent = 0;
  /** Bytes sent and not acknowledged. */
  flying = 0;
  /** Segments sent and not acknowledged. */
  count = 0;
  /** Whether the last `take` reached the end of what the program wrote at once. */
  tookEndOfWrite = false;
  private ring: InFlight[] = [];
  private first = 0;
  private chunks: Uint8Array[] = [];
  private firstChunk = 0;
  /** Bytes of the first chunk that have been taken. */
  private taken = 0;

  push(data: Uint8Array): void {
    this.chunks.push(data);
    this.unsent += data.length;
  }

  /** The next `length` bytes to send; without copying where one chunk holds them all. */
  take(length: number): Uint8Array {
    this.unsent -= length;
    const chunk = this.chunks[this.firstChunk] as Uint8Array;
    const { taken } = this;
    const end = taken + length;
    if (end < chunk.length) {
      this.taken = end;
      this.tookEndOfWrite = false;
      return chunk.subarray(taken, end);
    }
    this.tookEndOfWrite = true;
    if (end > chunk.length) return this.gather(length);
    this.nextChunk();
    return taken === 0 ? chunk : chunk.subarray(taken, end);
  }

  /** Keeps a segment that goes out. */
  sent(sequence: number, end: number, data: Uint8Array, flags: number, now: SimTime): void {
    if (this.count === this.ring.length) this.grow();
    const place = this.ring[(this.first + this.count++) & (this.ring.length - 1)] as InFlight;
    place.sequence = sequence;
    place.end = end;
    place.data = data;
    place.flags = flags;
    place.sentAt = now;
    place.again = false;
    this.flying += data.length;
  }

  /** The segment in flight that is the `index`th, the oldest being 0. */
  at(index: number): InFlight {
    return this.ring[(this.first + index) & (this.ring.length - 1)] as InFlight;
  }

  get oldest(): InFlight | null {
    return this.count === 0 ? null : this.at(0);
  }

  get newest(): InFlight | null {
    return this.count === 0 ? null : this.at(this.count - 1);
  }

  /**
   * Forgets what is acknowledged up to there; a segment that is acknowledged in part keeps its rest.
   * @returns how many segments are gone; the last of them stands at `at(-1)` until something else is sent
   */
  acknowledged(upTo: number): number {
    let gone = 0;
    while (this.count > 0) {
      const segment = this.at(0);
      if (after(segment.end, upTo)) {
        this.trim(segment, upTo);
        break;
      }
      this.flying -= segment.data.length;
      segment.data = NO_BYTES;
      this.first = (this.first + 1) & (this.ring.length - 1);
      this.count--;
      gone++;
    }
    return gone;
  }

  /** Cuts the `index`th segment in flight in two, where the path has become too narrow for it. */
  split(index: number, length: number): void {
    const { sequence, end, data, flags, sentAt } = this.at(index);
    if (this.count === this.ring.length) this.grow();
    const mask = this.ring.length - 1;
    const spare = this.ring[(this.first + this.count) & mask] as InFlight;
    for (let i = this.count; i > index + 1; i--)
      this.ring[(this.first + i) & mask] = this.ring[(this.first + i - 1) & mask] as InFlight;
    this.ring[(this.first + index + 1) & mask] = spare;
    this.count++;
    const head = this.at(index);
    head.end = add(sequence, length);
    head.data = data.subarray(0, length);
    // FIN and PSH belong to the last byte (tcp_fragment).
    head.flags = flags & ~0b1001;
    Object.assign(spare, { sequence: head.end, end, data: data.subarray(length), flags, sentAt, again: false });
  }

  clear(): void {
    this.ring = [];
    this.first = 0;
    this.count = 0;
    this.chunks = [];
    this.firstChunk = 0;
    this.taken = 0;
    this.unsent = 0;
    this.flying = 0;
  }

  private trim(segment: InFlight, upTo: number): void {
    const count = (upTo - segment.sequence) | 0;
    if (count <= 0 || count >= segment.data.length) return;
    this.flying -= count;
    segment.sequence = add(segment.sequence, count);
    segment.data = segment.data.subarray(count);
  }

  private nextChunk(): void {
    this.chunks[this.firstChunk++] = NO_BYTES;
    this.taken = 0;
    if (this.firstChunk === this.chunks.length) {
      this.chunks.length = 0;
      this.firstChunk = 0;
    } else if (this.firstChunk >= 64) {
      this.chunks = this.chunks.slice(this.firstChunk);
      this.firstChunk = 0;
    }
  }

  /** Bytes out of several chunks. */
  private gather(length: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const chunk = this.chunks[this.firstChunk] as Uint8Array;
      const part = Math.min(left, chunk.length - this.taken);
      parts.push(chunk.subarray(this.taken, this.taken + part));
      this.taken += part;
      left -= part;
      if (this.taken === chunk.length) this.nextChunk();
    }
    return concatBytes(parts);
  }

  private grow(): void {
    const larger = Math.max(8, 2 * this.ring.length);
    const ring: InFlight[] = [];
    for (let i = 0; i < larger; i++) ring.push(i < this.count ? this.at(i) : new InFlight());
    this.ring = ring;
    this.first = 0;
  }
}
