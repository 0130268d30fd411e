import type { Fd, Pid, Program, SpawnOptions, Sys, WaitStatus } from '../../kernel/syscalls/proc.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Result } from '../../base/result.ts';
import type { Disposition, Signal } from '../../kernel/syscalls/signal.ts';
import type { Shell } from '../state/shell.ts';
import { type Job, jobLine, jobStatus, markOf, SIGNAL_WORDS, signalStatus } from './job.ts';
import { checkSignals, collectSignals, endBySignal, interrupt, runExitTrap } from './signals.ts';

/** Starting and awaiting the processes of a shell (bash's jobs.c). */

const INTERACTIVE_SIGNALS: readonly Signal[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

export interface Start {
  readonly io: ReadonlyMap<number, Fd>;
  /** The process group that it joins; `new`: its own; absent: the shell's. */
  readonly group?: 'new' | Pid;
  readonly foreground?: boolean;
  readonly background?: boolean;
  readonly cwd?: string;
}

function dispositionsFor(shell: Shell, background: boolean): ReadonlyMap<Signal, Disposition> {
  const dispositions = new Map<Signal, Disposition>();
  if (shell.interactive) for (const signal of INTERACTIVE_SIGNALS) dispositions.set(signal, 'default');
  // Without job control what runs behind can't be interrupted by keys.
  else if (background) for (const signal of ['SIGINT', 'SIGQUIT'] as const) dispositions.set(signal, 'ignore');
  for (const [name, action] of shell.traps)
    if (action === '' && name !== 'EXIT' && name !== 'ERR') dispositions.set(name, 'ignore');
  return dispositions;
}

/** Starts a file with these arguments; the caller looks at why it may not have. */
export function* startFile(
  shell: Shell,
  path: string,
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
  start: Start,
): Sys<Result<Pid, Errno>> {
  return yield* fork(shell, {
    run: { path },
    argv,
    env,
    fds: [...start.io],
    ...(start.group !== undefined && { group: start.group }),
    ...(start.foreground && { foreground: true }),
    dispositions: dispositionsFor(shell, start.background ?? false),
  });
}

/** Starts a subshell: a copy of this shell that runs `body` and ends with its status. */
export function* startSubshell(
  shell: Shell,
  body: (copy: Shell) => Sys<number>,
  start: Start,
): Sys<Result<Pid, Errno>> {
  const copy = shell.copy();
  const program: Program = function* (proc) {
    copy.proc = proc;
    if (!start.background || start.group !== undefined) proc.disposition('SIGINT', 'catch');
    const status = yield* body(copy);
    return yield* finish(copy, status);
  };
  copy.io = new Map([...start.io.keys()].map((fd) => [fd, fd]));
  return yield* fork(shell, {
    run: { program },
    argv: shell.proc.argv,
    env: shell.variables.environment(),
    fds: [...start.io],
    ...(start.group !== undefined && { group: start.group }),
    ...(start.foreground && { foreground: true }),
    dispositions: dispositionsFor(shell, start.background ?? false),
  });
}

/** How long bash waits before it tries again, in seconds, twice as long each time; and when it gives up. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 16;

/** fork(2). Where there are too many processes bash tries again for a while (jobs.c, make_child), ash doesn't. */
function* fork(shell: Shell, options: SpawnOptions): Sys<Result<Pid, Errno>> {
  for (let pause = FIRST_PAUSE; ; pause *= 2) {
    const started = yield* shell.proc.spawn(options);
    if (started.ok || started.error !== 'EAGAIN') return started;
    const words = shell.strerror(started.error);
    if (shell.flavor === 'ash' || pause >= LONGEST_PAUSE) {
      yield* shell.complain(shell.flavor === 'ash' ? `can't fork: ${words}` : `fork: ${words}`);
      shell.fail(shell.flavor === 'ash' ? 2 : 254);
      return started;
    }
    yield* shell.complain(`fork: retry: ${words}`);
    yield* shell.proc.sleep(pause * 1e9);
    yield* checkSignals(shell);
    if (shell.unwinding) return started;
  }
}

/** The end of a shell process: its EXIT trap, then its status. */
export function* finish(shell: Shell, status: number): Sys<number> {
  if (shell.unwinding?.kind !== 'exit') shell.status = status;
  yield* runExitTrap(shell);
  return shell.status & 255;
}

/** A number for a new job: one more than the highest. */
export function addJob(shell: Shell, pids: readonly Pid[], text: string, background: boolean): Job {
  const job: Job = {
    number: Math.max(0, ...shell.jobs.map(({ number }) => number)) + 1,
    group: pids[0] as Pid,
    processes: pids.map((pid) => ({ pid, status: null, signal: null })),
    text,
    state: pids.length > 0 ? 'running' : 'done',
    stoppedBy: null,
    told: false,
    background,
  };
  shell.jobs.push(job);
  return job;
}

export function removeJob(shell: Shell, job: Job): void {
  shell.jobs = shell.jobs.filter((each) => each !== job);
}

/** Enters what a child did into the jobs. */
export function noteChange(shell: Shell, change: WaitStatus): void {
  for (const job of shell.jobs) {
    const process = job.processes.find(({ pid }) => pid === change.pid);
    if (!process) continue;
    if (change.how === 'exited') process.status = change.status;
    else if (change.how === 'signaled') {
      process.status = signalStatus(change.signal);
      process.signal = change.signal;
    } else if (change.how === 'stopped') {
      job.state = 'stopped';
      job.stoppedBy = change.signal;
      job.told = false;
    } else job.state = 'running';
    if (job.processes.every(({ status }) => status !== null)) {
      job.state = 'done';
      job.told = false;
    }
    return;
  }
}

/** Takes the news of children that have changed, without waiting. */
export function* pollChildren(shell: Shell): Sys<void> {
  for (;;) {
    const change = yield* shell.proc.wait(-1, { noHang: true, untraced: true });
    if (!change.ok || !change.value) return;
    noteChange(shell, change.value);
  }
}

/** Waits until a foreground job has ended or stopped; its status. The terminal comes back to the shell. */
export function* waitForeground(shell: Shell, job: Job): Sys<number> {
  while (job.state === 'running') {
    const change = yield* shell.proc.wait(-1, { untraced: shell.jobControl });
    if (change.ok && change.value) noteChange(shell, change.value);
    else if (!change.ok && change.error === 'EINTR') collectSignals(shell);
    else break;
  }
  yield* takeTerminal(shell);
  if (job.state === 'stopped') return yield* tellStopped(shell, job);
  removeJob(shell, job);
  shell.pipeStatus = job.processes.map(({ status }) => status ?? 0);
  const ender = job.processes.at(-1)?.signal ?? null;
  if (shell.interactive) {
    if (job.processes.some(({ signal }) => signal === 'SIGINT')) {
      yield* interrupt(shell);
      return signalStatus('SIGINT');
    }
    if (ender && ender !== 'SIGPIPE') yield* shell.error(`${SIGNAL_WORDS[ender] ?? ender}\n`);
  } else if (ender === 'SIGINT' && shell.interrupted) {
    // The interrupt was for both; had the child dealt with it, the shell would go on.
    shell.interrupted = false;
    yield* runExitTrap(shell);
    yield* endBySignal(shell, 'SIGINT');
  } else {
    shell.interrupted = false;
    if (ender && ender !== 'SIGPIPE' && ender !== 'SIGINT') yield* tellKilled(shell, job, ender);
  }
  return statusOf(shell, job);
}

/** The status of a pipeline: its last command's, or with pipefail the last that failed. */
function statusOf(shell: Shell, job: Job): number {
  if (!shell.options.pipefail) return jobStatus(job);
  return job.processes.map(({ status }) => status ?? 0).findLast((status) => status !== 0) ?? 0;
}

function* tellStopped(shell: Shell, job: Job): Sys<number> {
  job.told = true;
  job.background = true;
  if (shell.interactive) yield* shell.error(`\n${jobLine(job, markOf(shell.jobs, job), shell.flavor)}\n`);
  return signalStatus(job.stoppedBy ?? 'SIGTSTP');
}

function* tellKilled(shell: Shell, job: Job, signal: Signal): Sys<void> {
  const word = SIGNAL_WORDS[signal] ?? signal;
  if (shell.flavor === 'ash') yield* shell.error(`${word}\n`);
  else
    yield* shell.error(
      `${shell.messagePrefix()}${String(job.processes.at(-1)?.pid ?? 0).padStart(5)} ${word.padEnd(23)} ${job.text}\n`,
    );
}

/** The terminal's foreground group is the shell's again. */
export function* takeTerminal(shell: Shell): Sys<void> {
  const tty = shell.io.get(0);
  if (!shell.jobControl || tty === undefined || !shell.proc.isTty(tty)) return;
  if (shell.proc.foreground(tty) !== shell.proc.group()) yield* shell.proc.setForeground(tty, shell.proc.group());
}

/** Tells what background jobs have become, and forgets those that are done. */
export function* tellJobs(shell: Shell): Sys<void> {
  yield* pollChildren(shell);
  for (const job of [...shell.jobs]) {
    if (job.state === 'running' || job.told) continue;
    job.told = true;
    if (shell.interactive) yield* shell.error(`${jobLine(job, markOf(shell.jobs, job), shell.flavor)}\n`);
    if (job.state === 'done' && shell.interactive) removeJob(shell, job);
  }
}
