import type { Result } from '../../base/result.ts';
import type { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { Stat } from '../syscalls/file.ts';

/**
 * An open file description: what descriptors point to. Files, pipes, terminals and sockets all are one. Nothing here
 * waits: what would wait fails with EAGAIN, and the system call waits on `changed` and asks again.
 */
export interface OpenFile {
  /** Woken whenever `readable` or `writable` may have become true. */
  readonly changed: WaitQueue;
  /** O_NONBLOCK: system calls fail with EAGAIN instead of waiting. */
  readonly nonBlocking?: boolean;
  readable(): boolean;
  writable(): boolean;
  /** At most `max` bytes; an empty answer is the end of the file. */
  read(max: number): Result<Uint8Array, Errno>;
  /** How many bytes were taken. */
  write(data: Uint8Array): Result<number, Errno>;
  stat(): Stat;
  /** One more descriptor points here. */
  retain(): void;
  /** One less; the last one closes it. */
  release(): void;
}
