import { DeviceInode, FileInode, type FileSystem, type Inode, SocketInode, SymlinkInode } from './inode.ts';

/** Mode, owner and date. */
export function copyAttributes(from: Inode, to: Inode): void {
  to.mode = from.mode;
  to.uid = from.uid;
  to.gid = from.gid;
  to.modified = from.modified;
}

/** An inode of the same kind with the same content, for whatever isn't a folder; bytes are shared until one of them is written. */
export function bareCopy(inode: Inode, fileSystem: FileSystem): Inode {
  if (inode instanceof SymlinkInode) return new SymlinkInode(fileSystem, inode.target);
  if (inode instanceof DeviceInode) return new DeviceInode(fileSystem, inode.mode, inode.device, inode.minor);
  if (inode instanceof SocketInode) return new SocketInode(fileSystem, inode.mode);
  const file = new FileInode(fileSystem, inode.mode);
  if (inode instanceof FileInode) {
    file.data = inode.data;
    file.program = inode.program;
  }
  return file;
}
