import { NO_BYTES } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { SimTime } from '../../sim/clock.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { Stat } from '../syscalls/file.ts';
import { ByteQueue } from './byte-queue.ts';
import { WaitQueue } from './wait-queue.ts';

/** As many bytes wait in a pipe (pipe(7)). */
const CAPACITY = 65536;

const PIPE_STAT: Stat = {
  type: 'pipe',
  mode: 0o600,
  uid: 0,
  gid: 0,
  size: 0,
  links: 1,
  modified: 0,
  inode: 0,
  device: 0,
};

/** What the two ends of a pipe share. */
class PipeBuffer {
  readonly changed = new WaitQueue();
  readonly bytes = new ByteQueue();
  readers = 0;
  writers = 0;
  writtenAt: SimTime = Number.NEGATIVE_INFINITY;

  constructor(readonly clock: () => SimTime) {}
}

abstract class PipeEnd implements OpenFile {
  private references = 0;

  constructor(protected readonly buffer: PipeBuffer) {}

  get changed(): WaitQueue {
    return this.buffer.changed;
  }

  abstract readable(): boolean;
  abstract writable(): boolean;
  abstract read(max: number): Result<Uint8Array, Errno>;
  abstract write(data: Uint8Array): Result<number, Errno>;
  protected abstract count(change: 1 | -1): void;

  stat(): Stat {
    return PIPE_STAT;
  }

  retain(): void {
    if (this.references++ === 0) this.count(1);
  }

  release(): void {
    if (--this.references > 0) return;
    this.count(-1);
    this.buffer.changed.wake();
  }
}

class ReadEnd extends PipeEnd {
  readable(): boolean {
    return this.buffer.bytes.length > 0 || this.buffer.writers === 0;
  }

  writable(): boolean {
    return false;
  }

  read(max: number): Result<Uint8Array, Errno> {
    if (this.buffer.bytes.length === 0) return this.buffer.writers === 0 ? ok(NO_BYTES) : err('EAGAIN');
    const bytes = this.buffer.bytes.take(max);
    this.buffer.changed.wake();
    return ok(bytes);
  }

  write(): Result<number, Errno> {
    return err('EBADF');
  }

  protected count(change: 1 | -1): void {
    this.buffer.readers += change;
  }
}

class WriteEnd extends PipeEnd {
  readable(): boolean {
    return false;
  }

  writable(): boolean {
    return this.buffer.readers === 0 || this.buffer.bytes.length < CAPACITY;
  }

  read(): Result<Uint8Array, Errno> {
    return err('EBADF');
  }

  write(data: Uint8Array): Result<number, Errno> {
    if (this.buffer.readers === 0) return err('EPIPE');
    const room = CAPACITY - this.buffer.bytes.length;
    if (room <= 0) return err('EAGAIN');
    const part = data.length <= room ? data : data.subarray(0, room);
    this.buffer.bytes.push(part);
    this.buffer.writtenAt = this.buffer.clock();
    this.buffer.changed.wake();
    return ok(part.length);
  }

  protected count(change: 1 | -1): void {
    this.buffer.writers += change;
  }
}

/** Both ends of a pipe, and when something was last written into it. */
export interface Pipe {
  readonly read: OpenFile;
  readonly write: OpenFile;
  readonly writtenAt: () => SimTime;
}

/** A pipe: what goes into one end comes out of the other; EPIPE without readers, end of file without writers. */
export function createPipe(clock: () => SimTime): Pipe {
  const buffer = new PipeBuffer(clock);
  return { read: new ReadEnd(buffer), write: new WriteEnd(buffer), writtenAt: () => buffer.writtenAt };
}
