/** How an exercise stands at one moment: plain data, for the guide. The same object as before where nothing has changed. */
export interface ExerciseReport {
  readonly exercise: string;
  readonly checks: Readonly<Record<string, CheckState>>;
  /** Ids of the mistakes that can be seen now. */
  readonly mistakes: readonly string[];
  /** Questions that the world has answered: question to choice. */
  readonly answers: Readonly<Record<string, string>>;
  /** What `{{values}}` stand for; those that aren't known yet are missing. */
  readonly values: Readonly<Record<string, string>>;
  readonly solved: boolean;
}

/** A check is `waiting` for others that come before it, `open`, `holding` as long as it is so, or `satisfied` for good. */
export type CheckState = 'waiting' | 'open' | 'holding' | 'satisfied';
