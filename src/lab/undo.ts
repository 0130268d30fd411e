import type { SimTime } from '../sim/clock.ts';
import type { LoggedInput } from './messages.ts';

/** A log without its last unit, and what that was. */
export interface Undone {
  readonly log: readonly LoggedInput[];
  /** Where the machine is to stand: just before the unit began. */
  readonly time: SimTime;
  /** The submitted line, as far as it was typed, or the file's path. */
  readonly what: string;
}

/**
 * Takes back the last thing that was done: a line that was submitted in a terminal, with the keys that made it and all that was
 * typed after it, or a change of a file. Terminals stay open. null: there is nothing to take back.
 */
export function undo(log: readonly LoggedInput[]): Undone | null {
  const last = log.findLastIndex(isUnit);
  const unit = log[last];
  if (unit === undefined) return null;
  const first = 'type' in unit ? firstKeyOf(log, last, unit.type) : last;
  const what = 'type' in unit ? typed(log.slice(first, last + 1), unit.type) : pathOf(unit);
  const kept = log.filter((input, i) => i < first || !(isUnit(input) || 'type' in input || 'check' in input));
  return { log: kept, time: (log[first] as LoggedInput).at, what };
}

/** Whether an input does something by itself: a submitted line, a changed file, a visited page. */
export const isUnit = (input: LoggedInput): boolean =>
  'write' in input ||
  'remove' in input ||
  'rename' in input ||
  'makeFolder' in input ||
  'fetch' in input ||
  ('type' in input && /[\r\n]/.test(input.text));

/** The first key of the line that ends with the entry at `last`. */
function firstKeyOf(log: readonly LoggedInput[], last: number, terminal: number): number {
  let first = last;
  for (let i = last - 1; i >= 0; i--) {
    const input = log[i] as LoggedInput;
    if (!('type' in input && input.type === terminal)) continue;
    if (isUnit(input)) break;
    first = i;
  }
  return first;
}

const typed = (inputs: readonly LoggedInput[], terminal: number): string =>
  inputs
    .flatMap((input) => ('type' in input && input.type === terminal ? [input.text] : []))
    .join('')
    // Keys that are no text, such as arrows, are left out.
    .replace(/\u001b(\[[0-9;]*[A-Za-z~]|O[A-Z])/g, '')
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim();

function pathOf(input: LoggedInput): string {
  if ('write' in input) return input.write;
  if ('remove' in input) return input.remove;
  if ('rename' in input) return input.rename;
  if ('makeFolder' in input) return input.makeFolder;
  return 'fetch' in input ? input.fetch : '';
}
