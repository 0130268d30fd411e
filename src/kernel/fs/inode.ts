import { encodeUtf8, NO_BYTES } from '../../base/bytes.ts';
import { WaitQueue } from '../process/wait-queue.ts';
import type { FileType } from '../syscalls/file.ts';
import type { OpenFile } from './open-file.ts';

/** What a device number stands for: inodes of one file system are numbered together (struct super_block). */
export class FileSystem {
  nextInode = 2;
  /** Grows with every change of a file or folder in it. */
  version = 0;
  /** Woken on every change. */
  readonly changed = new WaitQueue();

  constructor(
    readonly device: number,
    readonly type: string,
  ) {}

  noteChange(): void {
    this.version++;
    this.changed.wake();
  }
}

/** What a file system numbers, owns and dates: everything a path can lead to (struct inode). */
export abstract class Inode {
  abstract readonly type: FileType;
  uid = 0;
  gid = 0;
  /** Milliseconds since 1970. */
  modified = 0;
  links = 1;
  number: number;
  /** What puts it into the upper layer before its first change; null where it is there, or in no layers at all. */
  origin: (() => void) | null = null;

  constructor(
    readonly fileSystem: FileSystem,
    public mode: number,
  ) {
    this.number = fileSystem.nextInode++;
  }

  get size(): number {
    return 0;
  }

  /** Overlay: from here on it belongs to the upper layer. */
  copyUp(): void {
    const { origin } = this;
    this.origin = null;
    origin?.();
  }

  /** Its content has changed. */
  touch(date: number): void {
    this.changeAttributes(() => {
      this.modified = date;
    });
  }

  /** Changes mode, owner or date. */
  changeAttributes(act: (inode: this) => void): void {
    this.copyUp();
    act(this);
    this.fileSystem.noteChange();
  }
}

export class DirectoryInode extends Inode {
  readonly type = 'directory';
  readonly entries = new Map<string, Inode>();
  /** What is in it is computed: names can't be made or removed. */
  readonly computed: boolean = false;
  /** In an upper layer: it hides whatever lower layers have at its place (trusted.overlay.opaque). */
  opaque = false;

  override get size(): number {
    return 4096;
  }
}

/** A regular file. Bytes that have been handed out never change: appending writes behind them, all else into a copy. */
export class FileInode extends Inode {
  readonly type = 'file';
  /** The program that it is, if it is an executable. */
  program: string | null = null;
  private bytes: Uint8Array = NO_BYTES;
  /** Where appended bytes go: `bytes` is its beginning. */
  private room: Uint8Array | null = null;

  get data(): Uint8Array {
    return this.bytes;
  }

  set data(bytes: Uint8Array) {
    this.copyUp();
    this.bytes = bytes;
    this.room = null;
  }

  override get size(): number {
    return this.bytes.length;
  }

  writeAt(position: number, data: Uint8Array): void {
    this.copyUp();
    const old = this.bytes;
    const end = Math.max(position + data.length, old.length);
    if (position < old.length || !this.room || this.room.length < end) {
      this.room = new Uint8Array(position < old.length ? end : Math.max(end, 2 * old.length, 64));
      this.room.set(old);
    }
    this.room.set(data, position);
    this.bytes = this.room.subarray(0, end);
  }
}

/** A file whose text is made when somebody reads it: /proc, /sys. */
export class ComputedInode extends Inode {
  readonly type = 'file';

  constructor(
    fileSystem: FileSystem,
    mode: number,
    readonly compute: () => string,
    readonly store?: (text: string) => boolean,
  ) {
    super(fileSystem, mode);
  }

  content(): Uint8Array {
    return encodeUtf8(this.compute());
  }
}

export class SymlinkInode extends Inode {
  readonly type = 'symlink';

  constructor(
    fileSystem: FileSystem,
    readonly target: string,
  ) {
    super(fileSystem, 0o777);
  }

  override get size(): number {
    return encodeUtf8(this.target).length;
  }
}

/** /proc/PID/fd/N: a link that leads to an open file, whatever its name says. */
export class DescriptorInode extends Inode {
  readonly type = 'symlink';

  constructor(
    fileSystem: FileSystem,
    readonly target: string,
    readonly file: OpenFile,
  ) {
    super(fileSystem, 0o700);
  }
}

/** A character device, by what it does. `whiteout`: in an upper layer, that the name below it has been removed. */
export class DeviceInode extends Inode {
  readonly type = 'character';

  constructor(
    fileSystem: FileSystem,
    mode: number,
    readonly device: 'null' | 'zero' | 'full' | 'random' | 'tty' | 'pts' | 'whiteout',
    /** The terminal, for `pts`. */
    readonly minor = 0,
  ) {
    super(fileSystem, mode);
  }
}

/** The place of an AF_UNIX socket in the file system; `listener` is the socket that is bound to it. */
export class SocketInode extends Inode {
  readonly type = 'socket';
  listener: object | null = null;
}
