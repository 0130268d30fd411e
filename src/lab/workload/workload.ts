export interface Measured {
  /** Frames that crossed a cable. */
  readonly hops: number;
  readonly events: number;
  /** Messages or bytes that arrived. */
  readonly delivered: number;
}

/** One workload, set up. It can run again and again; `run` is what is measured, `reset` comes before each. */
export interface Prepared {
  reset(): void;
  run(): Measured;
}

export interface Workload {
  readonly name: string;
  readonly sizes: readonly number[];
  prepare(n: number, trace: boolean): Prepared;
}
