import { bareCopy, copyAttributes } from './copy-inode.ts';
import { DeviceInode, DirectoryInode, type FileSystem, type Inode } from './inode.ts';
import { LiveMap } from './live-map.ts';

/**
 * Layers laid over each other (fs/overlayfs): folders of read-only lower layers and of one upper layer show as one. What
 * is written goes to the upper layer: a lower file is copied up before its first change, a removed one leaves a whiteout.
 * As with overlayfs' defaults (redirect_dir=off, index=off) a lower folder can't be renamed (EXDEV), and copying up breaks
 * hard links. A file copied up keeps its inode number.
 */
export class OverlayDirectory extends DirectoryInode {
  override readonly entries: OverlayEntries;

  constructor(
    /** Its part of the upper layer; in the layer only once `copyUp` has been called. */
    readonly upper: DirectoryInode,
    /** Its parts of the lower layers, highest first. */
    readonly lowers: readonly DirectoryInode[],
  ) {
    super(upper.fileSystem, upper.mode);
    this.number = (lowers[0] ?? upper).number;
    copyAttributes(upper, this);
    this.entries = new OverlayEntries(this);
  }

  override changeAttributes(act: (inode: this) => void): void {
    super.changeAttributes(act);
    copyAttributes(this, this.upper);
  }
}

export const isWhiteout = (inode: Inode | undefined): boolean =>
  inode instanceof DeviceInode && inode.device === 'whiteout';

/** The names of a merged folder; writing to it writes to the upper layer. */
class OverlayEntries extends LiveMap<Inode> {
  /** What has been looked up; null: there is nothing. */
  private readonly found = new Map<string, Inode | null>();

  constructor(private readonly directory: OverlayDirectory) {
    super(
      () => this.merged(),
      (name) => this.lookUp(name),
    );
  }

  override set(name: string, inode: Inode): this {
    const { directory } = this;
    directory.copyUp();
    if (inode instanceof DirectoryInode && !(inode instanceof OverlayDirectory) && this.lower(name).length > 0)
      inode.opaque = true;
    directory.upper.entries.set(name, inode instanceof OverlayDirectory ? inode.upper : inode);
    this.found.set(name, inode);
    return this;
  }

  override delete(name: string): boolean {
    if (!this.lookUp(name)) return false;
    const { directory } = this;
    directory.copyUp();
    if (this.lower(name).length === 0) directory.upper.entries.delete(name);
    else directory.upper.entries.set(name, new DeviceInode(directory.upper.fileSystem, 0, 'whiteout'));
    this.found.set(name, null);
    return true;
  }

  override clear(): void {
    for (const name of Array.from(this.keys())) this.delete(name);
  }

  private *merged(): Generator<string> {
    const seen = new Set<string>();
    for (const layer of [this.directory.upper, ...this.directory.lowers])
      for (const name of layer.entries.keys()) {
        if (seen.has(name)) continue;
        seen.add(name);
        yield name;
      }
  }

  private lookUp(name: string): Inode | undefined {
    const known = this.found.get(name);
    if (known !== undefined) return known ?? undefined;
    const inode = this.merge(name);
    this.found.set(name, inode ?? null);
    return inode;
  }

  /** What the layers together have at a name. */
  private merge(name: string): Inode | undefined {
    const { upper } = this.directory;
    const top = upper.entries.get(name);
    if (isWhiteout(top)) return undefined;
    if (top && !(top instanceof DirectoryInode)) return top;
    const below = top?.opaque ? [] : this.lower(name);
    if (top) {
      const folders = below.filter((each) => each instanceof DirectoryInode);
      return folders.length > 0 ? new OverlayDirectory(top, folders) : top;
    }
    const [first] = below;
    if (!first) return undefined;
    if (first instanceof DirectoryInode) {
      const own = new DirectoryInode(upper.fileSystem, first.mode);
      copyAttributes(first, own);
      const folder = new OverlayDirectory(own, below as DirectoryInode[]);
      folder.origin = () => {
        this.directory.copyUp();
        upper.entries.set(name, own);
      };
      return folder;
    }
    const copy = copyOf(first, upper.fileSystem);
    copy.origin = () => {
      this.directory.copyUp();
      copy.links = 1;
      upper.entries.set(name, copy);
    };
    return copy;
  }

  /** What lower layers have: one thing that isn't a folder, or all folders down to an opaque one. */
  private lower(name: string): Inode[] {
    const folders: Inode[] = [];
    for (const layer of this.directory.lowers) {
      const inode = layer.entries.get(name);
      if (!inode) continue;
      if (isWhiteout(inode)) break;
      if (!(inode instanceof DirectoryInode)) return folders.length > 0 ? folders : [inode];
      folders.push(inode);
      if (inode.opaque) break;
    }
    return folders;
  }
}

/** The same as that, as an inode of the merged file system; bytes are shared. */
function copyOf(inode: Inode, fileSystem: FileSystem): Inode {
  const copy = bareCopy(inode, fileSystem);
  copyAttributes(inode, copy);
  copy.links = inode.links;
  copy.number = inode.number;
  return copy;
}
