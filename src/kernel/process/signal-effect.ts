import type { Disposition, Signal } from '../syscalls/signal.ts';

/** What a signal does to a process (signal(7), "Standard signals"). */
export type SignalEffect = 'ignore' | 'catch' | 'stop' | 'terminate';

const IGNORED: ReadonlySet<Signal> = new Set(['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT']);
/** Those that keys and terminals send: they don't stop a group that nobody could continue. */
const JOB_CONTROL: ReadonlySet<Signal> = new Set(['SIGTSTP', 'SIGTTIN', 'SIGTTOU']);

export function effectOf(signal: Signal, disposition: Disposition): SignalEffect {
  if (signal === 'SIGKILL') return 'terminate';
  if (signal === 'SIGSTOP') return 'stop';
  if (disposition !== 'default') return disposition;
  if (IGNORED.has(signal)) return 'ignore';
  return JOB_CONTROL.has(signal) ? 'stop' : 'terminate';
}

/** Whether a signal stops only groups that have somebody to continue them (kernel/signal.c, is_current_pgrp_orphaned). */
export function isJobControl(signal: Signal): boolean {
  return JOB_CONTROL.has(signal);
}
