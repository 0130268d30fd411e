import { encodeUtf8 } from '../../../base/bytes.ts';
import { err, ok } from '../../../base/result.ts';
import type { OpenFile } from '../../fs/open-file.ts';
import { RegularFile } from '../../fs/regular-file.ts';
import type { Call, Fd, PollRequest } from '../../syscalls/proc.ts';
import { TtyFile } from '../../tty/tty.ts';
import { createPipe } from '../pipe.ts';
import type { Task } from '../task.ts';

/** The system calls on descriptors, whatever they point to. */

export function* read(task: Task, fd: Fd, max: number, deadline = Number.POSITIVE_INFINITY): Call<Uint8Array> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  for (;;) {
    if (file instanceof TtyFile && inBackground(task, file)) {
      task.group.signal('SIGTTIN');
      yield* task.giveUp(0);
      if (!task.stopped && inBackground(task, file) && task.dispositions.get('SIGTTIN') === 'ignore') return err('EIO');
      continue;
    }
    const bytes = file.read(max);
    if (bytes.ok || bytes.error !== 'EAGAIN') return bytes;
    const reason = yield* task.waitOn([file.changed], deadline);
    if (reason === 'signal') return err('EINTR');
    if (reason === 'timeout') return err('EAGAIN');
  }
}

/** A job that isn't the foreground one may not read its terminal. */
function inBackground(task: Task, { tty }: TtyFile): boolean {
  return task.group.session.tty === tty && tty.foreground !== null && tty.foreground !== task.group && !tty.hungUp;
}

export function* write(task: Task, fd: Fd, data: Uint8Array | string): Call<number> {
  yield* task.enter();
  const file = task.files.get(fd);
  if (!file) return err('EBADF');
  const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
  for (let at = 0; at < bytes.length || at === 0; ) {
    const taken = file.write(bytes.subarray(at));
    if (taken.ok) {
      at += taken.value;
      if (at >= bytes.length) break;
      continue;
    }
    if (taken.error === 'EPIPE') {
      task.signal('SIGPIPE', task);
      yield* task.giveUp(0);
      return err('EPIPE');
    }
    if (taken.error !== 'EAGAIN') return taken;
    if ((yield* task.waitOn([file.changed], Number.POSITIVE_INFINITY)) === 'signal') return err('EINTR');
  }
  return ok(bytes.length);
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
  const ends = createPipe();
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
    const ready = requests.flatMap(({ fd, read: wantsRead, write: wantsWrite }, i) => {
      const file = files[i];
      const canRead = wantsRead === true && (file?.readable() ?? true);
      const canWrite = wantsWrite === true && (file?.writable() ?? true);
      return canRead || canWrite ? [{ fd, read: canRead, write: canWrite }] : [];
    });
    if (ready.length > 0) return ok(ready);
    const queues = files.flatMap((file) => (file ? [file.changed] : []));
    const reason = yield* task.waitOn(queues, deadline);
    if (reason === 'signal') return err('EINTR');
    if (reason === 'timeout') return ok([]);
  }
}
