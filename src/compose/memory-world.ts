import { encodeUtf8 } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Call, Fd, Sys } from '../kernel/syscalls/proc.ts';
import type { Stat } from '../kernel/syscalls/file.ts';
import type { Surroundings } from './load/files.ts';

export interface MemoryFiles {
  readonly folder: string;
  readonly environment: ReadonlyMap<string, string>;
  /** The text of a file by its absolute path; null where there is none. */
  readonly readFile: (path: string) => string | null;
}

const NOTHING = new Uint8Array();

/** Files in memory, as a loader sees them: no call ever waits. */
export class MemoryWorld implements Surroundings {
  readonly env: Map<string, string>;
  private readonly contents = new Map<Fd, Uint8Array>();
  private next = 3;

  constructor(private readonly files: MemoryFiles) {
    this.env = new Map(files.environment);
  }

  cwd(): string {
    return this.files.folder;
  }

  *open(path: string): Call<Fd> {
    const text = this.files.readFile(path);
    if (text === null) return err('ENOENT');
    this.contents.set(this.next, encodeUtf8(text));
    return ok(this.next++);
  }

  *read(fd: Fd): Call<Uint8Array> {
    const content = this.contents.get(fd);
    if (!content) return err('EBADF');
    this.contents.set(fd, NOTHING);
    return ok(content);
  }

  *close(fd: Fd): Call<void> {
    this.contents.delete(fd);
    return ok();
  }

  *stat(path: string): Call<Stat> {
    const text = this.files.readFile(path);
    if (text === null) return err('ENOENT');
    const size = encodeUtf8(text).length;
    return ok({ type: 'file', mode: 0o644, uid: 0, gid: 0, size, links: 1, modified: 0, inode: 1, device: 1 });
  }
}

/** The answer of a generator that never waits. */
export function atOnce<T>(calls: Sys<T>): T {
  const step = calls.next();
  if (step.done) return step.value;
  throw new Error('a call waited where nothing can');
}
