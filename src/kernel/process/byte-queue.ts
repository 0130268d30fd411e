import { concatBytes, NO_BYTES } from '../../base/bytes.ts';

/** Bytes in order, taken from the front in any portions; chunks are kept by reference. */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  length = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  take(max: number): Uint8Array {
    if (this.length === 0) return NO_BYTES;
    if (this.chunks.length === 1 && this.length <= max) {
      this.length = 0;
      return this.chunks.pop() as Uint8Array;
    }
    const taken: Uint8Array[] = [];
    let left = Math.min(max, this.length);
    this.length -= left;
    while (left > 0) {
      const first = this.chunks[0] as Uint8Array;
      if (first.length <= left) {
        taken.push(first);
        this.chunks.shift();
        left -= first.length;
      } else {
        taken.push(first.subarray(0, left));
        this.chunks[0] = first.subarray(left);
        left = 0;
      }
    }
    return concatBytes(taken);
  }

  clear(): void {
    this.chunks = [];
    this.length = 0;
  }
}
