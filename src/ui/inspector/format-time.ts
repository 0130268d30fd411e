import type { SimTime } from '../../lab/feed/feed.ts';

/** Seconds since the machine was switched on, to the microsecond. */
export const formatTime = (time: SimTime): string => (time / 1e9).toFixed(6);
