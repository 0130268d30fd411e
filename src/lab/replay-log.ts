import { ok, err, type Result } from '../base/result.ts';
import type { SimTime } from '../sim/clock.ts';
import type { Lab, TerminalId } from './lab.ts';
import type { LoggedInput, SessionLoss } from './messages.ts';

export interface ReplayOptions {
  readonly log: readonly LoggedInput[];
  /** Where the machine is to stand afterwards. */
  readonly time: SimTime;
  readonly onOutput: (terminal: TerminalId, text: string) => void;
  readonly onExercise: (id: string | null) => void;
  /** Called while time passes, several times a second of it. */
  readonly onTime: () => void;
}

const STEP = 100e6;
/** Events between two moments at which a replay can be put aside. */
const EVENTS = 200;

/** Plays a log into a fresh lab, and then lets time pass up to where the session was. */
export function replayLog(lab: Lab, options: ReplayOptions): Result<void, SessionLoss> {
  const steps = replaySteps(lab, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in small steps, for whoever has other things to do in between. */
export function* replaySteps(lab: Lab, options: ReplayOptions): Generator<void, Result<void, SessionLoss>, void> {
  function* passTo(time: SimTime): Generator<void, void, void> {
    while (lab.now < time) {
      // Whole stretches in which nothing happens pass at once.
      const next = Math.min(time, Math.max(lab.now + STEP, Math.min(lab.world.queue.nextTime, time)));
      while (!lab.advanceUpTo(next, EVENTS)) yield;
      options.onTime();
      yield;
    }
  }
  for (const input of options.log) {
    if (!isInput(input) || input.at < lab.now) return err('broken log');
    yield* passTo(input.at);
    if ('check' in input && input.check !== lab.fingerprint()) return err('another build');
    apply(lab, input, options);
  }
  yield* passTo(options.time);
  return ok();
}

function apply(lab: Lab, input: LoggedInput, { onOutput, onExercise }: ReplayOptions): void {
  if ('open' in input) {
    const { open: id, columns, rows, folder } = input;
    lab.openTerminal({ id, columns, rows, cwd: folder, onOutput: (text) => onOutput(id, text) });
  } else if ('close' in input) lab.closeTerminal(input.close);
  else if ('type' in input) lab.type(input.type, input.text);
  else if ('resize' in input) lab.resize(input.resize, input.columns, input.rows);
  else if ('write' in input) lab.writeFile(input.write, input.content);
  else if ('makeFolder' in input) lab.makeFolder(input.makeFolder);
  else if ('remove' in input) lab.removeFile(input.remove);
  else if ('rename' in input) lab.renameFile(input.rename, input.to);
  else if ('fetch' in input) lab.fetch(input.machine, input.fetch, () => {});
  else if ('exercise' in input) {
    lab.noteExercise(input.exercise);
    onExercise(input.exercise);
  } else lab.noteCheck();
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';

/** Which fields an input of each kind has to have; a log comes from storage or from a link, and may be anything. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  open: { open: isNumber, columns: isNumber, rows: isNumber, folder: isText },
  close: { close: isNumber },
  type: { type: isNumber, text: isText },
  resize: { resize: isNumber, columns: isNumber, rows: isNumber },
  write: { write: isText, content: isText },
  makeFolder: { makeFolder: isText },
  remove: { remove: isText },
  rename: { rename: isText, to: isText },
  fetch: { fetch: isText, machine: (value) => value === 'host' || value === 'lan' },
  exercise: { exercise: (value) => value === null || isText(value) },
  check: { check: isNumber },
};

/** Whether something is an entry of a log. */
export function isInput(value: unknown): value is LoggedInput {
  if (typeof value !== 'object' || value === null || !isNumber((value as LoggedInput).at)) return false;
  const kind = Object.keys(SHAPES).find((name) => name in value);
  return Object.entries(kind === undefined ? { none: () => false } : (SHAPES[kind] ?? {})).every(([field, fits]) =>
    fits((value as Record<string, unknown>)[field]),
  );
}
