import type { Result } from '../../base/result.ts';
import type { Duration, SimTime } from '../../sim/clock.ts';
import type { Errno } from './errno.ts';
import type { DirectoryEntry, OpenFlags, Stat } from './file.ts';
import type { NetAdmin } from './net-admin.ts';
import type { Disposition, Signal } from './signal.ts';
import type { Received, SocketAddress, SocketFamily, SocketOption, SocketType } from './socket.ts';
import type { Termios, WindowSize } from './tty.ts';

/** What a process tells the scheduler when it gives up the processor; only the kernel makes and reads them. */
export interface Suspension {
  readonly kind: 'cpu' | 'wait';
}

/** A system call, or any part of a program that may make one: `yield*` it. */
export type Sys<T> = Generator<Suspension, T, void>;
/** The usual answer of a system call. */
export type Call<T> = Sys<Result<T, Errno>>;

/** A program: runs as a process, returns its exit status (0 to 255). */
export type Program = (proc: Proc) => Sys<number>;

export type Pid = number;
export type Fd = number;

export interface SpawnOptions {
  /** A file to execute (execve after fork), or a program to run in a copy of this process (a fork that goes on). */
  readonly run: { readonly path: string } | { readonly program: Program };
  readonly argv: readonly string[];
  /** The whole environment; the caller's where absent. */
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  /** Child's descriptor to the caller's: `[[0, pipeEnd], [1, 1], [2, 2]]`. 0, 1 and 2 as they are where absent. */
  readonly fds?: readonly (readonly [child: Fd, own: Fd])[];
  /** `new`: its own process group (a job); a number: that group; the caller's where absent. */
  readonly group?: 'new' | Pid;
  /** Make its group the terminal's foreground group before it runs. */
  readonly foreground?: boolean;
  /** setuid(2) before it runs; only root may. A file with the set-user-ID bit gives its owner's without being asked. */
  readonly uid?: number;
  /** setsid(2): a new session without a controlling terminal. */
  readonly session?: 'new';
  /** setns(2): namespaces of another process that the child runs in; only root may. What isn't named is the caller's. */
  readonly enter?: { readonly pid: Pid; readonly namespaces: readonly ('net' | 'mount' | 'pid' | 'uts')[] };
  /** A thread of the caller's program: it takes a number, but lists of processes don't show it. */
  readonly thread?: boolean;
  /** Dispositions that the child starts with, besides those it inherits as 'ignore'. */
  readonly dispositions?: ReadonlyMap<Signal, Disposition>;
}

/** How a child changed (waitpid(2)). */
export type WaitStatus =
  | { readonly pid: Pid; readonly how: 'exited'; readonly status: number }
  | { readonly pid: Pid; readonly how: 'signaled'; readonly signal: Signal }
  | { readonly pid: Pid; readonly how: 'stopped'; readonly signal: Signal }
  | { readonly pid: Pid; readonly how: 'continued' };

export interface PollRequest {
  readonly fd: Fd;
  /** Wake when a read (or accept) would not wait; when a write would not wait. */
  readonly read?: boolean;
  readonly write?: boolean;
}

/** What a look at one process shows (ps(1), /proc). */
export interface ProcessInfo {
  readonly pid: Pid;
  /** Its number in the first namespace, that of the host. */
  readonly hostPid: Pid;
  readonly parent: Pid;
  readonly group: Pid;
  readonly user: string;
  readonly argv: readonly string[];
  readonly state: 'R' | 'S' | 'T' | 'Z';
  readonly started: SimTime;
  readonly tty: string | null;
}

/**
 * A process as its own program sees it: the system-call interface, all that programs know of the kernel.
 * Every call costs virtual time and may let other processes run; nothing here ever waits for real.
 */
export interface Proc {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly argv: readonly string[];
  readonly env: Map<string, string>;
  readonly uid: number;
  /** Which C library's words its errors have: that of the image it runs in. */
  readonly library: 'glibc' | 'musl';

  // Time and chance
  /** Monotonic time. */
  now(): SimTime;
  /** The calendar: milliseconds since 1970, UTC. */
  date(): number;
  random(): number;
  /** Gives up the processor for a moment. Every loop that makes no other call makes this one. */
  cpu(time?: Duration): Sys<void>;
  sleep(time: Duration): Call<void>;

  // Files
  cwd(): string;
  chdir(path: string): Call<void>;
  open(path: string, flags: OpenFlags, mode?: number): Call<Fd>;
  close(fd: Fd): Call<void>;
  /** At most `max` bytes; an empty answer is the end of the file. */
  read(fd: Fd, max?: number): Call<Uint8Array>;
  /** Writes all of it, waiting where it must. A text goes out as UTF-8. */
  write(fd: Fd, data: Uint8Array | string): Call<number>;
  seek(fd: Fd, offset: number): Call<void>;
  stat(path: string, options?: { readonly followLinks?: boolean }): Call<Stat>;
  fstat(fd: Fd): Call<Stat>;
  readDirectory(path: string): Call<readonly DirectoryEntry[]>;
  readLink(path: string): Call<string>;
  makeDirectory(path: string, mode?: number): Call<void>;
  makeLink(target: string, path: string, options?: { readonly symbolic?: boolean }): Call<void>;
  unlink(path: string): Call<void>;
  removeDirectory(path: string): Call<void>;
  rename(from: string, to: string): Call<void>;
  chmod(path: string, mode: number): Call<void>;
  utime(path: string, modified: number): Call<void>;
  pipe(): Call<{ readonly read: Fd; readonly write: Fd }>;
  /** The lowest free descriptor, or `to`, for the same open file. */
  duplicate(fd: Fd, to?: Fd): Call<Fd>;
  poll(requests: readonly PollRequest[], timeout?: Duration): Call<readonly PollRequest[]>;
  umask(mask?: number): number;

  // Terminals
  isTty(fd: Fd): boolean;
  windowSize(fd: Fd): WindowSize | null;
  termios(fd: Fd): Termios | null;
  setTermios(fd: Fd, termios: Termios): Call<void>;
  foreground(fd: Fd): Pid | null;
  setForeground(fd: Fd, group: Pid): Call<void>;

  // Processes and signals
  spawn(options: SpawnOptions): Call<Pid>;
  /** execve(2): this process becomes that file's program. The caller ends with `return yield* program(proc)`. */
  execute(options: {
    readonly path: string;
    readonly argv: readonly string[];
    readonly env?: ReadonlyMap<string, string>;
    /** The descriptors that it has, as in `SpawnOptions`; all others close. */
    readonly fds?: readonly (readonly [child: Fd, own: Fd])[];
  }): Call<Program>;
  /** Waits for a child: that pid, any (-1), or any of a group (-group). null with `noHang` when none has changed. */
  wait(pid: Pid, options?: { readonly noHang?: boolean; readonly untraced?: boolean }): Call<WaitStatus | null>;
  /** To a process, or to a group (-group). */
  kill(pid: Pid, signal: Signal | 0): Call<void>;
  disposition(signal: Signal, disposition: Disposition): void;
  /** What lists of processes show from now on in place of its arguments (setproctitle(3)). */
  setTitle(title: string): void;
  /** The oldest caught signal that has not been taken. */
  takeSignal(): Signal | null;
  /** Who sent the signal taken last; 0: the kernel, or a process that isn't to be seen from here. */
  signalSender(): Pid;
  group(): Pid;
  processes(): readonly ProcessInfo[];

  // Sockets
  socket(family: SocketFamily, type: SocketType, protocol?: number): Call<Fd>;
  bind(fd: Fd, address: SocketAddress): Call<void>;
  listen(fd: Fd, backlog?: number): Call<void>;
  accept(fd: Fd): Call<{ readonly fd: Fd; readonly peer: SocketAddress }>;
  connect(fd: Fd, address: SocketAddress): Call<void>;
  send(fd: Fd, data: Uint8Array, to?: SocketAddress): Call<number>;
  receive(fd: Fd, max?: number): Call<Received>;
  shutdown(fd: Fd, how: 'read' | 'write' | 'both'): Call<void>;
  socketName(fd: Fd): Result<SocketAddress, Errno>;
  peerName(fd: Fd): Result<SocketAddress, Errno>;
  setSocketOption(fd: Fd, option: SocketOption): Result<void, Errno>;
  /** `seqpacket` on `unix` carries messages: objects or bytes, handed over by reference and never changed afterwards. */
  sendMessage(fd: Fd, message: unknown): Call<void>;
  /** The next message; undefined when the other side has closed. */
  receiveMessage(fd: Fd): Call<unknown>;

  // The network's tables, as netlink(7), nf_tables and /proc/net give them for this process's network namespace
  readonly net: NetAdmin;

  // The machine
  hostname(): string;
  setHostname(name: string): Call<void>;
  /** /proc/sys: `net.ipv4.ip_forward`. undefined where there is none of that name. */
  sysctl(name: string): string | undefined;
  setSysctl(name: string, value: string): Call<void>;
  mounts(): readonly {
    readonly source: string;
    readonly target: string;
    readonly type: string;
    readonly options: string;
  }[];
}
