/** When the parts of a transfer were done, nanoseconds of the machine's clock; null: not yet. */
export interface Timings {
  readonly started: number;
  nameLookup: number | null;
  connect: number | null;
  preTransfer: number | null;
  startTransfer: number | null;
  finished: number | null;
}

export const newTimings = (now: number): Timings => ({
  started: now,
  nameLookup: null,
  connect: null,
  preTransfer: null,
  startTransfer: null,
  finished: null,
});
