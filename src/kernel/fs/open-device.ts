import { NO_BYTES } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Task } from '../process/task.ts';
import { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { OpenFlags, Stat } from '../syscalls/file.ts';
import { TtyFile } from '../tty/tty.ts';
import { DeviceInode, FileSystem } from './inode.ts';
import type { OpenFile } from './open-file.ts';
import { statOf } from './regular-file.ts';

/** /dev/null, /dev/zero, /dev/full and /dev/random: always ready, nothing kept. */
class SimpleDevice implements OpenFile {
  readonly changed = new WaitQueue();

  constructor(
    private readonly inode: DeviceInode,
    private readonly make: (length: number) => Uint8Array,
  ) {}

  readable(): boolean {
    return true;
  }

  writable(): boolean {
    return true;
  }

  read(max: number): Result<Uint8Array, Errno> {
    return ok(this.inode.device === 'null' ? NO_BYTES : this.make(Math.min(max, 65536)));
  }

  write(data: Uint8Array): Result<number, Errno> {
    return this.inode.device === 'full' ? err('ENOSPC') : ok(data.length);
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  retain(): void {}

  release(): void {}
}

/** /dev/null without a file system around it. */
export class NullFile extends SimpleDevice {
  constructor() {
    super(new DeviceInode(new FileSystem(5, 'tmpfs'), 0o666, 'null'), () => NO_BYTES);
  }
}

/** Opens a character device; /dev/tty is the controlling terminal of whoever asks. */
export function openDevice(task: Task, inode: DeviceInode, flags: OpenFlags): Result<OpenFile, Errno> {
  const nonBlocking = flags.nonBlocking ?? false;
  if (inode.device === 'tty') {
    const { tty } = task.group.session;
    return tty ? ok(new TtyFile(tty, nonBlocking)) : err('ENXIO');
  }
  if (inode.device === 'pts') {
    const pty = task.kernel.ptysOf(task.namespaces.mounts).get(inode.minor);
    return pty ? ok(new TtyFile(pty.tty, nonBlocking)) : err('ENXIO');
  }
  const { random } = task.kernel;
  const isRandom = inode.device === 'random';
  return ok(new SimpleDevice(inode, (length) => Uint8Array.from({ length }, () => (isRandom ? random.below(256) : 0))));
}
