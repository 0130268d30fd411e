import { type Duration, MILLISECOND, SECOND } from '../../../sim/clock.ts';

const SHORTEST: Duration = 200 * MILLISECOND;
const LONGEST: Duration = 120 * SECOND;

/** The round-trip time as measured, and the retransmission time-out from it (RFC 6298, with Linux's bounds of 200 ms and 120 s). */
export class RoundTrip {
  /** 0: not measured yet. */
  smoothed: Duration = 0;
  private variation: Duration = 0;
  /** Before the first measurement: one second. */
  timeout: Duration = SECOND;

  measured(sample: Duration): void {
    if (this.smoothed === 0) {
      this.smoothed = sample;
      this.variation = sample / 2;
    } else {
      const difference = this.smoothed - sample;
      this.variation += (Math.abs(difference) - this.variation) / 4;
      this.smoothed += (sample - this.smoothed) / 8;
    }
    // Linux puts the floor under the variation, not under the sum (tcp_rtt_estimator).
    this.timeout = Math.min(LONGEST, this.smoothed + Math.max(SHORTEST, 4 * this.variation));
  }

  /** The time-out after so many retransmissions in a row. */
  backedOff(times: number): Duration {
    return Math.min(LONGEST, this.timeout * 2 ** times);
  }
}
