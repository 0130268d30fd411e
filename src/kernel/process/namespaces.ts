import type { Netns } from '../net/netns.ts';
import type { MountTable } from '../fs/mount-table.ts';
import type { Capabilities } from './capabilities.ts';
import type { Task } from './task.ts';

/** What a process sees of the machine (namespaces(7)). */
export interface Namespaces {
  readonly net: Netns;
  readonly mounts: MountTable;
  readonly pids: PidNamespace;
  readonly uts: Uts;
  /** Which C library the programs of this root have: whose words their errors are in. */
  readonly library: 'glibc' | 'musl';
  /** What its root may do at most (the bounding set of capabilities(7)). */
  readonly capabilities: Capabilities;
}

export interface Uts {
  hostname: string;
}

/** A numbering of processes of its own, inside another one (pid_namespaces(7)). Its first process is its init. */
export class PidNamespace {
  readonly tasks = new Map<number, Task>();
  /** How many processes there may be: pids.max of the cgroup that goes with it. */
  most = Number.POSITIVE_INFINITY;
  /** Its init has gone: nothing starts here any more. */
  ended = false;
  private next = 1;

  constructor(readonly parent: PidNamespace | null) {}

  get init(): Task | undefined {
    return this.tasks.get(1);
  }

  /** Whether another process would be one too many, here or in a namespace around. */
  get full(): boolean {
    for (const namespace of this.andAround()) if (namespace.tasks.size >= namespace.most) return true;
    return false;
  }

  /** Numbers a task here and in all namespaces around; the numbers by namespace. */
  number(task: Task): Map<PidNamespace, number> {
    const numbers = new Map<PidNamespace, number>();
    for (const namespace of this.andAround()) {
      numbers.set(namespace, namespace.next);
      namespace.tasks.set(namespace.next++, task);
    }
    return numbers;
  }

  /** Threads that this kernel doesn't have take numbers all the same. */
  skip(count: number): void {
    this.next += count;
  }

  private *andAround(): Generator<PidNamespace> {
    yield this;
    if (this.parent) yield* this.parent.andAround();
  }

  /** Its init has ended, and so does everything in it (kernel/pid_namespace.c, zap_pid_ns_processes). */
  end(): void {
    this.ended = true;
    for (const task of this.tasks.values()) task.destroy();
  }

  /** Whether this is `other` or around it. */
  contains(other: PidNamespace): boolean {
    for (let at: PidNamespace | null = other; at; at = at.parent) if (at === this) return true;
    return false;
  }
}
