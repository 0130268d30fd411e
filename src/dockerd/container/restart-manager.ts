import { type Duration, MILLISECOND, SECOND } from '../../sim/clock.ts';
import type { HostConfig } from './spec.ts';

const FIRST_PAUSE = 100 * MILLISECOND;
const LONGEST_PAUSE = 60 * SECOND;
/** Whoever ran so long has earned a quick restart again. */
const LONG_RUN = 10 * SECOND;

/** Whether and when a container comes back after its end (restartmanager): the pause doubles from one end to the next. */
export class RestartManager {
  /** How often it was brought back since somebody started it. */
  count = 0;
  private pause: Duration = 0;

  /** A start by hand begins anew. */
  reset(): void {
    this.count = 0;
    this.pause = 0;
  }

  /** The pause before the restart that is due now; null where there is none. */
  next(policy: HostConfig['RestartPolicy'], exitCode: number, ranFor: Duration): Duration | null {
    if (policy.Name === 'no' || policy.Name === '') return null;
    if (ranFor >= LONG_RUN) this.pause = 0;
    this.pause = Math.min(LONGEST_PAUSE, this.pause === 0 ? FIRST_PAUSE : this.pause * 2);
    const { MaximumRetryCount: most } = policy;
    const restarts = policy.Name === 'on-failure' ? exitCode !== 0 && (most === 0 || this.count < most) : true;
    if (!restarts) return null;
    this.count++;
    return this.pause;
  }
}
