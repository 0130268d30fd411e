/**
 * What a step wants done: bits, because a step on the way of every segment allocates nothing. The connection carries
 * them out in one place (`TcpConnection.perform`).
 */
export const Effect = {
  none: 0,
  /** Acknowledge, unless what goes out anyway does it. */
  acknowledge: 1 << 0,
  /** Acknowledge within 40 ms, unless data goes out before. */
  acknowledgeSoon: 1 << 1,
  /** Window, congestion or the queue may let something out. */
  push: 1 << 2,
  /** Send the oldest segment that was not acknowledged again. */
  resendOldest: 1 << 3,
  /** After a time-out: send again as many lost segments as the congestion window lets out. */
  resendLost: 1 << 4,
  /** Send the newest segment again, or a new one: a tail loss probe (RFC 8985 section 7). */
  probeTail: 1 << 5,
  /** Ask whether a closed window has opened. */
  probeWindow: 1 << 6,
  /** Set the timer of what is in flight anew; or stop it if nothing is. */
  rearm: 1 << 7,
  /** Answer this segment with a reset. */
  reset: 1 << 8,
  /** The handshake is done. */
  connected: 1 << 9,
  /** Something that the program may wait for has changed. */
  tell: 1 << 10,
  /** Wait for stray segments of an ended connection, from now on. */
  waitLong: 1 << 11,
  /** Nobody holds it and only the other side's FIN is missing: don't wait for ever. */
  waitOrphaned: 1 << 12,
  /** The connection is over. */
  finished: 1 << 13,
  /** The segment was not acceptable: for the trace. */
  refused: 1 << 14,
} as const;

/** A union of `Effect`. */
export type Effects = number;
