import { UnixSocket } from '../../kernel/process/unix-socket.ts';
import type { Task } from '../../kernel/process/task.ts';
import type { SimTime } from '../../sim/clock.ts';
import type { Lab, TerminalId } from '../lab.ts';

/** A foreground command that only lets time pass, and until when at the longest. */
export interface ForegroundWait {
  readonly terminal: TerminalId;
  readonly task: Task;
  readonly until: SimTime;
}

/**
 * Commands in the foreground whose wait has an end: a `sleep`, a time-out, an answer of the engine that has to wait itself, such as
 * the grace period of `docker stop`. What waits for somebody else for as long as it takes (`nc -l`, `logs -f`) isn't among them.
 */
export function* foregroundWaits(lab: Lab): Generator<ForegroundWait> {
  for (const { id, shell, tty } of lab.openTerminals()) {
    if (tty.foreground === shell.group) continue;
    for (const task of shell.children) {
      if (task.group !== tty.foreground || task.exitStatus) continue;
      const until = Math.min(...waitsOf(lab, task));
      if (until < Number.POSITIVE_INFINITY) yield { terminal: id, task, until };
    }
  }
}

/** When the waits of a process end, its own and those of the engine's threads that serve it. */
function* waitsOf(lab: Lab, task: Task): Generator<SimTime> {
  yield task.deadline;
  for (const thread of lab.world.host.hostNamespaces.pids.tasks.values()) {
    if (!thread.thread) continue;
    const file = thread.files.get(0);
    if (file instanceof UnixSocket && file.otherEnd !== null && task.files.holds(file.otherEnd)) yield thread.deadline;
  }
  for (const child of task.children) if (child.group === task.group) yield* waitsOf(lab, child);
}
