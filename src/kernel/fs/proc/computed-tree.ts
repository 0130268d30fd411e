import { ComputedInode, DirectoryInode, type FileSystem, type Inode } from '../inode.ts';
import { LiveMap } from '../live-map.ts';

/** A folder whose names are known: nothing can be made or removed in it. */
export class ComputedDirectory extends DirectoryInode {
  override readonly computed = true;

  constructor(fileSystem: FileSystem, entries: Iterable<readonly [string, Inode]>) {
    super(fileSystem, 0o555);
    for (const [name, inode] of entries) this.entries.set(name, inode);
  }

  override get size(): number {
    return 0;
  }
}

/** A folder whose names come and go. */
export class LiveDirectory extends DirectoryInode {
  override readonly computed = true;
  override readonly entries: Map<string, Inode>;

  constructor(fileSystem: FileSystem, names: () => Iterable<string>, find: (name: string) => Inode | undefined) {
    super(fileSystem, 0o555);
    this.entries = new LiveMap(names, find);
  }

  override get size(): number {
    return 0;
  }
}

/** A text that is made when somebody reads it; one that can be set takes what is written. */
export function computedFile(
  fileSystem: FileSystem,
  compute: () => string,
  store?: (text: string) => boolean,
): ComputedInode {
  return new ComputedInode(fileSystem, store ? 0o644 : 0o444, compute, store);
}
