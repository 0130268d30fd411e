import { err, ok, type Result } from '../../base/result.ts';
import type { Fd, Pid, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { Engine, type EngineError } from '../engine/engine.ts';
import type { Console } from './console.ts';
import type { ProgressEvent } from './progress/event.ts';
import { JSON_LINES, PLAIN, type Progress, type ProgressMode, QUIET } from './progress/progress.ts';
import { TtyProgress } from './progress/tty-progress.ts';

/** One strand of work: docker compose does many things at once, each in a thread of its own. */
export interface Task {
  readonly proc: Proc;
  readonly engine: Engine;
  readonly console: Console;
  readonly progress: Progress;
  /** Takes the lines that hooks print; without it they run unheard. */
  readonly hear?: (proc: Proc, source: string, line: string) => Sys<void>;
}

/** What a strand of work ends with; a failure is what docker compose prints. */
export type Outcome<T = void> = Result<T, string>;

/** How often progress is drawn, in nanoseconds. */
const FRAME = 100e6;

export function* tell(task: Task, ...events: readonly ProgressEvent[]): Sys<void> {
  for (const event of events) yield* task.progress.event(task.proc, event);
}

/** The engine's refusal in the client's words. */
export function engineWords({ status, message }: EngineError): string {
  if (status === 0)
    return 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
  return `Error response from daemon: ${message}`;
}

export const isNotFound = ({ status }: EngineError) => status === 404;
export const isConflict = ({ status }: EngineError) => status === 409;

/** Starts a thread; its end is the end of the child. */
function* fork(task: Task, act: (task: Task) => Sys<void>): Sys<Pid | null> {
  const { proc } = task;
  const child = yield* proc.spawn({
    run: {
      program: function* (own): Sys<number> {
        yield* act({ ...task, proc: own, engine: new Engine(own) });
        return 0;
      },
    },
    argv: proc.argv,
    env: proc.env,
    thread: true,
  });
  return child.ok ? child.value : null;
}

/** Does something for each item side by side. All are waited for; the first failure is the answer (errgroup). */
export function* parallel<T>(
  task: Task,
  items: readonly T[],
  act: (task: Task, item: T) => Sys<Outcome>,
): Sys<Outcome> {
  const [only] = items;
  if (items.length === 1) return yield* act(task, only as T);
  let outcome: Outcome = ok();
  for (const item of items) {
    yield* fork(task, function* (own) {
      const done = yield* act(own, item);
      if (!done.ok && outcome.ok) outcome = done;
    });
  }
  for (let left = items.length; left > 0; ) if (yield* childEnded(task.proc)) left--;
  return outcome;
}

function* childEnded(proc: Proc, pid: Pid = -1): Sys<boolean> {
  const status = yield* proc.wait(pid);
  // Interrupted by a signal: still waiting. No child at all: nothing to wait for.
  return status.ok || status.error !== 'EINTR';
}

/**
 * Does something for each name once all that it waits for is done, as many as possible at once. After a failure nothing
 * new begins (pkg/compose/dependencies.go).
 */
export function* inOrder(
  task: Task,
  waits: ReadonlyMap<string, readonly string[]>,
  act: (task: Task, name: string) => Sys<Outcome>,
): Sys<Outcome> {
  const open = new Set(waits.keys());
  const done = new Set<string>();
  let running = 0;
  let outcome: Outcome = ok();
  for (;;) {
    const ready = outcome.ok
      ? [...open].filter((name) => (waits.get(name) ?? []).every((each) => done.has(each) || !waits.has(each)))
      : [];
    for (const name of ready) open.delete(name);
    const [only] = ready;
    if (ready.length === 1 && running === 0) {
      outcome = yield* act(task, only as string);
      if (outcome.ok) done.add(only as string);
      continue;
    }
    for (const name of ready) {
      running++;
      yield* fork(task, function* (own) {
        const result = yield* act(own, name);
        if (result.ok) done.add(name);
        else if (outcome.ok) outcome = result;
      });
    }
    if (running === 0) return outcome;
    if (yield* childEnded(task.proc)) running--;
  }
}

export interface ProgressOptions {
  readonly mode: ProgressMode;
  /** Behind `[+]`. */
  readonly title: string;
  readonly colors: boolean;
}

/** Work that goes on beside its caller. */
export class Background {
  outcome: Outcome | null = null;
  ended = false;

  constructor(
    /** Becomes readable as the work ends: for poll. */
    readonly fd: Fd,
    private readonly pid: Pid | null,
  ) {}

  /** Waits for its end. */
  *wait(proc: Proc): Sys<void> {
    if (this.ended) return;
    this.ended = true;
    if (this.pid !== null) for (let over = false; !over; ) over = yield* childEnded(proc, this.pid);
    yield* proc.close(this.fd);
  }
}

/** Begins work in a thread. Signals are the caller's to look at, unless Ctrl+C may end both. */
export function* background(
  task: Task,
  act: (task: Task) => Sys<Outcome>,
  signals: 'caught by the caller' | 'dies of signals' = 'caught by the caller',
): Sys<Background> {
  const { proc } = task;
  const pipe = yield* proc.pipe();
  if (!pipe.ok) throw new Error('no descriptor left for a pipe');
  const { read, write } = pipe.value;
  let work: Background | null = null;
  let early: Outcome | null = null;
  const child = yield* proc.spawn({
    run: {
      program: function* (own): Sys<number> {
        const outcome = yield* act({ ...task, proc: own, engine: new Engine(own) });
        if (work) work.outcome = outcome;
        else early = outcome;
        return 0;
      },
    },
    argv: proc.argv,
    env: proc.env,
    thread: true,
    // The pipe's other end closes as the thread ends.
    fds: [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, write],
    ],
    ...(signals === 'caught by the caller' && {
      dispositions: new Map([
        ['SIGINT', 'ignore'],
        ['SIGTERM', 'ignore'],
      ]),
    }),
  });
  yield* proc.close(write);
  work = new Background(read, child.ok ? child.value : null);
  work.outcome = early;
  return work;
}

/** Runs an operation and shows its progress meanwhile. */
export function* withProgress<T>(
  console: Console,
  options: ProgressOptions,
  act: (task: Task) => Sys<Outcome<T>>,
): Sys<Outcome<T>> {
  const { proc } = console;
  const progress = progressOf(proc, options);
  const task: Task = { proc, engine: new Engine(proc), console, progress };
  if (!(progress instanceof TtyProgress)) return yield* act(task);
  let outcome: Outcome<T> | null = null;
  const work = yield* background(
    task,
    function* (own) {
      outcome = yield* act(own);
      return ok();
    },
    'dies of signals',
  );
  for (;;) {
    const ready = yield* proc.poll([{ fd: work.fd, read: true }], FRAME);
    if (ready.ok && ready.value.length > 0) break;
    yield* progress.draw(proc);
  }
  yield* work.wait(proc);
  yield* progress.draw(proc);
  return outcome ?? err('the operation was interrupted');
}

function progressOf(proc: Proc, { mode, title, colors }: ProgressOptions): Progress {
  switch (mode) {
    case 'quiet':
      return QUIET;
    case 'json':
      return JSON_LINES;
    case 'plain':
      return PLAIN;
    case 'tty':
      return new TtyProgress(title, colors);
    case 'auto':
      return proc.isTty(2) ? new TtyProgress(title, colors) : PLAIN;
  }
}
