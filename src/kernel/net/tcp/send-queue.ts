import { concatBytes } from '../../../base/bytes.ts';
import type { SimTime } from '../../../sim/clock.ts';
import { add, after } from './sequence.ts';

/** A segment on its way, kept until it is acknowledged. */
export interface InFlight {
  readonly sequence: number;
  /** The sequence number after it: data, and one for a SYN or a FIN. */
  readonly end: number;
  readonly data: Uint8Array;
  readonly flags: number;
  sentAt: SimTime;
  /** Sent more than once: its acknowledgement measures nothing (Karn). */
  again: boolean;
}

/** What goes out: bytes that were not sent yet, and segments that were not acknowledged yet. */
export class SendQueue {
  readonly inFlight: InFlight[] = [];
  private first = 0;
  private readonly chunks: Uint8Array[] = [];
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
    const first = this.chunks[0] as Uint8Array;
    if (first.length === length) {
      this.chunks.shift();
      return first;
    }
    if (first.length > length) {
      this.chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const chunk = this.chunks.shift() as Uint8Array;
      parts.push(chunk.length <= left ? chunk : chunk.subarray(0, left));
      if (chunk.length > left) this.chunks.unshift(chunk.subarray(left));
      left -= Math.min(left, chunk.length);
    }
    return concatBytes(parts);
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
    this.chunks.length = 0;
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
