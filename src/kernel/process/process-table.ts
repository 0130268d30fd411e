import type { PidNamespace } from './namespaces.ts';
import type { ProcessGroup } from './process-group.ts';
import type { Task } from './task.ts';

/** All processes of the machine, and what the end of one means for others. */
export class ProcessTable {
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
    const isInit = task.pid === 1;
    const widowed = new Set([task.group]);
    for (const child of task.children) {
      widowed.add(child.group);
      adopt(child, isInit || pids.init === child ? null : (pids.init ?? null));
    }
    if (isInit) pids.end();
    continueOrphans(task, widowed);
    const { session } = task.group;
    if (session.leader === task && session.tty) {
      session.tty.foreground?.signal('SIGHUP');
      session.tty.foreground?.signal('SIGCONT');
      session.tty.foreground = null;
      session.tty.session = null;
      session.tty = null;
    }
  }
}

/** A child whose parent has gone gets another; one that has ended already is nobody's any more. */
function adopt(child: Task, parent: Task | null): void {
  child.parent?.children.delete(child);
  child.parent = parent;
  parent?.children.add(child);
  if (!child.exitStatus) return;
  if (parent === null || parent.dispositions.get('SIGCHLD') === 'ignore') child.reap();
  else {
    parent.childChanged.wake();
    parent.signal('SIGCHLD', child);
  }
}

/** Stopped jobs that nobody can continue any more are told to end (kernel/exit.c, kill_orphaned_pgrp). */
function continueOrphans(gone: Task, groups: ReadonlySet<ProcessGroup>): void {
  for (const group of groups) {
    if (group.session !== gone.group.session || !group.orphaned) continue;
    if (![...group.members].some(({ stopped }) => stopped)) continue;
    group.signal('SIGHUP');
    group.signal('SIGCONT');
  }
}
