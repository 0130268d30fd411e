import type { Proc, Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { type Coroutine, EventLoop, until } from '../../libc/event-loop.ts';
import { Connection } from './connection.ts';
import { type Cycle, type Listening, logOf } from './cycle.ts';

/** A worker: serves connections until it is told to end (os/unix/ngx_process_cycle.c, ngx_worker_process_cycle). */
export function workerProgram(cycle: Cycle): Program {
  return function* (proc) {
    proc.setTitle('nginx: worker process');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGWINCH'] as const) proc.disposition(signal, 'catch');
    for (const signal of ['SIGHUP', 'SIGUSR2', 'SIGPIPE'] as const) proc.disposition(signal, 'ignore');
    const loop = new EventLoop();
    let closing = false;
    for (const listening of cycle.listening) loop.add(acceptAll(proc, cycle, loop, listening, () => closing));
    while (!(closing && loop.size === 0)) {
      yield* loop.turn(proc);
      for (let signal = proc.takeSignal(); signal; signal = proc.takeSignal()) {
        if (signal === 'SIGWINCH') continue;
        if (signal !== 'SIGQUIT') {
          // From the terminal, as the whole group gets it; the master's own word comes without a line.
          if (signal === 'SIGINT') yield* logOf(proc, cycle, 'notice', 'signal 2 (SIGINT) received, exiting');
          return yield* leave(proc, cycle);
        }
        if (closing) continue;
        closing = true;
        yield* logOf(proc, cycle, 'notice', 'gracefully shutting down');
        proc.setTitle('nginx: worker process is shutting down');
        yield* closeListeners(proc, cycle, loop);
        loop.closeIdle();
      }
    }
    return yield* leave(proc, cycle);
  };
}

function* closeListeners(proc: Proc, cycle: Cycle, loop: EventLoop): Sys<void> {
  for (const { fd } of cycle.listening) {
    loop.drop(fd);
    yield* proc.close(fd);
  }
}

function* leave(proc: Proc, cycle: Cycle): Sys<number> {
  yield* logOf(proc, cycle, 'notice', 'exiting');
  yield* logOf(proc, cycle, 'notice', 'exit');
  return 0;
}

function* acceptAll(
  proc: Proc,
  cycle: Cycle,
  loop: EventLoop,
  listening: Listening,
  closing: () => boolean,
): Coroutine<void> {
  for (;;) {
    if ((yield* until(listening.fd, 'read')) !== 'ready') return;
    const accepted = yield* proc.accept(listening.fd);
    // Another worker may have been faster.
    if (!accepted.ok) continue;
    const { fd, peer } = accepted.value;
    loop.add(new Connection(proc, cycle, listening, fd, peer, closing).serve());
  }
}
