import type { Pid } from '../../kernel/syscalls/proc.ts';
import { SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';

/** One process of a job, as its shell knows it. */
export interface JobProcess {
  readonly pid: Pid;
  /** null while it lives. */
  status: number | null;
  signal: Signal | null;
}

/** A pipeline that a shell started. */
export interface Job {
  readonly number: number;
  readonly group: Pid;
  readonly processes: JobProcess[];
  readonly text: string;
  state: 'running' | 'stopped' | 'done';
  stoppedBy: Signal | null;
  /** Its last change has been told to the user. */
  told: boolean;
  background: boolean;
}

/** What ended a job, in the C library's words (strsignal(3)). */
export const SIGNAL_WORDS: Partial<Record<Signal, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
};

/** 128 and the signal's number: the status of what a signal ended. */
export function signalStatus(signal: Signal): number {
  return 128 + SIGNALS[signal];
}

/** The status of a job is that of its last process. */
export function jobStatus(job: Job): number {
  return job.processes.at(-1)?.status ?? 0;
}

/** The word of `jobs`: Running, Stopped, Done, Exit 3, Terminated. */
export function jobWord(job: Job, flavor: 'bash' | 'ash'): string {
  if (job.state === 'running') return 'Running';
  if (job.state === 'stopped') return 'Stopped';
  const last = job.processes.at(-1);
  if (last?.signal) return SIGNAL_WORDS[last.signal] ?? last.signal;
  if (!last?.status) return 'Done';
  return flavor === 'bash' ? `Exit ${last.status}` : `Done(${last.status})`;
}

/** A line of `jobs`, as the shell lays it out. */
export function jobLine(job: Job, mark: '+' | '-' | ' ', flavor: 'bash' | 'ash', withPid = false): string {
  const word = jobWord(job, flavor);
  const pid = withPid ? `${job.group} ` : '';
  if (flavor === 'ash')
    return `${`[${job.number}] ${mark} `.replace(/ ([+-]) $/, '$1  ')}${pid}${word}`.padEnd(33) + job.text;
  return `[${job.number}]${mark}  ${pid}${word.padEnd(24)}${job.text}${job.state === 'running' ? ' &' : ''}`;
}

/** The marks of `jobs`: `+` for the current job, `-` for the one before. */
export function markOf(jobs: readonly Job[], job: Job): '+' | '-' | ' ' {
  const order = [
    ...jobs.filter((each) => each.state !== 'stopped'),
    ...jobs.filter((each) => each.state === 'stopped'),
  ];
  if (order.at(-1) === job) return '+';
  return order.at(-2) === job ? '-' : ' ';
}
