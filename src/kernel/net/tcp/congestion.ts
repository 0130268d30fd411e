import { after } from './sequence.ts';

const INITIAL_WINDOW = 10;
const LEAST_THRESHOLD = 2;
const DUPLICATES = 3;

/**
 * The congestion window in segments: slow start, congestion avoidance and NewReno recovery (RFC 5681, RFC 6582, RFC 6928).
 * Linux's default is CUBIC with SACK; on links as short as these both send as fast as the window lets them.
 */
export class Congestion {
  /** Segments that may be in flight. */
  window = INITIAL_WINDOW;
  /** `recovery`: three duplicates told of one loss. `loss`: a time-out took all in flight for lost. */
  phase: 'open' | 'recovery' | 'loss' = 'open';
  /** The window, and not the other side's or an empty queue, held something back: only then it may grow (RFC 7661). */
  limited = false;
  private threshold = Number.POSITIVE_INFINITY;
  /** What had been sent when the loss was noticed; recovery ends when it is acknowledged. */
  private recover = 0;
  private duplicates = 0;

  /**
   * So many segments were acknowledged, up to there.
   * @returns whether the next segment is missing too and has to go again
   */
  acknowledged(segments: number, upTo: number): boolean {
    this.duplicates = 0;
    if (this.phase === 'open') {
      this.grow(segments);
      return false;
    }
    const over = !after(this.recover, upTo);
    if (this.phase === 'loss') {
      if (over) this.phase = 'open';
      this.window = this.window < this.threshold ? this.window + segments : this.window + segments / this.window;
      return false;
    }
    if (over) {
      this.phase = 'open';
      this.window = this.threshold;
      return false;
    }
    this.window = Math.max(1, this.window - segments + 1);
    return true;
  }

  /** The same acknowledgement once more. @returns whether it is the one that tells of a loss */
  duplicate(inFlight: number, sendNext: number): boolean {
    if (this.phase === 'loss') return false;
    this.duplicates++;
    if (this.phase === 'recovery') {
      this.window++;
      return false;
    }
    if (this.duplicates !== DUPLICATES) return false;
    this.threshold = Math.max(LEAST_THRESHOLD, inFlight / 2);
    this.window = this.threshold + DUPLICATES;
    this.phase = 'recovery';
    this.recover = sendNext;
    return true;
  }

  timedOut(inFlight: number, sendNext: number): void {
    // A second time-out for the same loss says nothing new about the path (RFC 5681 section 3.1).
    if (this.phase !== 'loss') this.threshold = Math.max(LEAST_THRESHOLD, inFlight / 2);
    this.phase = 'loss';
    this.recover = sendNext;
    this.window = 1;
    this.duplicates = 0;
  }

  private grow(segments: number): void {
    if (!this.limited) return;
    this.limited = false;
    if (this.window < this.threshold) this.window += segments;
    else this.window += segments / this.window;
  }
}
