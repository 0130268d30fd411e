import type { SimTime } from '../../../sim/clock.ts';
import { add, after } from './sequence.ts';

/** A segment on its way, kept until it is acknowledged. */
export interface InFlight {
  readonly sequence: number;
  /** The sequence number after it: data, and one for a SYN or a FIN. */
  readonly end: number;
  readonly data: Uint8Array;
  /** A SYN that crosses the other side's goes again as SYN-ACK. */
  flags: number;
  sentAt: SimTime;
  /** Sent more than once: its acknowledgement measures nothing (Karn). */
  again: boolean;
}

/** Segments that lie in two chunks are put together in blocks of this size: few large buffers instead of many small ones. */
const BLOCK = 65_536;
const EMPTY = new Uint8Array(0);

/** What goes out: bytes that were not sent yet, and segments that were not acknowledged yet. */
export class SendQueue {
  readonly inFlight: InFlight[] = [];
  private first = 0;
  private chunks: Uint8Array[] = [];
  private firstChunk = 0;
  /** Bytes of the first chunk that have gone. */
  private offset = 0;
  private block = EMPTY;
  private blockUsed = 0;
  /** Bytes not sent yet. */
  unsent = 0;
  /** Bytes sent and not acknowledged. */
  flying = 0;

  push(data: Uint8Array): void {
    this.chunks.push(data);
    this.unsent += data.length;
  }

  /** The next `length` bytes to send; of one chunk where it holds as many, without copying. */
  take(length: number): Uint8Array {
    this.unsent -= length;
    const { offset } = this;
    const chunk = this.chunks[this.firstChunk] as Uint8Array;
    const end = offset + length;
    if (end > chunk.length) return this.gather(length);
    if (end === chunk.length) this.dropChunk();
    else this.offset = end;
    return offset === 0 && end === chunk.length ? chunk : chunk.subarray(offset, end);
  }

  /** The same where it lies in several chunks. */
  private gather(length: number): Uint8Array {
    if (this.blockUsed + length > this.block.length) {
      this.block = new Uint8Array(Math.max(BLOCK, length));
      this.blockUsed = 0;
    }
    const start = this.blockUsed;
    const end = start + length;
    let at = start;
    while (at < end) {
      const chunk = this.chunks[this.firstChunk] as Uint8Array;
      const count = Math.min(end - at, chunk.length - this.offset);
      this.block.set(chunk.subarray(this.offset, this.offset + count), at);
      at += count;
      this.offset += count;
      if (this.offset === chunk.length) this.dropChunk();
    }
    this.blockUsed = end;
    return this.block.subarray(start, end);
  }

  private dropChunk(): void {
    this.offset = 0;
    if (++this.firstChunk === this.chunks.length) {
      this.chunks = [];
      this.firstChunk = 0;
    } else if (this.firstChunk === 64) {
      this.chunks.splice(0, 64);
      this.firstChunk = 0;
    }
  }

  sent(segment: InFlight): void {
    this.inFlight.push(segment);
    this.flying += segment.data.length;
  }

  get oldest(): InFlight | null {
    return this.inFlight[this.first] ?? null;
  }

  get newest(): InFlight | null {
    return this.first < this.inFlight.length ? (this.inFlight.at(-1) as InFlight) : null;
  }

  /** Forgets what is acknowledged up to there. @returns the last segment that was acknowledged whole */
  acknowledged(upTo: number): InFlight | null {
    let last: InFlight | null = null;
    while (this.first < this.inFlight.length) {
      const segment = this.inFlight[this.first] as InFlight;
      if (after(segment.end, upTo)) {
        this.trim(segment, upTo);
        break;
      }
      this.flying -= segment.data.length;
      last = segment;
      this.first++;
    }
    if (this.first > 64 || this.first === this.inFlight.length) {
      this.inFlight.splice(0, this.first);
      this.first = 0;
    }
    return last;
  }

  clear(): void {
    this.inFlight.length = 0;
    this.first = 0;
    this.chunks = [];
    this.firstChunk = 0;
    this.offset = 0;
    this.block = EMPTY;
    this.blockUsed = 0;
    this.unsent = 0;
    this.flying = 0;
  }

  /** A segment that is acknowledged in part keeps its rest. */
  private trim(segment: InFlight, upTo: number): void {
    const count = (upTo - segment.sequence) | 0;
    if (count <= 0 || count >= segment.data.length) return;
    this.flying -= count;
    this.inFlight[this.first] = {
      ...segment,
      sequence: add(segment.sequence, count),
      data: segment.data.subarray(count),
    };
  }
}
