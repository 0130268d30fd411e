import { type Duration, MILLISECOND, type SimTime } from '../../sim/clock.ts';

/** HZ=250, as Debian and Ubuntu build their kernels: 4 ms. */
const JIFFY = 4 * MILLISECOND;

/**
 * When a kernel timer of so many nanoseconds really rings: the wheel of kernel/time/timer.c sorts long timers into
 * coarse buckets and rings late, never early. A timer of 5 s rings up to 256 ms after its time, one of 1 s up to 32 ms.
 * What one sees of it: `confirmed less than 5 s ago` is never true when nothing has happened since.
 */
export function wheelDelay(now: SimTime, delay: Duration): Duration {
  const jiffies = Math.floor(now / JIFFY);
  const expires = jiffies + Math.ceil(delay / JIFFY);
  let granularity = 1;
  for (let reach = 63; expires - jiffies >= reach && granularity < 8 ** 8; reach *= 8) granularity *= 8;
  const rings = (Math.floor(expires / granularity) + 1) * granularity;
  return rings * JIFFY - now;
}
