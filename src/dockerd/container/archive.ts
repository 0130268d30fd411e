import { ok } from '../../base/result.ts';
import { NO_BYTES } from '../../base/bytes.ts';
import type { TarEntry } from '../../base/tar.ts';
import { DirectoryInode, FileInode, type Inode, SymlinkInode } from '../../kernel/fs/inode.ts';
import type { Location, MountTable } from '../../kernel/fs/mount-table.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, failure, invalid, notFound } from '../fault.ts';
import type { Container } from './container.ts';
import { rootOf } from './root.ts';

/** Files of a container as archives, into it and out of it, whether it runs or not (daemon/archive_unix.go): `docker cp`. */

/** What is known of a path before it is copied (container.PathStat). */
export interface PathStat {
  readonly name: string;
  readonly size: number;
  /** Go's os.FileMode: permissions, and the kind in the upper bits. */
  readonly mode: number;
  readonly mtime: number;
  readonly linkTarget: string;
}

const GO_DIRECTORY = 2 ** 31;
const GO_SYMLINK = 2 ** 27;

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || '/';

/** @param named what the container was called by, for the message */
export function statPath(daemon: Daemon, container: Container, path: string, named: string): Answer<PathStat> {
  const found = locate(daemon, container, path, named);
  if (!found.ok) return found;
  const { inode } = found.value;
  return ok({
    name: baseName(path),
    size: inode.size,
    mode:
      inode.mode + (inode instanceof DirectoryInode ? GO_DIRECTORY : inode instanceof SymlinkInode ? GO_SYMLINK : 0),
    mtime: inode.modified,
    linkTarget: inode instanceof SymlinkInode ? inode.target : '',
  });
}

/** A file, or a folder and all in it, named from the last part of its path on. */
export function readArchive(
  daemon: Daemon,
  container: Container,
  path: string,
  named: string,
): Answer<readonly TarEntry[]> {
  const found = locate(daemon, container, path, named);
  if (!found.ok) return found;
  const { root, location, inode } = found.value;
  const name = /(^|\/)\.$/.test(path) ? '.' : baseName(path);
  daemon.containers.emit(container, 'archive-path');
  return ok([...entriesOf(root, inode, location.path, name)]);
}

/** All files of a container (daemon/export.go). What is mounted into it is left out. */
export function exportFiles(daemon: Daemon, container: Container): Answer<readonly TarEntry[]> {
  const root = rootOf(daemon, container);
  if (!root.ok) return root;
  daemon.containers.emit(container, 'export');
  return ok([...entriesOf(null, root.value.root.root, '', '')].slice(1));
}

/** Unpacks entries in a folder of the container. */
export function extractArchive(
  daemon: Daemon,
  container: Container,
  {
    path,
    named,
    entries,
    owner,
  }: {
    readonly path: string;
    readonly named: string;
    readonly entries: readonly TarEntry[];
    /** Who gets the files; as the archive says where null. */
    readonly owner: number | null;
  },
): Answer<void> {
  const found = locate(daemon, container, path, named, { follow: true });
  if (!found.ok) return found;
  const { root, location, inode } = found.value;
  if (!(inode instanceof DirectoryInode)) return invalid('extraction point is not a directory');
  const mount = container.mounts.find(({ target }) => `${location.path}/`.startsWith(`${target}/`));
  if (mount?.readOnly) return invalid('mounted volume is marked read-only');
  if (!mount && container.hostConfig.ReadonlyRootfs) return invalid('container rootfs is marked read-only');
  for (const entry of entries) {
    const placed = place(root, location.path, entry, owner);
    if (!placed.ok) return placed;
  }
  daemon.containers.emit(container, 'extract-to-dir');
  return ok();
}

function locate(
  daemon: Daemon,
  container: Container,
  path: string,
  named: string,
  { follow = false }: { readonly follow?: boolean } = {},
): Answer<{ readonly root: MountTable; readonly location: Location; readonly inode: Inode }> {
  const root = rootOf(daemon, container);
  if (!root.ok) return root;
  const at = root.value.resolve('/', `/${path}`, follow || /\/\.?$/.test(path));
  if (!at.ok || !at.value.inode) return notFound(`Could not find the file ${path} in container ${named}`);
  return ok({ root: root.value, location: at.value, inode: at.value.inode });
}

/** The folder first, then what is in it by name; through mounts where the whole root is given. */
function* entriesOf(root: MountTable | null, inode: Inode, path: string, name: string): Generator<TarEntry> {
  const { mode, uid, gid, modified } = inode;
  const common = { mode, uid, gid, modified: Math.floor(modified / 1000), target: '', data: NO_BYTES };
  if (inode instanceof SymlinkInode) yield { ...common, name, type: 'symlink', target: inode.target };
  else if (inode instanceof FileInode) yield { ...common, name, type: 'file', data: inode.data };
  if (!(inode instanceof DirectoryInode)) return;
  yield { ...common, name: `${name}/`, type: 'directory' };
  for (const child of [...inode.entries.keys()].toSorted()) {
    const at = root?.resolve('/', `${path}/${child}`, false);
    const below = at ? (at.ok ? at.value.inode : undefined) : inode.entries.get(child);
    if (below) yield* entriesOf(root, below, `${path}/${child}`, name === '' ? child : `${name}/${child}`);
  }
}

function place(root: MountTable, folder: string, entry: TarEntry, owner: number | null): Answer<void> {
  const name = entry.name.replace(/^(\.?\/)+|\/+$/g, '');
  if (name === '' || name === '.') return ok();
  const top = folder === '/' ? '' : folder;
  const target = `${top}/${name}`;
  const implied = name.split('/').slice(0, -1);
  for (const [i] of implied.entries()) makeFolder(root, `${top}/${implied.slice(0, i + 1).join('/')}`);
  const at = root.resolve('/', target, false);
  if (!at.ok) return failure(`open ${target}: no such file or directory`);
  const { inode, parent, name: last } = at.value;
  const isFolder = entry.type === 'directory';
  if (inode && inode instanceof DirectoryInode !== isFolder)
    return invalid(
      isFolder
        ? `cannot overwrite non-directory "${target}" with directory "${folder}"`
        : `cannot overwrite directory "${target}" with non-directory "${folder}"`,
    );
  if (inode && parent.entries.get(last) !== inode && !isFolder)
    return failure(`unlinkat ${target}: device or resource busy`);
  const made = isFolder && inode ? inode : newInode(parent, entry);
  made.changeAttributes((each) => {
    each.mode = entry.mode & 0o7777;
    each.uid = owner ?? entry.uid;
    each.gid = owner ?? entry.gid;
    each.modified = entry.modified * 1000;
  });
  if (made !== inode) {
    parent.entries.set(last, made);
    parent.fileSystem.noteChange();
  }
  return ok();
}

/** A folder that the archive doesn't name but whose files it holds (pkg/archive, createImpliedDirectories). */
function makeFolder(root: MountTable, path: string): void {
  const at = root.resolve('/', path, true);
  if (!at.ok || at.value.inode) return;
  const { parent, name } = at.value;
  parent.entries.set(name, new DirectoryInode(parent.fileSystem, 0o755));
  parent.fileSystem.noteChange();
}

function newInode({ fileSystem }: DirectoryInode, entry: TarEntry): Inode {
  if (entry.type === 'directory') return new DirectoryInode(fileSystem, entry.mode);
  if (entry.type === 'symlink') return new SymlinkInode(fileSystem, entry.target);
  const file = new FileInode(fileSystem, entry.mode);
  file.data = entry.data;
  return file;
}
