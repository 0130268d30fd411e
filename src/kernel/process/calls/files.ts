import { NO_BYTES } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import {
  DescriptorInode,
  DeviceInode,
  DirectoryInode,
  FileInode,
  type Inode,
  SocketInode,
  SymlinkInode,
} from '../../fs/inode.ts';
import type { Location } from '../../fs/mount-table.ts';
import { OverlayDirectory } from '../../fs/overlay.ts';
import type { OpenFile } from '../../fs/open-file.ts';
import { RegularFile, statOf } from '../../fs/regular-file.ts';
import { openDevice } from '../../fs/open-device.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { DirectoryEntry, OpenFlags, Stat } from '../../syscalls/file.ts';
import type { Call, Fd } from '../../syscalls/proc.ts';
import type { Task } from '../task.ts';

/** The system calls on paths and files (fs/open.c, fs/namei.c, fs/read_write.c). */

const READ = 4;
const WRITE = 2;
const EXECUTE = 1;
const STICKY = 0o1000;

/** Who asks for a path: a task, or what is to become one. */
export type Asker = Pick<Task, 'kernel' | 'namespaces' | 'cwd' | 'uid'>;

/** Whether a task may do this with an inode: owner, group (its own number), others; root may all. */
export function allowed(task: Pick<Asker, 'uid'>, inode: Inode, wanted: number): boolean {
  if (task.uid === 0) return wanted !== EXECUTE || inode.type === 'directory' || (inode.mode & 0o111) !== 0;
  const shift = inode.uid === task.uid ? 6 : inode.gid === task.uid ? 3 : 0;
  return ((inode.mode >> shift) & wanted) === wanted;
}

export function resolve(task: Asker, path: string, follow: boolean): Result<Location, Errno> {
  const mayEnter = task.uid === 0 ? undefined : (folder: Inode) => allowed(task, folder, EXECUTE);
  return task.namespaces.mounts.resolve(task.cwd, path, follow, mayEnter);
}

function existing(task: Asker, path: string, follow: boolean): Result<Location & { readonly inode: Inode }, Errno> {
  const at = resolve(task, path, follow);
  if (!at.ok) return at;
  return at.value.inode ? ok({ ...at.value, inode: at.value.inode }) : err('ENOENT');
}

/** The folder in which a new name may be made. */
function newName(task: Task, path: string): Result<Location, Errno> {
  const at = resolve(task, path.replace(/(.)\/+$/, '$1'), false);
  if (!at.ok) return at;
  if (at.value.inode) return err('EEXIST');
  return mayChange(task, at.value) ?? at;
}

function mayChange(task: Task, { parent, mount }: Location): Result<never, Errno> | null {
  if (mount.readOnly) return err('EROFS');
  if (parent.computed) return err('EPERM');
  return allowed(task, parent, WRITE | EXECUTE) ? null : err('EACCES');
}

function place<T extends Inode>(task: Task, { parent, name }: Location, inode: T): T {
  inode.uid = task.uid;
  inode.gid = task.uid;
  touch(task, inode);
  parent.entries.set(name, inode);
  touch(task, parent);
  return inode;
}

const touch = (task: Task, inode: Inode) => inode.touch(task.kernel.date());

/** Whether it may take a name away; from a folder with the sticky bit, like /tmp, only what is its own. */
function mayRemove(task: Task, at: Location & { readonly inode: Inode }): Result<never, Errno> | null {
  const refused = mayChange(task, at);
  if (refused || task.uid === 0 || (at.parent.mode & STICKY) === 0) return refused;
  return at.inode.uid === task.uid || at.parent.uid === task.uid ? null : err('EPERM');
}

export function* open(task: Task, path: string, flags: OpenFlags, mode: number): Call<Fd> {
  yield* task.enter();
  const opened = openFile(task, path, flags, mode);
  if (!opened.ok) return opened;
  const fd = task.files.add(opened.value);
  return fd === undefined ? err('EMFILE') : ok(fd);
}

function openFile(task: Task, path: string, flags: OpenFlags, mode: number): Result<OpenFile, Errno> {
  const at = resolve(task, path, true);
  if (!at.ok) return at;
  let { inode } = at.value;
  if (!inode) {
    if (!flags.create) return err('ENOENT');
    if (path.endsWith('/')) return err('EISDIR');
    const refused = mayChange(task, at.value);
    if (refused) return refused;
    inode = place(task, at.value, new FileInode(at.value.parent.fileSystem, mode & ~task.umask));
  } else {
    if (flags.exclusive && flags.create) return err('EEXIST');
    const wanted = (flags.read === false ? 0 : READ) | (flags.write ? WRITE : 0);
    if (flags.write && inode.type === 'directory') return err('EISDIR');
    if (flags.directory && inode.type !== 'directory') return err('ENOTDIR');
    if (flags.write && at.value.mount.readOnly && inode.type === 'file') return err('EROFS');
    if (!allowed(task, inode, wanted)) return err('EACCES');
  }
  if (inode instanceof DeviceInode) return openDevice(task, inode, flags);
  if (inode instanceof DescriptorInode) {
    if (!(inode.file instanceof RegularFile)) return ok(inode.file);
    inode = inode.file.inode;
  }
  if (inode instanceof SocketInode) return err('ENXIO');
  if (flags.truncate && flags.write && inode instanceof FileInode) {
    inode.data = NO_BYTES;
    inode.program = null;
    touch(task, inode);
  }
  return ok(new RegularFile(inode, { ...flags, read: flags.read ?? !flags.write }, () => task.kernel.date()));
}

export function* stat(task: Task, path: string, follow: boolean): Call<Stat> {
  yield* task.enter();
  const at = existing(task, path, follow);
  if (!at.ok) return at;
  const { inode } = at.value;
  return ok(follow && inode instanceof DescriptorInode ? inode.file.stat() : statOf(inode));
}

export function* readDirectory(task: Task, path: string): Call<readonly DirectoryEntry[]> {
  yield* task.enter();
  const at = existing(task, path, true);
  if (!at.ok) return at;
  const { inode } = at.value;
  if (!(inode instanceof DirectoryInode)) return err('ENOTDIR');
  if (!allowed(task, inode, READ)) return err('EACCES');
  return ok([...inode.entries].map(([name, { type }]) => ({ name, type })));
}

export function* readLink(task: Task, path: string): Call<string> {
  yield* task.enter();
  const at = existing(task, path, false);
  if (!at.ok) return at;
  const { inode } = at.value;
  return inode instanceof SymlinkInode || inode instanceof DescriptorInode ? ok(inode.target) : err('EINVAL');
}

export function* makeDirectory(task: Task, path: string, mode: number): Call<void> {
  yield* task.enter();
  const at = newName(task, path);
  if (!at.ok) return at;
  place(task, at.value, new DirectoryInode(at.value.parent.fileSystem, mode & ~task.umask));
  return ok();
}

export function* makeLink(task: Task, target: string, path: string, symbolic: boolean): Call<void> {
  yield* task.enter();
  const at = newName(task, path);
  if (!at.ok) return at;
  if (symbolic) {
    place(task, at.value, new SymlinkInode(at.value.parent.fileSystem, target));
    return ok();
  }
  const from = existing(task, target, false);
  if (!from.ok) return from;
  if (from.value.inode.type === 'directory') return err('EPERM');
  if (from.value.inode.fileSystem !== at.value.parent.fileSystem) return err('EXDEV');
  from.value.inode.copyUp();
  from.value.inode.links++;
  at.value.parent.entries.set(at.value.name, from.value.inode);
  touch(task, at.value.parent);
  return ok();
}

/** Removes a name: of a file (unlink), or of an empty folder (rmdir). */
export function* remove(task: Task, path: string, what: 'file' | 'directory'): Call<void> {
  yield* task.enter();
  const at = existing(task, path, false);
  if (!at.ok) return at;
  const { inode, parent, name } = at.value;
  const refused = mayRemove(task, at.value);
  if (refused) return refused;
  if (what === 'file' && inode.type === 'directory') return err('EISDIR');
  if (what === 'directory') {
    if (!(inode instanceof DirectoryInode)) return err('ENOTDIR');
    if (inode.entries.size > 0) return err('ENOTEMPTY');
  }
  // A mount point, or the root itself, is in use.
  if (parent.entries.get(name) !== inode) return err('EBUSY');
  parent.entries.delete(name);
  inode.links--;
  touch(task, parent);
  return ok();
}

export function* rename(task: Task, from: string, to: string): Call<void> {
  yield* task.enter();
  const source = existing(task, from, false);
  if (!source.ok) return source;
  const target = resolve(task, to.replace(/(.)\/+$/, '$1'), false);
  if (!target.ok) return target;
  const refused = mayRemove(task, source.value) ?? mayChange(task, target.value);
  if (refused) return refused;
  const { inode, parent, name, path } = source.value;
  if (parent.fileSystem !== target.value.parent.fileSystem) return err('EXDEV');
  if (parent.entries.get(name) !== inode) return err('EBUSY');
  if (inode.type === 'directory' && `${target.value.path}/`.startsWith(`${path}/`) && target.value.path !== path)
    return err('EINVAL');
  const old = target.value.inode;
  if (old === inode) return ok();
  if (old instanceof DirectoryInode) {
    if (inode.type !== 'directory') return err('EISDIR');
    if (old.entries.size > 0) return err('ENOTEMPTY');
  } else if (old && inode.type === 'directory') return err('ENOTDIR');
  if (old && target.value.parent.entries.get(target.value.name) !== old) return err('EBUSY');
  // overlayfs can't move what a lower layer has (redirect_dir=off); mv copies instead.
  if (inode instanceof OverlayDirectory) return err('EXDEV');
  inode.copyUp();
  parent.entries.delete(name);
  target.value.parent.entries.set(target.value.name, inode);
  touch(task, parent);
  touch(task, target.value.parent);
  return ok();
}

export function* change(task: Task, path: string, act: (inode: Inode) => void): Call<void> {
  yield* task.enter();
  const at = existing(task, path, true);
  if (!at.ok) return at;
  if (at.value.mount.readOnly) return err('EROFS');
  if (task.uid !== 0 && at.value.inode.uid !== task.uid) return err('EPERM');
  at.value.inode.changeAttributes(act);
  return ok();
}

export function* chdir(task: Task, path: string): Call<void> {
  yield* task.enter();
  const at = existing(task, path, true);
  if (!at.ok) return at;
  if (at.value.inode.type !== 'directory') return err('ENOTDIR');
  if (!allowed(task, at.value.inode, EXECUTE)) return err('EACCES');
  task.cwd = at.value.path;
  return ok();
}

/** What execve(2) finds at a path: a program of the kernel's table, or a script and its interpreter. */
export function executable(
  task: Asker,
  path: string,
): Result<({ readonly program: string } | { readonly script: string }) & { readonly uid: number }, Errno> {
  const at = existing(task, path, true);
  if (!at.ok) return at;
  const { inode } = at.value;
  if (inode.type === 'directory' || !allowed(task, inode, EXECUTE)) return err('EACCES');
  if (!(inode instanceof FileInode)) return err('EACCES');
  // The set-user-ID bit: it runs as its owner.
  const uid = (inode.mode & 0o4000) !== 0 ? inode.uid : task.uid;
  if (inode.program !== null) return ok({ program: inode.program, uid });
  const start = String.fromCharCode(...inode.data.subarray(0, 128)).split('\n')[0] as string;
  return start.startsWith('#!') ? ok({ script: start.slice(2).trim(), uid: task.uid }) : err('ENOEXEC');
}
