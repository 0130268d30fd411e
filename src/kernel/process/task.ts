import type { Duration, SimTime } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import { type Place, TraceKind } from '../../sim/trace.ts';
import type { Kernel } from '../kernel.ts';
import type { Pid, Program, Suspension, Sys, WaitStatus } from '../syscalls/proc.ts';
import type { Disposition, Signal } from '../syscalls/signal.ts';
import { FileTable } from './file-table.ts';
import type { Namespaces, PidNamespace } from './namespaces.ts';
import type { ProcessGroup } from './process-group.ts';
import { effectOf, isJobControl } from './signal-effect.ts';
import { SystemCalls } from './system-calls.ts';
import { type Waiter, WaitQueue } from './wait-queue.ts';

/** What one system call costs. */
const SYSTEM_CALL: Duration = 1_000;
/** What ending costs: its memory goes before its descriptors close (exit_mm and exit_files in kernel/exit.c). */
const EXIT: Duration = 100_000;
/** How many of them a process makes before others get their turn. */
const SLICE = 64;
/** How much time it may use before that. */
const LONGEST_SLICE: Duration = 400_000;
/** A process that has given up the processor so often without waiting for anything only burns it, */
const SPINS = 2_000;
/** and does that in coarser steps, so that its virtual seconds don't take real ones. */
const COARSE: Duration = 20_000;

const CPU: Suspension = { kind: 'cpu' };
const WAIT: Suspension = { kind: 'wait' };

export type WakeReason = 'woken' | 'timeout' | 'signal';
export type ExitStatus =
  | { readonly how: 'exited'; readonly status: number }
  | { readonly how: 'signaled'; readonly signal: Signal };

export interface TaskOptions {
  readonly kernel: Kernel;
  readonly program: Program;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly uid: number;
  readonly namespaces: Namespaces;
  readonly parent: Task | null;
  readonly group: (ids: ReadonlyMap<PidNamespace, number>) => ProcessGroup;
  readonly dispositions?: ReadonlyMap<Signal, Disposition>;
  readonly thread?: boolean;
  readonly onExit?: (status: WaitStatus) => void;
}

/** A text longer than any that there can be: the out-of-memory killer ends who wanted it (mm/oom_kill.c). */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /^Invalid (?:string|array|count)/.test(error.message);
}

/**
 * A process, as the kernel keeps it (struct task_struct): its program's generator, what it waits for, its signals and its
 * family. Programs see it only through `SystemCalls`.
 */
export class Task implements EventTarget<number>, Waiter, Place {
  readonly kernel: Kernel;
  argv: readonly string[];
  readonly namespaces: Namespaces;
  /** Its number in each pid namespace that sees it. */
  readonly pids: ReadonlyMap<PidNamespace, Pid>;
  readonly files = new FileTable();
  readonly started: SimTime;
  /** A thread of its program, which lists of processes leave out. */
  readonly thread: boolean;
  uid: number;
  cwd: string;
  umask = 0o022;
  group: ProcessGroup;
  parent: Task | null;
  readonly children = new Set<Task>();
  /** Woken when a child has changed. */
  readonly childChanged = new WaitQueue();
  /** The last stop or continuation, while its parent has not asked about it. */
  change: { readonly how: 'stopped'; readonly signal: Signal } | { readonly how: 'continued' } | null = null;
  exitStatus: ExitStatus | null = null;
  stopped = false;
  readonly dispositions: Map<Signal, Disposition>;
  /** Caught signals that the program has not taken. */
  readonly caught: Signal[] = [];
  /** Who sent the last one of each kind (siginfo's si_pid). */
  readonly senders = new Map<Signal, Task | null>();
  /** Signals that came while it was stopped or frozen and would have ended or stopped it. */
  private pending: { readonly signal: Signal; readonly sender: Task | null }[] = [];
  readonly calls: SystemCalls;
  private readonly body: Sys<number>;
  private readonly onExit: ((status: WaitStatus) => void) | undefined;
  /** What it executes, where its arguments don't tell any longer. */
  commandPath: string | null = null;
  /** Until when it waits at the longest, while it waits; Infinity: for as long as it takes. */
  deadline: SimTime = Number.POSITIVE_INFINITY;
  private frozen = false;
  private running = false;
  private waiting = false;
  private interruptible = false;
  /** A resumption that came while stopped or frozen. */
  private due = false;
  /** Numbers the suspensions, so that a late event of an earlier one is told apart. */
  private serial = 0;
  private reason: WakeReason = 'timeout';
  private debt: Duration = 0;
  /** What it used before it began to wait has passed only then. */
  private busyUntil: SimTime = 0;
  private made = 0;
  private spins = 0;
  private doomed: Signal | null = null;
  /** Its program has ended with this status, and it is on its way out: no signal changes that. */
  private leaving: number | null = null;

  constructor(options: TaskOptions) {
    this.kernel = options.kernel;
    this.argv = options.argv;
    this.namespaces = options.namespaces;
    this.uid = options.uid;
    this.cwd = options.cwd;
    this.parent = options.parent;
    this.onExit = options.onExit;
    this.thread = options.thread ?? false;
    this.started = this.kernel.queue.now;
    this.dispositions = new Map(options.dispositions);
    this.pids = this.namespaces.pids.number(this);
    this.group = options.group(this.pids);
    this.group.members.add(this);
    options.parent?.children.add(this);
    this.calls = new SystemCalls(this, options.env);
    this.body = options.program(this.calls);
    const { queue } = this.kernel;
    const { cause } = queue.trace;
    this.note('started', this.argv);
    queue.after(SYSTEM_CALL, this, this.serial);
    queue.trace.cause = cause;
  }

  /** `ubuntu:nc[123]`. */
  get placeName(): string {
    return `${this.kernel.name}:${this.command}[${this.pid}]`;
  }

  /** The name of what it executes, without folders (comm). */
  get command(): string {
    return (this.commandPath ?? this.argv[0] ?? '').replace(/.*\//, '').slice(0, 15);
  }

  /** Other words for lists of processes to show; its command's name stays. */
  rename(title: string): void {
    this.commandPath ??= this.argv[0] ?? null;
    this.argv = [title];
  }

  get pid(): Pid {
    return this.pids.get(this.namespaces.pids) as Pid;
  }

  /** Its number in the first namespace, which all others are in. */
  get hostPid(): Pid {
    return this.pids.get(this.kernel.hostNamespaces.pids) ?? this.pid;
  }

  get state(): 'R' | 'S' | 'T' | 'Z' {
    if (this.exitStatus) return 'Z';
    if (this.stopped) return 'T';
    return this.waiting ? 'S' : 'R';
  }

  /** The beginning of every system call: it costs time, and after some of them others get their turn. */
  *enter(): Sys<void> {
    this.debt += SYSTEM_CALL;
    if (++this.made >= SLICE || this.debt >= LONGEST_SLICE || this.doomed) yield* this.giveUp(0);
  }

  /** Processor time since it got its turn: for the process it is that much later than for the rest of the machine. */
  get used(): Duration {
    return this.debt;
  }

  /** Adds to what it has used. */
  charge(time: Duration): void {
    this.debt += time;
  }

  /** Gives up the processor for what it has used and this much more. */
  *giveUp(time: Duration): Sys<void> {
    this.debt += time;
    yield CPU;
  }

  /**
   * Waits until one of the queues is woken, the deadline comes, or a caught signal does.
   * @param deadline virtual time; Infinity: none
   */
  *waitOn(queues: readonly WaitQueue[], deadline: SimTime): Sys<WakeReason> {
    if (this.caught.length > 0) return 'signal';
    for (const queue of queues) queue.add(this);
    this.interruptible = true;
    this.reason = 'timeout';
    this.deadline = deadline;
    if (deadline !== Number.POSITIVE_INFINITY)
      this.kernel.queue.at(Math.max(deadline, this.kernel.queue.now), this, this.serial + 1);
    try {
      yield WAIT;
    } finally {
      this.interruptible = false;
      this.deadline = Number.POSITIVE_INFINITY;
      for (const queue of queues) queue.remove(this);
    }
    return this.reason;
  }

  /** Somebody changed what it waits for. */
  wake(): void {
    this.resume('woken');
  }

  /** Its turn has come: a due event of its present suspension. */
  fire(serial: number): void {
    if (serial !== this.serial || this.exitStatus) return;
    if (this.frozen || this.stopped) {
      this.due = true;
      return;
    }
    this.run();
  }

  /** Delivers a signal. @param sender null: the kernel */
  signal(signal: Signal, sender: Task | null): void {
    if (this.exitStatus || this.leaving !== null) return;
    const effect = effectOf(signal, this.dispositions.get(signal) ?? 'default');
    if (signal === 'SIGCONT' && !this.frozen) this.continue();
    if (effect === 'ignore') return;
    if (effect === 'catch') {
      if (!this.caught.includes(signal)) this.caught.push(signal);
      this.senders.set(signal, sender);
      if (this.interruptible) this.resume('signal');
      return;
    }
    if (this.isProtected(signal, sender)) return;
    if (signal === 'SIGKILL') this.terminate(signal);
    else if (this.frozen || (this.stopped && effect === 'terminate')) this.pending.push({ signal, sender });
    else if (effect === 'terminate') this.terminate(signal);
    else if (!isJobControl(signal) || !this.group.orphaned) this.stop(signal);
  }

  /** A namespace's init ignores what it doesn't handle, but for SIGKILL and SIGSTOP from outside (kernel/signal.c, SIGNAL_UNKILLABLE). */
  private isProtected(signal: Signal, sender: Task | null): boolean {
    if (this.pid !== 1) return false;
    const fromOutside = sender === null || !this.namespaces.pids.contains(sender.namespaces.pids);
    return !(fromOutside && (signal === 'SIGKILL' || signal === 'SIGSTOP'));
  }

  /** Docker's pause: the cgroup freezer. Nothing runs, no signal but SIGKILL has an effect until it is thawed. */
  setFrozen(frozen: boolean): void {
    this.frozen = frozen;
    if (!frozen) this.catchUp();
  }

  /** Ends it whatever it does, as the end of its namespace's init does. */
  destroy(): void {
    if (!this.exitStatus) this.terminate('SIGKILL');
  }

  private stop(signal: Signal): void {
    if (this.stopped) return;
    this.stopped = true;
    this.tellParent({ how: 'stopped', signal });
  }

  private continue(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.tellParent({ how: 'continued' });
    this.catchUp();
  }

  private tellParent(change: NonNullable<Task['change']>): void {
    this.change = change;
    this.parent?.childChanged.wake();
    this.parent?.signal('SIGCHLD', this);
  }

  private catchUp(): void {
    if (this.frozen || this.stopped) return;
    const { pending } = this;
    this.pending = [];
    for (const { signal, sender } of pending) this.signal(signal, sender);
    if (!this.due || this.stopped || this.exitStatus) return;
    this.due = false;
    this.kernel.queue.after(0, this, this.serial);
  }

  private resume(reason: WakeReason): void {
    if (!this.waiting || this.exitStatus) return;
    this.waiting = false;
    this.reason = reason;
    const { queue } = this.kernel;
    queue.at(Math.max(queue.now + SYSTEM_CALL, this.busyUntil), this, this.serial);
  }

  private run(): void {
    this.running = true;
    this.waiting = false;
    this.made = 0;
    this.kernel.current = this;
    try {
      const step = this.body.next();
      this.running = false;
      if (this.doomed) this.terminate(this.doomed);
      else if (!step.done) this.suspend(step.value);
      else if (this.leaving === null) {
        this.leaving = step.value & 255;
        this.charge(EXIT);
        this.suspend(CPU);
      } else this.exit({ how: 'exited', status: this.leaving });
    } catch (error) {
      this.running = false;
      if (isOutOfMemory(error)) {
        this.exit({ how: 'signaled', signal: 'SIGKILL' });
        return;
      }
      this.kernel.faults.push({ argv: this.argv, error });
      this.exit({ how: 'signaled', signal: 'SIGSEGV' });
    } finally {
      this.kernel.current = null;
    }
  }

  private suspend(suspension: Suspension): void {
    this.serial++;
    const { debt } = this;
    this.debt = 0;
    if (suspension.kind === 'cpu') {
      this.kernel.queue.after(Math.max(debt, this.spins++ < SPINS ? SYSTEM_CALL : COARSE), this, this.serial);
    } else {
      this.spins = 0;
      this.busyUntil = this.kernel.queue.now + debt;
      this.waiting = true;
      // A signal may have come between the look and the wait.
      if (this.interruptible && this.caught.length > 0) this.resume('signal');
    }
  }

  private terminate(signal: Signal): void {
    if (this.running) {
      // It signalled itself: its generator can't be ended from within.
      this.doomed = signal;
      return;
    }
    try {
      this.body.return(0);
    } catch (error) {
      this.kernel.faults.push({ argv: this.argv, error });
    }
    this.exit({ how: 'signaled', signal });
  }

  /** do_exit: descriptors close, children find a new parent, the parent learns of it. */
  private exit(status: ExitStatus): void {
    if (this.exitStatus) return;
    this.exitStatus = status;
    this.serial++;
    const { trace } = this.kernel.queue;
    const { cause } = trace;
    this.note(status.how, status);
    this.files.closeAll();
    this.group.members.delete(this);
    this.kernel.processes.onExit(this);
    this.onExit?.({ pid: this.pid, ...status });
    if (this.parent && !this.parent.exitStatus && this.parent.dispositions.get('SIGCHLD') !== 'ignore') {
      this.parent.childChanged.wake();
      this.parent.signal('SIGCHLD', this);
    } else this.reap();
    trace.cause = cause;
  }

  private note(what: 'started' | 'exited' | 'signaled', because: object): void {
    const { queue } = this.kernel;
    if (queue.trace.enabled) queue.trace.record(queue.now, TraceKind.process, this, null, what, because);
  }

  /** Its parent has asked: the zombie goes. */
  reap(): void {
    this.parent?.children.delete(this);
    for (const [namespace, pid] of this.pids) namespace.tasks.delete(pid);
  }
}
