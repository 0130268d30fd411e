import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { ProgressEvent } from './event.ts';

/** How the progress of an operation is shown: `--progress`, or what suits the terminal. */
export type ProgressMode = 'auto' | 'tty' | 'plain' | 'json' | 'quiet';

/** Hears of all that an operation does; any of its threads may tell it. */
export interface Progress {
  event(proc: Proc, event: ProgressEvent): Sys<void>;
  /** Shows itself anew: ten times a second, and at the end. */
  draw(proc: Proc): Sys<void>;
}

/** Events as they come, a line each. */
export const PLAIN: Progress = {
  *event(proc, { id, text = '', statusText }) {
    yield* proc.write(2, ` ${id} ${text} ${statusText}\n`);
  },
  *draw() {},
};

export const QUIET: Progress = {
  *event() {},
  *draw() {},
};

/** Events as they come, a JSON object each. */
export const JSON_LINES: Progress = {
  *event(proc, { id, text, status, statusText }) {
    const event = { id, text: text ?? statusText, ...(text !== undefined && { details: statusText }) };
    const failed = status === 'error' ? { error: true } : {};
    yield* proc.write(2, `${JSON.stringify({ ...event, ...failed })}\n`);
  },
  *draw() {},
};
