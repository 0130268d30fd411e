import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';

const PASSED_ON = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** `--init`: a first process that starts the real one, passes signals on and reaps what is left (docker-init, which is tini). */
export function initProgram(path: string, argv: readonly string[]): Program {
  return function* (proc: Proc): Sys<number> {
    for (const signal of PASSED_ON) proc.disposition(signal, 'catch');
    const child = yield* proc.spawn({ run: { path }, argv, group: 'new', foreground: true });
    if (!child.ok) return 127;
    for (;;) {
      const status = yield* proc.wait(-1);
      if (!status.ok) {
        for (let signal = proc.takeSignal(); signal !== null; signal = proc.takeSignal())
          yield* proc.kill(child.value, signal);
        continue;
      }
      if (status.value?.pid !== child.value) continue;
      return status.value.how === 'exited'
        ? status.value.status
        : status.value.how === 'signaled'
          ? 128 + SIGNALS[status.value.signal]
          : 0;
    }
  };
}
