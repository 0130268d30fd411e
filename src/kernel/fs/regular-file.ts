import { decodeUtf8, NO_BYTES } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { OpenFlags, Stat } from '../syscalls/file.ts';
import { ComputedInode, FileInode, type Inode } from './inode.ts';
import type { OpenFile } from './open-file.ts';

/** A simulated disk has no room for larger files. */
const MOST_BYTES = 1 << 24;

/** What an inode looks like to stat(2). */
export function statOf(inode: Inode): Stat {
  return {
    type: inode.type,
    mode: inode.mode,
    uid: inode.uid,
    gid: inode.gid,
    size: inode.size,
    links: inode.links,
    modified: inode.modified,
    inode: inode.number,
    device: inode.fileSystem.device,
  };
}

/** An open regular file, folder (for its stat) or computed file. */
export class RegularFile implements OpenFile {
  readonly changed = new WaitQueue();
  private position = 0;
  /** A computed file keeps its text from the first read on, as /proc does. */
  private computed: Uint8Array | null = null;
  private written = '';

  constructor(
    readonly inode: Inode,
    private readonly flags: OpenFlags,
    private readonly clock: () => number,
  ) {}

  readable(): boolean {
    return true;
  }

  writable(): boolean {
    return true;
  }

  read(max: number): Result<Uint8Array, Errno> {
    if (this.flags.read === false) return err('EBADF');
    if (this.inode.type === 'directory') return err('EISDIR');
    const data = this.content();
    const bytes = data.subarray(this.position, this.position + max);
    this.position += bytes.length;
    return ok(bytes);
  }

  write(data: Uint8Array): Result<number, Errno> {
    if (!this.flags.write) return err('EBADF');
    if (this.inode instanceof ComputedInode) {
      this.written += decodeUtf8(data);
      if (!this.inode.store) return err('EACCES');
      return this.inode.store(this.written) ? ok(data.length) : err('EINVAL');
    }
    if (!(this.inode instanceof FileInode)) return err('EBADF');
    if (this.flags.append) this.position = this.inode.data.length;
    if (this.position + data.length > MOST_BYTES) return err('ENOSPC');
    // What has been written to is no program any more.
    this.inode.program = null;
    this.inode.writeAt(this.position, data);
    this.inode.touch(this.clock());
    this.position += data.length;
    return ok(data.length);
  }

  seek(offset: number): void {
    this.position = offset;
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  retain(): void {}

  release(): void {}

  private content(): Uint8Array {
    if (this.inode instanceof FileInode) return this.inode.data;
    if (this.inode instanceof ComputedInode) return (this.computed ??= this.inode.content());
    return NO_BYTES;
  }
}
