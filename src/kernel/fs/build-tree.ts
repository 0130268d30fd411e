import { encodeUtf8 } from '../../base/bytes.ts';
import type { FileTree, TreeEntry } from './file-tree.ts';
import { DirectoryInode, FileInode, type FileSystem, type Inode, SymlinkInode } from './inode.ts';

/** Makes the inodes of a tree, in a file system of its own; later trees lie over earlier ones. */
export function buildTree(fileSystem: FileSystem, trees: readonly FileTree[], modified: number): DirectoryInode {
  const root = new DirectoryInode(fileSystem, 0o755);
  root.modified = modified;
  for (const tree of trees)
    for (const [path, entry] of Object.entries(tree)) {
      const parts = path.split('/').filter((part) => part !== '');
      const name = parts.pop();
      if (name === undefined) continue;
      const parent = folder(root, parts, modified);
      const inode = entryInode(fileSystem, root, parent.entries.get(name), entry);
      inode.modified = modified;
      if (entry.mode !== undefined) inode.mode = entry.mode;
      if (entry.uid !== undefined) inode.uid = entry.uid;
      if (entry.gid !== undefined) inode.gid = entry.gid;
      parent.entries.set(name, inode);
    }
  return root;
}

/** The folder at these names, made where it is missing; a link on the way is followed within the tree. */
function folder(root: DirectoryInode, parts: readonly string[], modified: number): DirectoryInode {
  let at = root;
  for (const part of parts) {
    let next = at.entries.get(part);
    if (next instanceof SymlinkInode) {
      const names = next.target.split('/').filter((each) => each !== '');
      next = folder(next.target.startsWith('/') ? root : at, names, modified);
    }
    if (!(next instanceof DirectoryInode)) {
      next = new DirectoryInode(root.fileSystem, 0o755);
      next.modified = modified;
      at.entries.set(part, next);
    }
    at = next as DirectoryInode;
  }
  return at;
}

function entryInode(fileSystem: FileSystem, root: DirectoryInode, old: Inode | undefined, entry: TreeEntry): Inode {
  if ('directory' in entry) return old instanceof DirectoryInode ? old : new DirectoryInode(fileSystem, 0o755);
  if ('symlink' in entry) return new SymlinkInode(fileSystem, entry.symlink);
  if ('hardLink' in entry) {
    const parts = entry.hardLink.split('/').filter((part) => part !== '');
    const name = parts.pop() ?? '';
    const target = folder(root, parts, 0).entries.get(name);
    if (!target) throw new Error(`a tree links to ${entry.hardLink}, which it doesn't have`);
    target.links++;
    return target;
  }
  const file = new FileInode(fileSystem, 'program' in entry ? 0o755 : 0o644);
  if ('program' in entry) {
    file.program = entry.program;
    // What `file` and `cat` would meet at the start of an executable.
    file.data = encodeUtf8(`\u007fELF ${entry.program}\n`);
  } else file.data = typeof entry.content === 'string' ? encodeUtf8(entry.content) : entry.content;
  return file;
}
