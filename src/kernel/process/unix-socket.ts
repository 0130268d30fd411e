import { NO_BYTES } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { SocketInode } from '../fs/inode.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { Stat } from '../syscalls/file.ts';
import type { Received, SocketAddress } from '../syscalls/socket.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Task } from './task.ts';
import { WaitQueue } from './wait-queue.ts';

const STAT: Stat = { type: 'socket', mode: 0o777, uid: 0, gid: 0, size: 0, links: 1, modified: 0, inode: 0, device: 0 };
/** As many bytes, or messages, wait to be read. */
const CAPACITY = 212_992;
const MESSAGES = 256;

/** A stream socket of AF_UNIX (net/unix/af_unix.c), between processes of one machine. Left out: datagrams, passing descriptors. */
export class UnixSocket implements OpenFile {
  readonly changed = new WaitQueue();
  nonBlocking = false;
  protected other: UnixSocket | null = null;
  protected closed = false;
  protected path = '';
  private references = 0;
  private backlog = -1;
  private readonly accepted: UnixSocket[] = [];
  private readonly bytes = new ByteQueue();
  protected writeShut = false;

  /** The socket at the other end; null while there is none. */
  get otherEnd(): UnixSocket | null {
    return this.other;
  }

  readable(): boolean {
    return this.accepted.length > 0 || this.bytes.length > 0 || this.peerDone;
  }

  writable(): boolean {
    return this.other === null || this.other.closed || this.other.bytes.length < CAPACITY;
  }

  read(max: number): Result<Uint8Array, Errno> {
    if (this.bytes.length > 0) {
      const taken = this.bytes.take(max);
      this.other?.changed.wake();
      return ok(taken);
    }
    if (this.backlog >= 0) return err('EINVAL');
    return this.peerDone ? ok(NO_BYTES) : err('EAGAIN');
  }

  write(data: Uint8Array): Result<number, Errno> {
    if (!this.other) return err('ENOTCONN');
    if (this.other.closed || this.writeShut) return err('EPIPE');
    const room = CAPACITY - this.other.bytes.length;
    if (room <= 0) return err('EAGAIN');
    const part = data.length <= room ? data : data.subarray(0, room);
    this.other.bytes.push(part);
    this.other.changed.wake();
    return ok(part.length);
  }

  listen(backlog: number): Result<void, Errno> {
    if (this.path === '') return err('EINVAL');
    this.backlog = backlog;
    return ok();
  }

  accept(): Result<{ readonly socket: UnixSocket; readonly peer: SocketAddress }, Errno> {
    if (this.backlog < 0) return err('EINVAL');
    const socket = this.accepted.shift();
    return socket ? ok({ socket, peer: { family: 'unix', path: '' } }) : err('EAGAIN');
  }

  send(data: Uint8Array): Result<number, Errno> {
    return this.write(data);
  }

  receive(max: number): Result<Received, Errno> {
    const data = this.read(max);
    return data.ok ? ok({ data: data.value, from: { family: 'unix', path: this.other?.path ?? '' } }) : data;
  }

  shutdown(how: 'read' | 'write' | 'both'): Result<void, Errno> {
    if (!this.other) return err('ENOTCONN');
    if (how !== 'read') {
      this.writeShut = true;
      this.other.changed.wake();
    }
    return ok();
  }

  name(): Result<SocketAddress, Errno> {
    return ok({ family: 'unix', path: this.path });
  }

  peer(): Result<SocketAddress, Errno> {
    return this.other ? ok({ family: 'unix', path: this.other.path }) : err('ENOTCONN');
  }

  setOption(): Result<void, Errno> {
    return ok();
  }

  takeError(): Errno | null {
    return null;
  }

  bound(path: string): void {
    this.path = path;
  }

  /** Joins this socket with a new one that the listener will accept. */
  connectTo(listener: UnixSocket): Result<void, Errno> {
    if (this.other) return err('EISCONN');
    if (listener.backlog < 0 || listener.closed) return err('ECONNREFUSED');
    if (listener.accepted.length > listener.backlog) return err('EAGAIN');
    const server = listener.twin();
    server.path = listener.path;
    server.other = this;
    this.other = server;
    listener.accepted.push(server);
    listener.changed.wake();
    return ok();
  }

  stat(): Stat {
    return STAT;
  }

  retain(): void {
    this.references++;
  }

  release(): void {
    if (--this.references > 0) return;
    this.closed = true;
    for (const waiting of this.accepted) waiting.abandon();
    this.other?.changed.wake();
  }

  protected twin(): UnixSocket {
    return new UnixSocket();
  }

  protected get peerDone(): boolean {
    return this.other !== null && (this.other.closed || this.other.writeShut);
  }

  private abandon(): void {
    this.closed = true;
    this.other?.changed.wake();
  }
}

/** A seqpacket socket: whole messages, handed over by reference. */
export class MessageSocket extends UnixSocket {
  private readonly messages: unknown[] = [];

  override readable(): boolean {
    return this.messages.length > 0 || super.readable();
  }

  override writable(): boolean {
    return !(this.other instanceof MessageSocket) || this.other.closed || this.other.messages.length < MESSAGES;
  }

  sendMessage(message: unknown): Result<void, Errno> {
    if (!(this.other instanceof MessageSocket)) return err('ENOTCONN');
    if (this.other.closed || this.writeShut) return err('EPIPE');
    if (this.other.messages.length >= MESSAGES) return err('EAGAIN');
    this.other.messages.push(message);
    this.other.changed.wake();
    return ok();
  }

  /** The next message; undefined when the other side has closed and none is left. */
  receiveMessage(): Result<unknown, Errno> {
    if (this.messages.length > 0) {
      const message = this.messages.shift();
      this.other?.changed.wake();
      return ok(message);
    }
    if (!this.other) return err('ENOTCONN');
    return this.peerDone ? ok(undefined as unknown) : err('EAGAIN');
  }

  protected override twin(): UnixSocket {
    return new MessageSocket();
  }
}

/** Gives a socket its place in the file system. */
export function bindUnix(task: Task, socket: UnixSocket, path: string): Result<void, Errno> {
  const at = task.namespaces.mounts.resolve(task.cwd, path, false);
  if (!at.ok) return at;
  if (at.value.inode) return err('EADDRINUSE');
  const inode = new SocketInode(at.value.parent.fileSystem, 0o660);
  inode.uid = task.uid;
  inode.modified = task.kernel.date();
  inode.listener = socket;
  at.value.parent.entries.set(at.value.name, inode);
  socket.bound(path);
  return ok();
}

export function connectUnix(task: Task, socket: UnixSocket, path: string): Result<void, Errno> {
  const at = task.namespaces.mounts.resolve(task.cwd, path, true);
  if (!at.ok) return at;
  const { inode } = at.value;
  if (!inode) return err('ENOENT');
  if (!(inode instanceof SocketInode)) return err('ECONNREFUSED');
  return inode.listener instanceof UnixSocket ? socket.connectTo(inode.listener) : err('ECONNREFUSED');
}
