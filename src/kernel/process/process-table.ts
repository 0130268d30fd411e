import type { Kernel } from '../kernel.ts';
import type { PidNamespace } from './namespaces.ts';
import type { Task } from './task.ts';

/** All processes of the machine, and what the end of one means for others. */
export class ProcessTable {
  constructor(private readonly kernel: Kernel) {}

  /** Those that a namespace sees, by their numbers there. */
  *visibleIn(namespace: PidNamespace): Generator<Task> {
    yield* [...namespace.tasks].sort(([a], [b]) => a - b).map(([, task]) => task);
  }

  find(namespace: PidNamespace, pid: number): Task | undefined {
    return namespace.tasks.get(pid);
  }

  /** Children move to their namespace's init; with an init its whole namespace ends; with a session's leader its terminal hangs up. */
  onExit(task: Task): void {
    const { pids } = task.namespaces;
    const isInit = task.pid === 1 && pids !== this.kernel.hostNamespaces.pids;
    const heir = isInit ? null : (pids.init ?? null);
    for (const child of [...task.children]) {
      task.children.delete(child);
      child.parent = heir === child ? null : heir;
      child.parent?.children.add(child);
      if (child.exitStatus && !child.parent) child.reap();
    }
    if (isInit) for (const other of [...pids.tasks.values()]) if (other !== task) other.destroy();
    const { session } = task.group;
    if (session.leader === task && session.tty) {
      session.tty.foreground?.signal('SIGHUP');
      session.tty.foreground = null;
    }
  }
}
