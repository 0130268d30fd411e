import { err, ok, type Result } from '../../../base/result.ts';
import { IpProtocol } from '../../../wire/packet.ts';
import { createSocket } from '../../net/socket/create.ts';
import type { Socket } from '../../net/socket/socket.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { Call, Fd } from '../../syscalls/proc.ts';
import type { Received, SocketAddress, SocketFamily, SocketOption, SocketType } from '../../syscalls/socket.ts';
import { deadlineOf, limitWaiting } from '../socket-timeouts.ts';
import type { Task } from '../task.ts';
import { bindUnix, connectUnix, MessageSocket, UnixSocket } from '../unix-socket.ts';

/** The system calls on sockets: those of the network and those of AF_UNIX; what would wait does. */

type AnySocket = Socket | UnixSocket;

function socketOf(task: Task, fd: Fd): Result<AnySocket, Errno> {
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  return 'shutdown' in file ? ok(file as AnySocket) : err('ENOTSOCK');
}

export function* socket(task: Task, family: SocketFamily, type: SocketType, protocol: number): Call<Fd> {
  yield* task.enter();
  // Raw ICMP is free to all here, as ping's capability makes it on a real host.
  if (task.uid !== 0 && (family === 'packet' || (type === 'raw' && protocol !== IpProtocol.icmp))) return err('EPERM');
  const made: Result<AnySocket, Errno> =
    family === 'unix'
      ? ok(type === 'seqpacket' ? new MessageSocket() : new UnixSocket())
      : createSocket(task.namespaces.net, family, type, protocol);
  if (!made.ok) return made;
  const fd = task.files.add(made.value);
  if (fd === undefined) return err('EMFILE');
  own(task, made.value, fd);
  return ok(fd);
}

/** Who has it, for netstat -p and ss -p: the one who made it, also when others got it later. */
function own(task: Task, made: AnySocket, descriptor: Fd): void {
  const { pid, hostPid, command } = task;
  if (!(made instanceof UnixSocket)) made.owner = { pid, hostPid, program: command, descriptor };
}

export function* bind(task: Task, fd: Fd, address: SocketAddress): Call<void> {
  yield* task.enter();
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  if (found.value instanceof UnixSocket)
    return address.family === 'unix' ? bindUnix(task, found.value, address.path) : err('EAFNOSUPPORT');
  if (task.uid !== 0 && 'port' in address && address.port > 0 && address.port < firstFreePort(task))
    return err('EACCES');
  return found.value.bind(address);
}

function firstFreePort(task: Task): number {
  return Number(task.namespaces.net.sysctlGet('net.ipv4.ip_unprivileged_port_start') ?? 1024);
}

export function* listen(task: Task, fd: Fd, backlog: number): Call<void> {
  yield* task.enter();
  const found = socketOf(task, fd);
  return found.ok ? found.value.listen(backlog) : found;
}

export function* accept(task: Task, fd: Fd): Call<{ readonly fd: Fd; readonly peer: SocketAddress }> {
  yield* task.enter();
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  for (;;) {
    const accepted = found.value.accept();
    if (accepted.ok) {
      const { socket, peer } = accepted.value;
      const added = task.files.add(socket);
      if (added === undefined) return err('EMFILE');
      own(task, socket, added);
      return ok({ fd: added, peer });
    }
    if (accepted.error !== 'EAGAIN' || found.value.nonBlocking) return accepted;
    const waited = yield* waitFor(task, found.value, 'receive');
    if (!waited.ok) return waited;
  }
}

export function* connect(task: Task, fd: Fd, address: SocketAddress): Call<void> {
  yield* task.enter();
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  const file = found.value;
  if (file instanceof UnixSocket)
    return address.family === 'unix' ? connectUnix(task, file, address.path) : err('EAFNOSUPPORT');
  const started = file.connect(address);
  if (started.ok || started.error !== 'EINPROGRESS' || file.nonBlocking) return started;
  while (!file.writable()) {
    const waited = yield* waitFor(task, file, 'send');
    if (!waited.ok) return waited.error === 'EAGAIN' ? err('EINPROGRESS') : waited;
  }
  const failure = file.takeError();
  return failure === null ? ok() : err(failure);
}

export function* send(task: Task, fd: Fd, data: Uint8Array, to: SocketAddress | undefined): Call<number> {
  yield* task.enter();
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  for (let at = 0; ; ) {
    const sent = found.value.send(at === 0 ? data : data.subarray(at), to);
    if (sent.ok) {
      at += sent.value;
      if (at >= data.length) return ok(data.length);
      continue;
    }
    if (sent.error === 'EPIPE') {
      task.signal('SIGPIPE', task);
      yield* task.giveUp(0);
    }
    if (sent.error !== 'EAGAIN') return sent;
    if (found.value.nonBlocking) return at > 0 ? ok(at) : sent;
    const waited = yield* waitFor(task, found.value, 'send');
    if (!waited.ok) return at > 0 ? ok(at) : waited;
  }
}

export function* receive(task: Task, fd: Fd, max: number): Call<Received> {
  yield* task.enter();
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  for (;;) {
    const received = found.value.receive(max);
    if (received.ok || received.error !== 'EAGAIN' || found.value.nonBlocking) return received;
    const waited = yield* waitFor(task, found.value, 'receive');
    if (!waited.ok) return waited;
  }
}

function* waitFor(task: Task, file: AnySocket, direction: 'receive' | 'send'): Call<void> {
  const reason = yield* task.waitOn([file.changed], deadlineOf(file, direction, task.kernel.queue.now));
  if (reason === 'signal') return err('EINTR');
  return reason === 'timeout' ? err('EAGAIN') : ok();
}

export function* shutdown(task: Task, fd: Fd, how: 'read' | 'write' | 'both'): Call<void> {
  yield* task.enter();
  const found = socketOf(task, fd);
  return found.ok ? found.value.shutdown(how) : found;
}

export function nameOf(task: Task, fd: Fd, which: 'name' | 'peer'): Result<SocketAddress, Errno> {
  const found = socketOf(task, fd);
  return found.ok ? found.value[which]() : found;
}

export function setOption(task: Task, fd: Fd, option: SocketOption): Result<void, Errno> {
  const found = socketOf(task, fd);
  if (!found.ok) return found;
  if (option.option === 'receiveTimeout' || option.option === 'sendTimeout') {
    limitWaiting(found.value, option.option === 'receiveTimeout' ? 'receive' : 'send', option.value);
    return ok();
  }
  if (option.option === 'nonBlocking') {
    found.value.nonBlocking = option.on;
    return ok();
  }
  return found.value.setOption(option);
}

export function* sendMessage(task: Task, fd: Fd, message: unknown): Call<void> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!(file instanceof MessageSocket)) return err('ENOTSOCK');
  for (;;) {
    const sent = file.sendMessage(message);
    if (sent.ok || sent.error !== 'EAGAIN') return sent;
    const waited = yield* waitFor(task, file, 'send');
    if (!waited.ok) return waited;
  }
}

export function* receiveMessage(task: Task, fd: Fd): Call<unknown> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!(file instanceof MessageSocket)) return err('ENOTSOCK');
  for (;;) {
    const message = file.receiveMessage();
    if (message.ok || message.error !== 'EAGAIN') return message;
    const waited = yield* waitFor(task, file, 'receive');
    if (!waited.ok) return waited;
  }
}
