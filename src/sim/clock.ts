/** Virtual time: nanoseconds since the machine was switched on, an exact integer in a double for 104 days. */
export type SimTime = number;
/** A span of virtual time, in nanoseconds. */
export type Duration = number;

export const MICROSECOND: Duration = 1_000;
export const MILLISECOND: Duration = 1_000_000;
export const SECOND: Duration = 1_000_000_000;
