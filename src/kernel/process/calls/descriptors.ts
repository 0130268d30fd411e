import { encodeUtf8 } from '../../../base/bytes.ts';
import { err, ok } from '../../../base/result.ts';
import type { OpenFile } from '../../fs/open-file.ts';
import { RegularFile } from '../../fs/regular-file.ts';
import type { Call, Fd, PollRequest } from '../../syscalls/proc.ts';
import { TtyFile } from '../../tty/tty.ts';
import { deadlineOf } from '../socket-timeouts.ts';
import type { Task } from '../task.ts';
import type { WaitQueue } from '../wait-queue.ts';

/** What writing to a terminal costs: nothing else slows down a program that fills the screen. */
const TTY_WRITE = 5_000;
const TTY_BYTE = 50;
/** What a byte costs on any other way into a program or out of it, where there are many. */
const BYTE = 40;
const MANY = 512;

const costOf = (bytes: Uint8Array): number => Math.max(0, bytes.length - MANY) * BYTE;

/** The system calls on descriptors, whatever they point to. */

export function* read(task: Task, fd: Fd, max: number): Call<Uint8Array> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  const deadline = deadlineOf(file, 'receive', task.kernel.queue.now);
  for (;;) {
    const foreground = file instanceof TtyFile ? yield* untilForeground(task, file) : ok();
    if (!foreground.ok) return foreground;
    const bytes = file.read(max);
    if (bytes.ok) task.charge(costOf(bytes.value));
    if (bytes.ok || bytes.error !== 'EAGAIN' || file.nonBlocking) return bytes;
    const reason = yield* task.waitOn([file.changed], deadline);
    if (reason === 'signal') return err('EINTR');
    if (reason === 'timeout') return err('EAGAIN');
  }
}

/** A job that isn't the foreground one may not read its terminal: it stops until it is (drivers/tty/tty_jobctrl.c). */
function* untilForeground(task: Task, file: TtyFile): Call<void> {
  while (inBackground(task, file)) {
    if (task.group.orphaned || task.dispositions.get('SIGTTIN') === 'ignore') return err('EIO');
    task.group.signal('SIGTTIN');
    yield* task.giveUp(0);
    if (task.caught.includes('SIGTTIN')) return err('EINTR');
  }
  return ok();
}

function inBackground(task: Task, { tty }: TtyFile): boolean {
  return task.group.session.tty === tty && tty.foreground !== null && tty.foreground !== task.group && !tty.hungUp;
}

export function* write(task: Task, fd: Fd, data: Uint8Array | string): Call<number> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
  task.charge(file instanceof TtyFile ? TTY_WRITE + bytes.length * TTY_BYTE : costOf(bytes));
  const deadline = deadlineOf(file, 'send', task.kernel.queue.now);
  for (let at = 0; ; ) {
    const taken = file.write(at === 0 ? bytes : bytes.subarray(at));
    if (taken.ok && (at += taken.value) >= bytes.length) return ok(bytes.length);
    if (!taken.ok && taken.error === 'EPIPE') {
      task.signal('SIGPIPE', task);
      yield* task.giveUp(0);
      return err('EPIPE');
    }
    if (!taken.ok && taken.error !== 'EAGAIN') return taken;
    if (taken.ok && taken.value > 0) continue;
    const reason = file.nonBlocking ? 'timeout' : yield* task.waitOn([file.changed], deadline);
    // What has been taken already counts.
    if (reason !== 'woken') return at > 0 ? ok(at) : err(reason === 'signal' ? 'EINTR' : 'EAGAIN');
  }
}

export function* close(task: Task, fd: Fd): Call<void> {
  yield* task.enter();
  return task.files.close(fd) ? ok() : err('EBADF');
}

export function* seek(task: Task, fd: Fd, offset: number): Call<void> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  if (!(file instanceof RegularFile)) return err('ESPIPE');
  file.seek(offset);
  return ok();
}

export function* pipe(task: Task): Call<{ readonly read: Fd; readonly write: Fd }> {
  yield* task.enter();
  const ends = task.kernel.createPipe();
  const readEnd = task.files.add(ends.read);
  const writeEnd = task.files.add(ends.write);
  return readEnd === undefined || writeEnd === undefined ? err('EMFILE') : ok({ read: readEnd, write: writeEnd });
}

export function* duplicate(task: Task, fd: Fd, to?: Fd): Call<Fd> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  if (to !== undefined) {
    if (to !== fd) task.files.set(to, file);
    return ok(to);
  }
  const added = task.files.add(file);
  return added === undefined ? err('EMFILE') : ok(added);
}

export function* poll(task: Task, requests: readonly PollRequest[], deadline: number): Call<readonly PollRequest[]> {
  yield* task.enter();
  const files: (OpenFile | undefined)[] = requests.map(({ fd }) => task.files.get(fd));
  for (;;) {
    const ready: PollRequest[] = [];
    const queues: WaitQueue[] = [];
    for (const [i, { fd, read, write }] of requests.entries()) {
      const file = files[i];
      const canRead = read === true && (file?.readable() ?? true);
      const canWrite = write === true && (file?.writable() ?? true);
      if (canRead || canWrite) ready.push({ fd, read: canRead, write: canWrite });
      if (file) queues.push(file.changed);
    }
    if (ready.length > 0) return ok(ready);
    const reason = yield* task.waitOn(queues, deadline);
    if (reason === 'signal') return err('EINTR');
    if (reason === 'timeout') return ok([]);
  }
}
