/** Signals, by their Linux numbers (signal(7)). */
export const SIGNALS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGWINCH: 28,
} as const;

export type Signal = keyof typeof SIGNALS;

/**
 * What a process does with a signal. `catch`: a blocked system call ends with EINTR, and `Proc.takeSignal` tells which
 * signal it was; the program acts on it where it stands (as with signalfd(2)).
 */
export type Disposition = 'default' | 'ignore' | 'catch';

/** `TERM`, `SIGTERM` or `15` to a signal's name; undefined where there is no such signal. */
export function parseSignal(text: string): Signal | undefined {
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  if (Object.hasOwn(SIGNALS, name)) return name as Signal;
  const entry = Object.entries(SIGNALS).find(([, number]) => String(number) === text);
  return entry?.[0] as Signal | undefined;
}
