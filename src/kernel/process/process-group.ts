import type { Signal } from '../syscalls/signal.ts';
import type { Tty } from '../tty/tty.ts';
import type { PidNamespace } from './namespaces.ts';
import type { Task } from './task.ts';

/** A session: the groups that share a controlling terminal. */
export class Session {
  tty: Tty | null = null;
  leader: Task | null = null;
}

/** A job: the processes that a terminal's keys, and `kill -PGID`, signal together. Named after its first process. */
export class ProcessGroup {
  readonly members = new Set<Task>();

  constructor(
    readonly session: Session,
    /** The number of its leader in each namespace that sees it. */
    readonly ids: ReadonlyMap<PidNamespace, number>,
  ) {}

  get empty(): boolean {
    return this.members.size === 0;
  }

  /** Whether nobody in its session could continue it: no member's parent is in another group of the session. */
  get orphaned(): boolean {
    for (const { parent } of this.members)
      if (parent && parent.group !== this && parent.group.session === this.session) return false;
    return true;
  }

  signal(signal: Signal): void {
    for (const task of this.members) task.signal(signal, null);
  }
}
