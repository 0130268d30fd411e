import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { DirectoryEntry, Stat } from '../syscalls/file.ts';
import { DirectoryInode, FileInode } from './inode.ts';
import type { MountTable } from './mount-table.ts';
import { statOf } from './regular-file.ts';

/** A machine's files seen from outside of its processes, with all rights: for the lab's editor, for dockerd. */
export class HostFiles {
  constructor(
    private readonly mounts: MountTable,
    private readonly clock: () => number,
  ) {}

  /** Grows with every change of a file on the host's disk: whoever shows files compares it. */
  get version(): number {
    return this.mounts.root.root.fileSystem.version;
  }

  /** Woken on every change of a file on the host's disk. */
  get changed(): WaitQueue {
    return this.mounts.root.root.fileSystem.changed;
  }

  stat(path: string): Stat | null {
    const at = this.mounts.resolve('/', path, true);
    return at.ok && at.value.inode ? statOf(at.value.inode) : null;
  }

  readBytes(path: string): Result<Uint8Array, Errno> {
    const at = this.mounts.resolve('/', path, true);
    if (!at.ok) return at;
    const { inode } = at.value;
    if (!inode) return err('ENOENT');
    return inode instanceof FileInode ? ok(inode.data) : err('EISDIR');
  }

  read(path: string): Result<string, Errno> {
    const bytes = this.readBytes(path);
    return bytes.ok ? ok(decodeUtf8(bytes.value)) : bytes;
  }

  /** Writes a file in place, as an editor that keeps the inode does; folders on the way are made. */
  write(path: string, content: string | Uint8Array, owner: { readonly uid: number } = { uid: 0 }): Result<void, Errno> {
    const parent = this.makeFolder(path.slice(0, Math.max(1, path.lastIndexOf('/'))), owner);
    if (!parent.ok) return parent;
    const at = this.mounts.resolve('/', path, true);
    if (!at.ok) return at;
    let { inode } = at.value;
    if (!inode) {
      inode = new FileInode(at.value.parent.fileSystem, 0o644);
      inode.uid = owner.uid;
      inode.gid = owner.uid;
      at.value.parent.entries.set(at.value.name, inode);
      at.value.parent.touch(this.clock());
    }
    if (!(inode instanceof FileInode)) return err('EISDIR');
    inode.data = typeof content === 'string' ? encodeUtf8(content) : content;
    inode.touch(this.clock());
    return ok();
  }

  /** Makes a folder and those above it. */
  makeFolder(path: string, owner: { readonly uid: number } = { uid: 0 }): Result<DirectoryInode, Errno> {
    let made: DirectoryInode = this.mounts.root.root as DirectoryInode;
    let so = '';
    for (const part of path.split('/').filter((each) => each !== '')) {
      so += `/${part}`;
      const at = this.mounts.resolve('/', so, true);
      if (!at.ok) return at;
      let { inode } = at.value;
      if (!inode) {
        inode = new DirectoryInode(at.value.parent.fileSystem, 0o755);
        inode.uid = owner.uid;
        inode.gid = owner.uid;
        inode.modified = this.clock();
        at.value.parent.entries.set(at.value.name, inode);
        at.value.parent.touch(this.clock());
      }
      if (!(inode instanceof DirectoryInode)) return err('ENOTDIR');
      made = inode;
    }
    return ok(made);
  }

  list(path: string): Result<readonly DirectoryEntry[], Errno> {
    const at = this.mounts.resolve('/', path, true);
    if (!at.ok) return at;
    const { inode } = at.value;
    if (!inode) return err('ENOENT');
    return inode instanceof DirectoryInode
      ? ok([...inode.entries].map(([name, { type }]) => ({ name, type })))
      : err('ENOTDIR');
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): Result<void, Errno> {
    const at = this.mounts.resolve('/', path, false);
    if (!at.ok) return at;
    const { inode, parent, name } = at.value;
    if (!inode) return err('ENOENT');
    if (parent.entries.get(name) !== inode) return err('EBUSY');
    parent.entries.delete(name);
    inode.links--;
    parent.touch(this.clock());
    return ok();
  }

  /** Moves a file or folder; a file that stands there already is replaced. */
  rename(from: string, to: string): Result<void, Errno> {
    const source = this.mounts.resolve('/', from, false);
    const target = this.mounts.resolve('/', to, false);
    if (!source.ok) return source;
    if (!target.ok) return target;
    const { inode, parent, name } = source.value;
    if (!inode) return err('ENOENT');
    if (target.value.inode instanceof DirectoryInode) return err('EISDIR');
    if (inode instanceof DirectoryInode && `${target.value.path}/`.startsWith(`${source.value.path}/`))
      return err('EINVAL');
    parent.entries.delete(name);
    target.value.parent.entries.set(target.value.name, inode);
    parent.touch(this.clock());
    target.value.parent.touch(this.clock());
    return ok();
  }

  /** The inode at a path, for bind mounts. */
  inode(path: string) {
    const at = this.mounts.resolve('/', path, true);
    return at.ok ? at.value.inode : undefined;
  }
}
