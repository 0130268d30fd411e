import type { WaitStatus } from '../../kernel/syscalls/proc.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';

/** The exit code that Docker shows for how a process ended: 128 and the signal's number after a signal. */
export function exitCodeOf(status: WaitStatus): number {
  if (status.how === 'exited') return status.status;
  return status.how === 'signaled' ? 128 + SIGNALS[status.signal] : 0;
}

/**
 * The exit code of a process that never ran, by what the runtime said of it (daemon/errors.go, setExitCodeFromError):
 * undefined where the runtime was not the one that failed.
 */
export function exitCodeOfFailure(message: string): 126 | 127 | undefined {
  if (!/OCI runtime (create|exec) failed/.test(message)) return undefined;
  if (/executable file not found|no such file or directory|system cannot find the file/.test(message)) return 127;
  return /permission denied|is a directory|not a directory/.test(message) ? 126 : undefined;
}
