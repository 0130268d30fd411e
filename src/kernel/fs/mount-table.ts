import { err, ok, type Result } from '../../base/result.ts';
import type { Errno } from '../syscalls/errno.ts';
import { DirectoryInode, type Inode, SymlinkInode } from './inode.ts';

/** One mounted tree (struct mount). */
export interface Mount {
  /** Where, for /proc/mounts. */
  readonly target: string;
  readonly root: Inode;
  readonly source: string;
  readonly type: string;
  readonly readOnly: boolean;
}

/** Where a path leads. */
export interface Location {
  /** Undefined: the folder is there, but has nothing of that name. */
  readonly inode: Inode | undefined;
  readonly parent: DirectoryInode;
  readonly name: string;
  readonly mount: Mount;
  /** Absolute, without links. */
  readonly path: string;
}

const PATH_MAX = 4096;
const MOST_LINKS = 40;

interface Step {
  readonly inode: Inode;
  readonly mount: Mount;
  readonly name: string;
}

/** The mounts that a process sees (mount namespace), and the way from a path to an inode through them (namei.c). */
export class MountTable {
  /** What is mounted over an inode of a mount. */
  private readonly over = new Map<Mount, Map<Inode, Mount>>();
  private readonly list: Mount[] = [];

  constructor(readonly root: Mount) {
    this.list.push(root);
  }

  all(): readonly Mount[] {
    return this.list;
  }

  /** Mounts a tree or a single file over what stands at a path; what stands there has to be of the same kind. */
  mount(mount: Mount): Result<void, Errno> {
    const at = this.resolve('/', mount.target, true);
    if (!at.ok) return at;
    const { inode, mount: below } = at.value;
    if (!inode) return err('ENOENT');
    if (inode instanceof DirectoryInode !== mount.root instanceof DirectoryInode) return err('ENOTDIR');
    const here = this.over.get(below) ?? new Map<Inode, Mount>();
    this.over.set(below, here.set(inode, mount));
    this.list.push(mount);
    return ok();
  }

  /** Takes away what was mounted last at a path. */
  unmount(target: string): Result<void, Errno> {
    const mount = this.list.findLast((each) => each.target === target && each !== this.root);
    if (!mount) return err('EINVAL');
    if (this.over.get(mount)?.size) return err('EBUSY');
    this.list.splice(this.list.indexOf(mount), 1);
    for (const [, here] of this.over) for (const [inode, each] of here) if (each === mount) here.delete(inode);
    return ok();
  }

  /**
   * @param follow whether a link at the very end is followed
   * @param mayEnter whether a folder may be gone through (search permission); all may be where absent
   */
  resolve(
    cwd: string,
    path: string,
    follow: boolean,
    mayEnter?: (folder: DirectoryInode) => boolean,
  ): Result<Location, Errno> {
    if (path === '') return err('ENOENT');
    // Of a relative path Linux counts what is written alone; the model walks from the root, and counts that.
    if (path.length + (path.startsWith('/') ? 0 : cwd.length) > PATH_MAX) return err('ENAMETOOLONG');
    const steps: Step[] = [{ inode: this.root.root, mount: this.root, name: '' }];
    const pending = path.startsWith('/') ? names(path) : [...names(path), ...names(cwd)];
    const mustBeFolder = path.endsWith('/');
    let links = 0;
    while (pending.length > 0) {
      const name = pending.pop() as string;
      const here = steps.at(-1) as Step;
      if (name === '.') continue;
      if (name === '..') {
        if (steps.length > 1) steps.pop();
        continue;
      }
      if (!(here.inode instanceof DirectoryInode)) return err('ENOTDIR');
      if (name.length > 255) return err('ENAMETOOLONG');
      if (mayEnter && !mayEnter(here.inode)) return err('EACCES');
      let inode = here.inode.entries.get(name);
      let mount = here.mount;
      for (let over = inode && this.over.get(mount)?.get(inode); over; over = this.over.get(over)?.get(over.root)) {
        inode = over.root;
        mount = over;
      }
      const last = pending.length === 0;
      if (inode === undefined) {
        if (!last) return err('ENOENT');
        return ok({
          inode,
          parent: here.inode,
          name,
          mount,
          path: pathOf([...steps, { inode: here.inode, mount, name }]),
        });
      }
      if (inode instanceof SymlinkInode && (!last || follow || mustBeFolder)) {
        if (++links > MOST_LINKS) return err('ELOOP');
        if (inode.target.startsWith('/')) steps.length = 1;
        pending.push(...names(inode.target));
        continue;
      }
      steps.push({ inode, mount, name });
    }
    const end = steps.at(-1) as Step;
    if (mustBeFolder && !(end.inode instanceof DirectoryInode)) return err('ENOTDIR');
    const parent = steps.at(-2)?.inode;
    return ok({
      inode: end.inode,
      parent: parent instanceof DirectoryInode ? parent : (this.root.root as DirectoryInode),
      name: end.name,
      mount: end.mount,
      path: pathOf(steps),
    });
  }
}

/** The names of a path, last first. */
const names = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '')
    .reverse();
const pathOf = (steps: readonly Step[]) =>
  `/${steps
    .slice(1)
    .map((step) => step.name)
    .join('/')}`;
