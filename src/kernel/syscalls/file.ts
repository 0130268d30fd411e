/** Files as system calls show them (open(2), stat(2)). */
export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly directory?: boolean;
  /** Never wait: what would wait fails with EAGAIN. */
  readonly nonBlocking?: boolean;
}

export type FileType = 'file' | 'directory' | 'symlink' | 'pipe' | 'socket' | 'character';

export interface Stat {
  readonly type: FileType;
  /** Permission bits, 0o755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  readonly links: number;
  /** Milliseconds since 1970, by the machine's calendar. */
  readonly modified: number;
  readonly inode: number;
  /** Which file system it is on; two paths with the same device and inode are one file. */
  readonly device: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
}
