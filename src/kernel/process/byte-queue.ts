import { concatBytes, NO_BYTES } from '../../base/bytes.ts';

/** Bytes in order, taken from the front in any portions; chunks are kept by reference. */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  /** The first chunk that has not been taken. */
  private first = 0;
  length = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  take(max: number): Uint8Array {
    if (this.length === 0) return NO_BYTES;
    const chunk = this.chunks[this.first] as Uint8Array;
    if (chunk.length >= max) return this.takeFromFirst(chunk, max);
    const taken: Uint8Array[] = [];
    for (let left = Math.min(max, this.length); left > 0; ) {
      const part = this.takeFromFirst(this.chunks[this.first] as Uint8Array, left);
      taken.push(part);
      left -= part.length;
    }
    return taken.length === 1 ? (taken[0] as Uint8Array) : concatBytes(taken);
  }

  private takeFromFirst(chunk: Uint8Array, max: number): Uint8Array {
    if (chunk.length > max) {
      this.length -= max;
      this.chunks[this.first] = chunk.subarray(max);
      return chunk.subarray(0, max);
    }
    this.length -= chunk.length;
    this.first++;
    if (this.length === 0) this.clear();
    else if (this.first >= 64 && 2 * this.first >= this.chunks.length) {
      this.chunks.splice(0, this.first);
      this.first = 0;
    }
    return chunk;
  }

  clear(): void {
    this.chunks.length = 0;
    this.first = 0;
    this.length = 0;
  }
}
