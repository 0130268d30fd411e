import type { Duration, SimTime } from '../../sim/clock.ts';
import type { OpenFile } from '../fs/open-file.ts';

type Direction = 'receive' | 'send';

/** SO_RCVTIMEO and SO_SNDTIMEO of the sockets that have one. */
const timeouts = new WeakMap<OpenFile, Record<Direction, Duration>>();

export function limitWaiting(file: OpenFile, direction: Direction, value: Duration): void {
  timeouts.set(file, { receive: 0, send: 0, ...timeouts.get(file), [direction]: value });
}

/** Until when a call on it may wait. */
export function deadlineOf(file: OpenFile, direction: Direction, now: SimTime): SimTime {
  const limit = timeouts.get(file)?.[direction] ?? 0;
  return limit > 0 ? now + limit : Number.POSITIVE_INFINITY;
}
