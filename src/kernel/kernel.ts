import { err, ok, type Result } from '../base/result.ts';
import type { EventQueue } from '../sim/event-queue.ts';
import type { Random } from '../sim/random.ts';
import { buildTree } from './fs/build-tree.ts';
import type { FileTree } from './fs/file-tree.ts';
import { HostFiles } from './fs/host-files.ts';
import { type DirectoryInode, FileSystem } from './fs/inode.ts';
import { createUpper, LayerStore } from './fs/layers.ts';
import { MountTable } from './fs/mount-table.ts';
import type { OpenFile } from './fs/open-file.ts';
import { mountDev } from './fs/dev.ts';
import { NullFile } from './fs/open-device.ts';
import { OverlayDirectory } from './fs/overlay.ts';
import { mountProc } from './fs/proc/mount-proc.ts';
import { Netns } from './net/netns.ts';
import { type Namespaces, PidNamespace } from './process/namespaces.ts';
import { ALL_CAPABILITIES } from './process/capabilities.ts';
import { createPipe, type Pipe } from './process/pipe.ts';
import { loadProgram } from './process/calls/processes.ts';
import { ProcessGroup, Session } from './process/process-group.ts';
import { ProcessTable } from './process/process-table.ts';
import { SystemCalls } from './process/system-calls.ts';
import { Task } from './process/task.ts';
import type { Errno } from './syscalls/errno.ts';
import type { Proc, Program, Sys, WaitStatus } from './syscalls/proc.ts';
import type { WindowSize } from './syscalls/tty.ts';
import { Pty } from './tty/pty.ts';
import type { Tty } from './tty/tty.ts';

/** The programs that there are, by the name that executables carry. */
export type ProgramTable = Pick<ReadonlyMap<string, Program>, 'get'>;

export interface KernelOptions {
  /** The machine's name in traces: `ubuntu`. */
  readonly name: string;
  readonly hostname: string;
  readonly queue: EventQueue;
  readonly random: Random;
  /** Milliseconds since 1970 when virtual time is 0. */
  readonly startDate: number;
  /** What executables name. */
  readonly programs: ProgramTable;
  readonly files: FileTree;
  /** Where the numbering of the host's network devices goes on. */
  readonly indexes?: { next: number };
}

/** What to run, for those who start processes from outside of any: dockerd for containers, the lab for terminals. */
export interface KernelSpawn {
  readonly run: { readonly path: string } | { readonly program: Program };
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  readonly uid?: number;
  /** The host's where absent. */
  readonly namespaces?: Namespaces;
  /** Descriptors from 0 on. */
  readonly stdio?: readonly OpenFile[];
  /** Becomes its controlling terminal, with it in the foreground. */
  readonly tty?: Tty;
  readonly onExit?: (status: WaitStatus) => void;
  /** A thread of a program that is here already, dockerd's for example: lists of processes leave it out. */
  readonly thread?: boolean;
}

/** Folders that every root has, for what is mounted there. */
const MOUNT_POINTS: FileTree = {
  '/dev': { directory: true },
  '/proc': { directory: true },
  '/sys': { directory: true },
};

/** The simulated Linux kernel of one machine. */
export class Kernel {
  readonly name: string;
  readonly queue: EventQueue;
  readonly random: Random;
  readonly programs: ProgramTable;
  readonly netns: Netns;
  readonly processes: ProcessTable;
  readonly hostNamespaces: Namespaces;
  /** The host's files, from outside: for the lab and its editor. */
  readonly files: HostFiles;
  /** Programs of ours that threw: each is a bug. The process ended as by a segmentation fault. */
  readonly faults: { readonly argv: readonly string[]; readonly error: unknown }[] = [];
  /** The task that runs at this moment. */
  current: Task | null = null;
  private readonly startDate: number;
  /** Terminals are numbered in each root for itself (devpts). */
  private readonly ptys = new WeakMap<MountTable, Map<number, Pty>>();
  private readonly layers = new LayerStore();
  private nextDevice = 8;

  constructor(options: KernelOptions) {
    this.name = options.name;
    this.queue = options.queue;
    this.random = options.random;
    this.programs = options.programs;
    this.startDate = options.startDate;
    this.processes = new ProcessTable();
    this.netns = new Netns({
      name: options.name,
      queue: options.queue,
      random: options.random,
      ...(options.indexes && { indexes: options.indexes }),
    });
    const mounts = this.createHostRoot(options.files);
    this.files = new HostFiles(mounts, () => this.date());
    this.hostNamespaces = {
      net: this.netns,
      mounts,
      pids: new PidNamespace(null),
      uts: { hostname: options.hostname },
      library: 'glibc',
      capabilities: ALL_CAPABILITIES,
    };
    this.hostNamespaces.pids.most = MOST_PROCESSES;
    mountProc(this, this.hostNamespaces);
    this.spawn({ run: { program: init }, argv: ['/sbin/init'] });
  }

  /** The calendar: milliseconds since 1970. */
  date(): number {
    return this.startDate + Math.floor(this.queue.now / 1e6);
  }

  createNetns(name: string): Netns {
    return new Netns({ name, queue: this.queue, random: this.random });
  }

  removeNetns(netns: Netns): void {
    netns.destroy();
  }

  /** An empty upper layer: what a container writes, for as long as the container exists. */
  createUpper(): DirectoryInode {
    return createUpper(this.nextDevice++);
  }

  /**
   * A root of its own: read-only layers, lowest first, and over them what is written. It has /dev; /proc comes with `mountProc`.
   * @param upper what an earlier root of the same container has left; new and empty where absent
   */
  createRoot(
    layers: readonly FileTree[],
    upper: DirectoryInode = this.createUpper(),
    { readOnly = false }: { readonly readOnly?: boolean } = {},
  ): MountTable {
    const lowers = [...layers, MOUNT_POINTS].map((tree) => this.layers.layer(tree, this.date())).reverse();
    const root = new OverlayDirectory(upper, lowers);
    const mounts = new MountTable({ target: '/', root, source: 'overlay', type: 'overlay', readOnly });
    mountDev(this, mounts);
    return mounts;
  }

  private createHostRoot(files: FileTree): MountTable {
    const root = buildTree(new FileSystem(this.nextDevice++, 'ext4'), [MOUNT_POINTS, files], this.date());
    const mounts = new MountTable({ target: '/', root, source: '/dev/sda1', type: 'ext4', readOnly: false });
    mountDev(this, mounts);
    return mounts;
  }

  /** The pseudo-terminals that /dev/pts of a root shows, by number. */
  ptysOf(mounts: MountTable): Map<number, Pty> {
    let ptys = this.ptys.get(mounts);
    if (!ptys) this.ptys.set(mounts, (ptys = new Map()));
    return ptys;
  }

  createPty(size: WindowSize, mounts: MountTable = this.hostNamespaces.mounts): Pty {
    const ptys = this.ptysOf(mounts);
    let number = 0;
    while (ptys.has(number)) number++;
    const pty = new Pty(number, size);
    ptys.set(number, pty);
    return pty;
  }

  removePty(pty: Pty, mounts: MountTable = this.hostNamespaces.mounts): void {
    pty.tty.hangUp();
    this.ptysOf(mounts).delete(pty.tty.number);
  }

  createPipe(): Pipe {
    return createPipe(() => this.queue.now + (this.current?.used ?? 0));
  }

  /** The task behind a system-call interface, for dockerd's threads, which wait on the kernel's own queues. */
  taskOf(proc: Proc): Task {
    if (!(proc instanceof SystemCalls)) throw new Error('not a process of this kernel');
    return proc.task;
  }

  /** /dev/null, opened. */
  nullDevice(): OpenFile {
    return new NullFile();
  }

  /** Docker's pause and unpause: the cgroup freezer. */
  freeze(tasks: Iterable<Task>): void {
    for (const task of tasks) task.setFrozen(true);
  }

  thaw(tasks: Iterable<Task>): void {
    for (const task of tasks) task.setFrozen(false);
  }

  /** Ends everything in a pid namespace, and the namespace. */
  killAll(pids: PidNamespace): void {
    pids.end();
  }

  /** Starts a process that has no parent among processes but the host's init. */
  spawn(options: KernelSpawn): Result<Task, Errno> {
    const { argv, cwd = '/', uid = 0, namespaces = this.hostNamespaces } = options;
    const loaded =
      'program' in options.run
        ? ok({ program: options.run.program, argv, uid })
        : loadProgram({ kernel: this, namespaces, cwd, uid }, options.run.path, argv);
    if (!loaded.ok) return loaded;
    if (namespaces.pids.ended) return err('ESRCH');
    const session = new Session();
    session.tty = options.tty ?? null;
    const task = new Task({
      kernel: this,
      ...loaded.value,
      env: options.env ?? new Map(),
      cwd,
      namespaces,
      parent: namespaces.pids === this.hostNamespaces.pids ? (namespaces.pids.init ?? null) : null,
      group: (ids) => new ProcessGroup(session, ids),
      ...(options.onExit && { onExit: options.onExit }),
      ...(options.thread && { thread: true }),
    });
    session.leader = task;
    if (options.tty) {
      options.tty.session = session;
      options.tty.foreground = task.group;
    }
    options.stdio?.forEach((file, fd) => {
      task.files.set(fd, file);
    });
    return ok(task);
  }
}

/** What a machine of this size lets run (kernel.threads-max); a fork bomb stops there. */
const MOST_PROCESSES = 2_000;

/** The host's process 1 (systemd): it takes in orphans, and the kernel lets go of them when they end. */
function* init(proc: Proc): Sys<number> {
  proc.disposition('SIGCHLD', 'ignore');
  for (;;) yield* proc.poll([]);
}
