import { bareCopy, copyAttributes } from './copy-inode.ts';
import { DirectoryInode, type FileSystem, type Inode } from './inode.ts';

/** A copy of a file or of a folder and all below it, in another file system: for new volumes and `docker cp`. */
export function copyTree(inode: Inode, fileSystem: FileSystem): Inode {
  if (!(inode instanceof DirectoryInode)) {
    const copy = bareCopy(inode, fileSystem);
    copyAttributes(inode, copy);
    return copy;
  }
  const folder = new DirectoryInode(fileSystem, inode.mode);
  for (const [name, each] of inode.entries) folder.entries.set(name, copyTree(each, fileSystem));
  copyAttributes(inode, folder);
  return folder;
}
