import { ByteQueue } from '../../process/byte-queue.ts';
import { add, after, ahead } from './sequence.ts';

interface Early {
  readonly sequence: number;
  readonly data: Uint8Array;
}

/** What has come in: bytes in order for the reader, and segments that came too early and wait for those before them. */
export class ReceiveQueue {
  readonly bytes = new ByteQueue();
  private early: Early[] = [];

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

  private keep(sequence: number, data: Uint8Array): void {
    if (this.early.some((each) => each.sequence === sequence && each.data.length >= data.length)) return;
    this.early.push({ sequence, data });
    this.early.sort((a, b) => ahead(a.sequence, b.sequence));
  }

  private join(next: number): number {
    let reached = next;
    while (this.early.length > 0 && !after((this.early[0] as Early).sequence, reached)) {
      const { sequence, data } = this.early.shift() as Early;
      const old = ahead(reached, sequence);
      if (old >= data.length) continue;
      this.bytes.push(data.subarray(old));
      reached = add(sequence, data.length);
    }
    return reached;
  }
}
