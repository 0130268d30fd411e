import { buildTree } from './build-tree.ts';
import type { FileTree } from './file-tree.ts';
import { DirectoryInode, FileInode, FileSystem, type Inode } from './inode.ts';
import { isWhiteout, type OverlayDirectory } from './overlay.ts';

/** Upper layers number their inodes from here on, so that none has the number of a file in a lower one. */
const UPPER_INODES = 1 << 20;

/** The read-only layers of a machine: each tree of files is made into inodes once, for all roots that stand on it. */
export class LayerStore {
  private readonly fileSystem = new FileSystem(6, 'overlay');
  private readonly built = new WeakMap<FileTree, DirectoryInode>();

  /** The layer's root folder. */
  layer(tree: FileTree, date: number): DirectoryInode {
    let root = this.built.get(tree);
    if (!root) {
      root = buildTree(this.fileSystem, [tree], date);
      this.built.set(tree, root);
    }
    return root;
  }
}

/** An empty upper layer, for a root of its own. */
export function createUpper(device: number): DirectoryInode {
  const fileSystem = new FileSystem(device, 'overlay');
  fileSystem.nextInode = UPPER_INODES;
  return new DirectoryInode(fileSystem, 0o755);
}

/** How a merged tree differs from its lower layers, sorted by path (pkg/archive, changes: `docker diff`). */
export function changesOf(root: OverlayDirectory): { readonly path: string; readonly kind: 'A' | 'C' | 'D' }[] {
  const changes: { path: string; kind: 'A' | 'C' | 'D' }[] = [];
  const walk = (path: string, upper: DirectoryInode, lowers: readonly DirectoryInode[]): void => {
    for (const [name, inode] of upper.entries) {
      const at = `${path}/${name}`;
      const below = lowers.map((lower) => lower.entries.get(name)).filter((each) => each !== undefined);
      const wasThere = below.length > 0 && !isWhiteout(below[0]);
      if (isWhiteout(inode)) changes.push({ path: at, kind: 'D' });
      else {
        changes.push({ path: at, kind: wasThere ? 'C' : 'A' });
        if (inode instanceof DirectoryInode)
          walk(at, inode, inode.opaque ? [] : below.filter((each) => each instanceof DirectoryInode));
      }
    }
  };
  walk('', root.upper, root.lowers);
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Bytes of all files below, each counted once. */
export function diskUsage(root: Inode): number {
  const seen = new Set<Inode>();
  const walk = (inode: Inode): number => {
    if (seen.has(inode)) return 0;
    seen.add(inode);
    if (inode instanceof FileInode) return inode.size;
    if (!(inode instanceof DirectoryInode) || inode.computed) return 0;
    let sum = 0;
    for (const [, each] of inode.entries) sum += walk(each);
    return sum;
  };
  return walk(root);
}
