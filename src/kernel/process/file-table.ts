import type { OpenFile } from '../fs/open-file.ts';
import type { Fd } from '../syscalls/proc.ts';

/** As many descriptors a process may have (RLIMIT_NOFILE). */
const MOST = 20_000;

/** A process's descriptors; each counts as one reference to its open file. */
export class FileTable {
  private readonly files = new Map<Fd, OpenFile>();

  get(fd: Fd): OpenFile | undefined {
    return this.files.get(fd);
  }

  holds(file: OpenFile): boolean {
    return [...this.files.values()].includes(file);
  }

  /** The lowest free descriptor, from `least` on; undefined where there are too many. */
  add(file: OpenFile, least = 0): Fd | undefined {
    let fd = least;
    while (this.files.has(fd)) fd++;
    if (fd >= MOST) return undefined;
    file.retain();
    this.files.set(fd, file);
    return fd;
  }

  set(fd: Fd, file: OpenFile): void {
    file.retain();
    this.files.get(fd)?.release();
    this.files.set(fd, file);
  }

  close(fd: Fd): boolean {
    const file = this.files.get(fd);
    this.files.delete(fd);
    file?.release();
    return file !== undefined;
  }

  closeAll(): void {
    for (const fd of this.files.keys()) this.close(fd);
  }

  entries(): readonly (readonly [Fd, OpenFile])[] {
    return [...this.files].sort(([a], [b]) => a - b);
  }
}
