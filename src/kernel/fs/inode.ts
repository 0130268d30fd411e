import { encodeUtf8, NO_BYTES } from '../../base/bytes.ts';
import type { FileType } from '../syscalls/file.ts';

/** What a file system numbers, owns and dates: everything a path can lead to (struct inode). */
export abstract class Inode {
  abstract readonly type: FileType;
  uid = 0;
  gid = 0;
  /** Milliseconds since 1970. */
  modified = 0;
  links = 1;

  constructor(
    readonly fileSystem: FileSystem,
    public mode: number,
  ) {
    this.number = fileSystem.nextInode++;
  }

  readonly number: number;

  get size(): number {
    return 0;
  }
}

/** What a device number stands for: inodes of one file system are numbered together. */
export class FileSystem {
  nextInode = 2;

  constructor(
    readonly device: number,
    readonly type: string,
  ) {}
}

export class DirectoryInode extends Inode {
  readonly type = 'directory';
  readonly entries = new Map<string, Inode>();

  override get size(): number {
    return 4096;
  }
}

/**
 * A regular file. Its bytes are replaced on every write, never changed in place, so that all containers of an image share one
 * copy until they write (what overlayfs does by copying up).
 */
export class FileInode extends Inode {
  readonly type = 'file';
  data: Uint8Array = NO_BYTES;
  /** The program that it is, if it is an executable. */
  program: string | null = null;

  override get size(): number {
    return this.data.length;
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
    return this.target.length;
  }
}

/** A character device, by what it does. */
export class DeviceInode extends Inode {
  readonly type = 'character';

  constructor(
    fileSystem: FileSystem,
    mode: number,
    readonly device: 'null' | 'zero' | 'random' | 'tty' | 'pts',
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
