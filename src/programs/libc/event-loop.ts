import type { Fd, PollRequest, Proc, Suspension, Sys } from '../../kernel/syscalls/proc.ts';

/** What a coroutine of an event loop waits for. */
export interface IoWait {
  readonly kind: 'io';
  readonly fd: Fd | null;
  readonly what: 'read' | 'write';
  readonly deadline: number;
  /** Nothing is under way: the wait may be ended early when the loop closes down. */
  readonly idle: boolean;
  /** What ended it. */
  outcome: 'ready' | 'timeout' | 'closing';
}

/** Code that runs beside others in one process: it makes system calls that don't wait, and waits by `until`. */
export type Coroutine<T> = Generator<Suspension | IoWait, T, void>;

interface WaitOptions {
  readonly deadline?: number;
  readonly idle?: boolean;
}

/** Waits until a descriptor can be read or written, or for a time alone (null). */
export function* until(
  fd: Fd | null,
  what: 'read' | 'write',
  { deadline = Number.POSITIVE_INFINITY, idle = false }: WaitOptions = {},
): Coroutine<IoWait['outcome']> {
  const wait: IoWait = { kind: 'io', fd, what, deadline, idle, outcome: 'ready' };
  yield wait;
  return wait.outcome;
}

/** Runs coroutines side by side on poll(2), as servers with one thread do. */
export class EventLoop {
  private readonly waiting = new Map<Coroutine<void>, IoWait>();
  private readonly runnable: Coroutine<void>[] = [];

  get size(): number {
    return this.waiting.size + this.runnable.length;
  }

  add(coroutine: Coroutine<void>): void {
    this.runnable.push(coroutine);
  }

  /** Ends the waits of coroutines that have nothing under way. */
  closeIdle(): void {
    for (const [coroutine, wait] of this.waiting) if (wait.idle) this.wake(coroutine, wait, 'closing');
  }

  /** Drops those that wait for one descriptor, with what they were doing. */
  drop(fd: Fd): void {
    for (const [coroutine, wait] of this.waiting) if (wait.fd === fd) this.waiting.delete(coroutine);
  }

  /** Runs what can run, then waits for the next thing to happen. @returns whether a signal came instead */
  *turn(proc: Proc): Sys<'done' | 'signal'> {
    for (let next = this.runnable.shift(); next; next = this.runnable.shift()) yield* this.resume(next);
    if (this.waiting.size === 0) return 'done';
    const requests: PollRequest[] = [];
    let deadline = Number.POSITIVE_INFINITY;
    for (const wait of this.waiting.values()) {
      if (wait.fd !== null) requests.push({ fd: wait.fd, [wait.what]: true });
      deadline = Math.min(deadline, wait.deadline);
    }
    const limit = deadline === Number.POSITIVE_INFINITY ? undefined : Math.max(0, deadline - proc.now());
    const ready = yield* proc.poll(requests, limit);
    if (!ready.ok) return 'signal';
    const now = proc.now();
    for (const [coroutine, wait] of this.waiting) {
      const found = ready.value.some(({ fd, read, write }) => fd === wait.fd && (wait.what === 'read' ? read : write));
      if (found || wait.deadline <= now) this.wake(coroutine, wait, found ? 'ready' : 'timeout');
    }
    return 'done';
  }

  private wake(coroutine: Coroutine<void>, wait: IoWait, outcome: IoWait['outcome']): void {
    wait.outcome = outcome;
    this.waiting.delete(coroutine);
    this.runnable.push(coroutine);
  }

  /** Runs one until it waits or ends; its system calls go on to the kernel. */
  private *resume(coroutine: Coroutine<void>): Sys<void> {
    for (let step = coroutine.next(); !step.done; step = coroutine.next()) {
      if (step.value.kind === 'io') {
        this.waiting.set(coroutine, step.value);
        return;
      }
      yield step.value;
    }
  }
}
