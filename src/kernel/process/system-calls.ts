import { err, ok, type Result } from '../../base/result.ts';
import type { Duration, SimTime } from '../../sim/clock.ts';
import { TtyFile } from '../tty/tty.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { DirectoryEntry, OpenFlags, Stat } from '../syscalls/file.ts';
import { UnprivilegedAdmin } from '../net/unprivileged-admin.ts';
import type { NetAdmin } from '../syscalls/net-admin.ts';
import type {
  Call,
  Fd,
  Pid,
  PollRequest,
  Proc,
  ProcessInfo,
  Program,
  SpawnOptions,
  Sys,
  WaitStatus,
} from '../syscalls/proc.ts';
import type { Disposition, Signal } from '../syscalls/signal.ts';
import type { Received, SocketAddress, SocketFamily, SocketOption, SocketType } from '../syscalls/socket.ts';
import type { Termios, WindowSize } from '../syscalls/tty.ts';
import * as descriptors from './calls/descriptors.ts';
import * as files from './calls/files.ts';
import * as processes from './calls/processes.ts';
import * as sockets from './calls/sockets.ts';
import type { Task } from './task.ts';
import { userNames } from './user-name.ts';

/** The system-call interface of one task: the `Proc` that its program holds. Each call stands in `calls/`. */
export class SystemCalls implements Proc {
  argv: readonly string[];
  readonly env: Map<string, string>;
  private sender: Pid = 0;

  constructor(
    readonly task: Task,
    env: ReadonlyMap<string, string>,
  ) {
    this.argv = task.argv;
    this.env = new Map(env);
  }

  get pid(): Pid {
    return this.task.pid;
  }

  get parent(): Pid {
    return this.task.parent?.pids.get(this.task.namespaces.pids) ?? 0;
  }

  get uid(): number {
    return this.task.uid;
  }

  get library(): 'glibc' | 'musl' {
    return this.task.namespaces.library;
  }

  now(): SimTime {
    return this.task.kernel.queue.now;
  }

  date(): number {
    return this.task.kernel.date();
  }

  random(): number {
    return this.task.kernel.random.int32() >>> 0;
  }

  *cpu(time: Duration = 0): Sys<void> {
    yield* this.task.giveUp(time);
  }

  *sleep(time: Duration): Call<void> {
    yield* this.task.enter();
    return (yield* this.task.waitOn([], this.now() + time)) === 'signal' ? err('EINTR') : ok();
  }

  cwd(): string {
    return this.task.cwd;
  }

  chdir(path: string): Call<void> {
    return files.chdir(this.task, path);
  }

  open(path: string, flags: OpenFlags, mode = 0o666): Call<Fd> {
    return files.open(this.task, path, flags, mode);
  }

  close(fd: Fd): Call<void> {
    return descriptors.close(this.task, fd);
  }

  read(fd: Fd, max = 65536): Call<Uint8Array> {
    return descriptors.read(this.task, fd, max);
  }

  write(fd: Fd, data: Uint8Array | string): Call<number> {
    return descriptors.write(this.task, fd, data);
  }

  seek(fd: Fd, offset: number): Call<void> {
    return descriptors.seek(this.task, fd, offset);
  }

  stat(path: string, options: { readonly followLinks?: boolean } = {}): Call<Stat> {
    return files.stat(this.task, path, options.followLinks ?? true);
  }

  *fstat(fd: Fd): Call<Stat> {
    yield* this.task.enter();
    const file = this.task.files.get(fd);
    return file ? ok(file.stat()) : err('EBADF');
  }

  readDirectory(path: string): Call<readonly DirectoryEntry[]> {
    return files.readDirectory(this.task, path);
  }

  readLink(path: string): Call<string> {
    return files.readLink(this.task, path);
  }

  makeDirectory(path: string, mode = 0o777): Call<void> {
    return files.makeDirectory(this.task, path, mode);
  }

  makeLink(target: string, path: string, options: { readonly symbolic?: boolean } = {}): Call<void> {
    return files.makeLink(this.task, target, path, options.symbolic ?? false);
  }

  unlink(path: string): Call<void> {
    return files.remove(this.task, path, 'file');
  }

  removeDirectory(path: string): Call<void> {
    return files.remove(this.task, path, 'directory');
  }

  rename(from: string, to: string): Call<void> {
    return files.rename(this.task, from, to);
  }

  chmod(path: string, mode: number): Call<void> {
    return files.change(this.task, path, (inode) => {
      inode.mode = mode & 0o7777;
    });
  }

  utime(path: string, modified: number): Call<void> {
    return files.change(this.task, path, (inode) => {
      inode.modified = modified;
    });
  }

  pipe(): Call<{ readonly read: Fd; readonly write: Fd }> {
    return descriptors.pipe(this.task);
  }

  duplicate(fd: Fd, to?: Fd): Call<Fd> {
    return descriptors.duplicate(this.task, fd, to);
  }

  poll(requests: readonly PollRequest[], timeout?: Duration): Call<readonly PollRequest[]> {
    return descriptors.poll(
      this.task,
      requests,
      timeout === undefined ? Number.POSITIVE_INFINITY : this.now() + timeout,
    );
  }

  umask(mask?: number): number {
    const old = this.task.umask;
    if (mask !== undefined) this.task.umask = mask & 0o777;
    return old;
  }

  isTty(fd: Fd): boolean {
    return this.task.files.get(fd) instanceof TtyFile;
  }

  windowSize(fd: Fd): WindowSize | null {
    return this.ttyOf(fd)?.size ?? null;
  }

  termios(fd: Fd): Termios | null {
    return this.ttyOf(fd)?.discipline.termios ?? null;
  }

  *setTermios(fd: Fd, termios: Termios): Call<void> {
    yield* this.task.enter();
    const tty = this.ttyOf(fd);
    if (!tty) return err('ENOTTY');
    tty.setTermios(termios);
    return ok();
  }

  foreground(fd: Fd): Pid | null {
    const tty = this.ttyOf(fd);
    const group = [...this.task.kernel.processes.visibleIn(this.task.namespaces.pids)].find(
      (each) => each.group === tty?.foreground,
    )?.group;
    return group?.ids.get(this.task.namespaces.pids) ?? null;
  }

  *setForeground(fd: Fd, id: Pid): Call<void> {
    yield* this.task.enter();
    const tty = this.ttyOf(fd);
    if (!tty) return err('ENOTTY');
    const group = processes.findGroup(this.task, id);
    if (!group) return err('ESRCH');
    tty.foreground = group;
    return ok();
  }

  spawn(options: SpawnOptions): Call<Pid> {
    return processes.spawn(this.task, options, this.env);
  }

  execute(options: Parameters<Proc['execute']>[0]): Call<Program> {
    return processes.execute(this.task, options, this.env);
  }

  wait(pid: Pid, options: { readonly noHang?: boolean; readonly untraced?: boolean } = {}): Call<WaitStatus | null> {
    return processes.wait(this.task, pid, options);
  }

  kill(pid: Pid, signal: Signal | 0): Call<void> {
    return processes.kill(this.task, pid, signal);
  }

  disposition(signal: Signal, disposition: Disposition): void {
    if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') this.task.dispositions.set(signal, disposition);
  }

  setTitle(title: string): void {
    this.task.rename(title);
  }

  signalSender(): Pid {
    return this.sender;
  }

  takeSignal(): Signal | null {
    const signal = this.task.caught.shift() ?? null;
    const sender = signal === null ? undefined : this.task.senders.get(signal);
    this.sender = sender?.pids.get(this.task.namespaces.pids) ?? 0;
    return signal;
  }

  group(): Pid {
    return this.task.group.ids.get(this.task.namespaces.pids) ?? 0;
  }

  processes(): readonly ProcessInfo[] {
    const { pids, mounts } = this.task.namespaces;
    const users = userNames(mounts);
    const listed = [...this.task.kernel.processes.visibleIn(pids)].filter(({ thread }) => !thread);
    return listed.map((each) => ({
      pid: each.pids.get(pids) as Pid,
      hostPid: each.hostPid,
      parent: each.parent?.pids.get(pids) ?? 0,
      group: each.group.ids.get(pids) ?? 0,
      user: users.get(each.uid) ?? String(each.uid),
      argv: each.argv,
      state: each.state,
      started: each.started,
      tty: each.group.session.tty?.name ?? null,
    }));
  }

  socket(family: SocketFamily, type: SocketType, protocol = 0): Call<Fd> {
    return sockets.socket(this.task, family, type, protocol);
  }

  bind(fd: Fd, address: SocketAddress): Call<void> {
    return sockets.bind(this.task, fd, address);
  }

  listen(fd: Fd, backlog = 128): Call<void> {
    return sockets.listen(this.task, fd, backlog);
  }

  accept(fd: Fd): Call<{ readonly fd: Fd; readonly peer: SocketAddress }> {
    return sockets.accept(this.task, fd);
  }

  connect(fd: Fd, address: SocketAddress): Call<void> {
    return sockets.connect(this.task, fd, address);
  }

  send(fd: Fd, data: Uint8Array, to?: SocketAddress): Call<number> {
    return sockets.send(this.task, fd, data, to);
  }

  receive(fd: Fd, max = 65536): Call<Received> {
    return sockets.receive(this.task, fd, max);
  }

  shutdown(fd: Fd, how: 'read' | 'write' | 'both'): Call<void> {
    return sockets.shutdown(this.task, fd, how);
  }

  socketName(fd: Fd): Result<SocketAddress, Errno> {
    return sockets.nameOf(this.task, fd, 'name');
  }

  peerName(fd: Fd): Result<SocketAddress, Errno> {
    return sockets.nameOf(this.task, fd, 'peer');
  }

  setSocketOption(fd: Fd, option: SocketOption): Result<void, Errno> {
    return sockets.setOption(this.task, fd, option);
  }

  sendMessage(fd: Fd, message: unknown): Call<void> {
    return sockets.sendMessage(this.task, fd, message);
  }

  receiveMessage(fd: Fd): Call<unknown> {
    return sockets.receiveMessage(this.task, fd);
  }

  get net(): NetAdmin {
    const { uid, namespaces } = this.task;
    const { admin } = namespaces.net;
    return uid === 0 && namespaces.capabilities.has('NET_ADMIN') ? admin : new UnprivilegedAdmin(admin);
  }

  hostname(): string {
    return this.task.namespaces.uts.hostname;
  }

  *setHostname(name: string): Call<void> {
    yield* this.task.enter();
    if (this.task.uid !== 0) return err('EPERM');
    this.task.namespaces.uts.hostname = name;
    return ok();
  }

  sysctl(name: string): string | undefined {
    return this.task.namespaces.net.sysctlGet(name);
  }

  *setSysctl(name: string, value: string): Call<void> {
    yield* this.task.enter();
    if (this.task.uid !== 0) return err('EPERM');
    if (this.sysctl(name) === undefined) return err('ENOENT');
    const at = this.task.namespaces.mounts.resolve('/', `/proc/sys/${name.replaceAll('.', '/')}`, true);
    if (at.ok && at.value.mount.readOnly) return err('EROFS');
    return this.task.namespaces.net.sysctlSet(name, value) ? ok() : err('EINVAL');
  }

  mounts(): readonly {
    readonly source: string;
    readonly target: string;
    readonly type: string;
    readonly options: string;
  }[] {
    return this.task.namespaces.mounts.all().map(({ source, target, type, readOnly }) => ({
      source,
      target,
      type,
      options: readOnly ? 'ro,relatime' : 'rw,relatime',
    }));
  }

  private ttyOf(fd: Fd) {
    const file = this.task.files.get(fd);
    return file instanceof TtyFile ? file.tty : null;
  }
}
