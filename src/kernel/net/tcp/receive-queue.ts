import { ByteQueue } from '../../process/byte-queue.ts';
import { add, after, ahead } from './sequence.ts';

interface Early {
  readonly sequence: number;
  readonly data: Uint8Array;
}

/** Bytes of segments that came too early which are kept; what comes beyond is sent again by the other side anyway. */
const MOST_EARLY = 1 << 20;

/** What has come in: bytes in order for the reader, and segments that came too early and wait for those before them. */
export class ReceiveQueue {
  readonly bytes = new ByteQueue();
  /** By sequence number. */
  private early: Early[] = [];
  private earlyBytes = 0;

  /**
   * Takes the data of a segment.
   * @param next the next sequence number that is expected
   * @returns the next one after it
   */
  take(next: number, sequence: number, data: Uint8Array): number {
    const old = ahead(next, sequence);
    if (old < 0) {
      this.keep(sequence, data);
      return next;
    }
    if (old >= data.length) return next;
    this.bytes.push(old === 0 ? data : data.subarray(old));
    const reached = add(sequence, data.length);
    return this.early.length === 0 ? reached : this.join(reached);
  }

  get hasEarly(): boolean {
    return this.early.length > 0;
  }

  clear(): void {
    this.bytes.clear();
    this.early = [];
    this.earlyBytes = 0;
  }

  private keep(sequence: number, data: Uint8Array): void {
    let at = this.early.length;
    while (at > 0 && after((this.early[at - 1] as Early).sequence, sequence)) at--;
    const before = this.early[at - 1];
    // The one before it, or one at the same place, may hold all of it already.
    if (before !== undefined && ahead(add(before.sequence, before.data.length), add(sequence, data.length)) >= 0) return;
    if (this.earlyBytes + data.length > MOST_EARLY) return;
    this.early.splice(at, 0, { sequence, data });
    this.earlyBytes += data.length;
  }

  private join(next: number): number {
    let reached = next;
    let used = 0;
    for (; used < this.early.length; used++) {
      const { sequence, data } = this.early[used] as Early;
      if (after(sequence, reached)) break;
      this.earlyBytes -= data.length;
      const old = ahead(reached, sequence);
      if (old >= data.length) continue;
      this.bytes.push(old === 0 ? data : data.subarray(old));
      reached = add(sequence, data.length);
    }
    if (used > 0) this.early.splice(0, used);
    return reached;
  }
}
