import { ok, type Result } from '../base/result.ts';
import type { EventQueue } from '../sim/event-queue.ts';
import type { Random } from '../sim/random.ts';
import { buildTree } from './fs/build-tree.ts';
import type { FileTree } from './fs/file-tree.ts';
import { HostFiles } from './fs/host-files.ts';
import { FileSystem } from './fs/inode.ts';
import { type Mount, MountTable } from './fs/mount-table.ts';
import type { OpenFile } from './fs/open-file.ts';
import { mountDev } from './fs/dev.ts';
import { NullFile } from './fs/open-device.ts';
import { mountProc } from './fs/proc/mount-proc.ts';
import { Netns } from './net/netns.ts';
import { type Namespaces, PidNamespace } from './process/namespaces.ts';
import { createPipe } from './process/pipe.ts';
import { loadProgram } from './process/calls/processes.ts';
import { ProcessGroup, Session } from './process/process-group.ts';
import { ProcessTable } from './process/process-table.ts';
import { SystemCalls } from './process/system-calls.ts';
import { Task } from './process/task.ts';
import type { Errno } from './syscalls/errno.ts';
import type { Proc, Program, WaitStatus } from './syscalls/proc.ts';
import type { WindowSize } from './syscalls/tty.ts';
import { Pty } from './tty/pty.ts';
import type { Tty } from './tty/tty.ts';

export interface KernelOptions {
  /** The machine's name in traces: `ubuntu`. */
  readonly name: string;
  readonly hostname: string;
  readonly queue: EventQueue;
  readonly random: Random;
  /** Milliseconds since 1970 when virtual time is 0. */
  readonly startDate: number;
  /** What executables name. */
  readonly programs: ReadonlyMap<string, Program>;
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
  readonly stdio?: readonly [OpenFile, OpenFile, OpenFile];
  /** Becomes its controlling terminal, with it in the foreground. */
  readonly tty?: Tty;
  readonly onExit?: (status: WaitStatus) => void;
}

/** The simulated Linux kernel of one machine. */
export class Kernel {
  readonly name: string;
  readonly queue: EventQueue;
  readonly random: Random;
  readonly programs: ReadonlyMap<string, Program>;
  readonly netns: Netns;
  readonly processes: ProcessTable;
  readonly hostNamespaces: Namespaces;
  /** The host's files, from outside: for the lab and its editor. */
  readonly files: HostFiles;
  readonly ptys = new Map<number, Pty>();
  /** Programs of ours that threw: each is a bug. The process ended as by a segmentation fault. */
  readonly faults: { readonly argv: readonly string[]; readonly error: unknown }[] = [];
  /** The task that runs at this moment. */
  current: Task | null = null;
  private readonly startDate: number;
  private nextDevice = 8;

  constructor(options: KernelOptions) {
    this.name = options.name;
    this.queue = options.queue;
    this.random = options.random;
    this.programs = options.programs;
    this.startDate = options.startDate;
    this.processes = new ProcessTable(this);
    this.netns = new Netns({
      name: options.name,
      queue: options.queue,
      random: options.random,
      ...(options.indexes && { indexes: options.indexes }),
    });
    const mounts = this.createRoot([options.files], '/dev/sda1', 'ext4');
    this.files = new HostFiles(mounts, () => this.date());
    this.hostNamespaces = {
      net: this.netns,
      mounts,
      pids: new PidNamespace(null),
      uts: { hostname: options.hostname },
      library: 'glibc',
    };
    mountProc(this, this.hostNamespaces);
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

  /** A root of its own, made of trees laid over each other, with /dev in it; /proc comes with `mountProc`. */
  createRoot(trees: readonly FileTree[], source = 'overlay', type = 'overlay'): MountTable {
    const fileSystem = new FileSystem(this.nextDevice++, type);
    const root: Mount = { target: '/', root: buildTree(fileSystem, trees, this.date()), source, type, readOnly: false };
    const mounts = new MountTable(root);
    mountDev(this, mounts, fileSystem);
    return mounts;
  }

  createPty(size: WindowSize): Pty {
    let number = 0;
    while (this.ptys.has(number)) number++;
    const pty = new Pty(number, size);
    this.ptys.set(number, pty);
    return pty;
  }

  removePty(pty: Pty): void {
    pty.tty.hangUp();
    this.ptys.delete(pty.tty.number);
  }

  createPipe(): { readonly read: OpenFile; readonly write: OpenFile } {
    return createPipe();
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

  /** Starts a process that has no parent among processes but its namespace's init. */
  spawn(options: KernelSpawn): Result<Task, Errno> {
    const { argv, cwd = '/', uid = 0, namespaces = this.hostNamespaces } = options;
    const loaded =
      'program' in options.run
        ? ok({ program: options.run.program, argv, uid })
        : loadProgram({ kernel: this, namespaces, cwd, uid }, options.run.path, argv);
    if (!loaded.ok) return loaded;
    const session = new Session();
    session.tty = options.tty ?? null;
    const task = new Task({
      kernel: this,
      ...loaded.value,
      env: options.env ?? new Map(),
      cwd,
      namespaces,
      parent: null,
      group: (ids) => new ProcessGroup(session, ids),
      ...(options.onExit && { onExit: options.onExit }),
    });
    session.leader = task;
    if (options.tty) options.tty.foreground = task.group;
    options.stdio?.forEach((file, fd) => {
      task.files.set(fd, file);
    });
    return ok(task);
  }
}
