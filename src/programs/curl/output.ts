import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** Where a page goes: standard output, or a file that is made with its first byte. */
export class Output {
  private fd: Fd | null = null;
  written = 0;

  constructor(
    private readonly proc: Proc,
    /** null: standard output. */
    readonly file: string | null,
    private readonly warn: (text: string) => Sys<void>,
  ) {}

  get isTerminal(): boolean {
    return this.file === null && this.proc.isTty(1);
  }

  /** @returns whether all of it could be written */
  *write(data: Uint8Array | string): Sys<boolean> {
    if (!(yield* this.open())) return false;
    const done = yield* this.proc.write(this.fd ?? 1, data);
    if (done.ok) this.written += data.length;
    return done.ok;
  }

  /** Makes the file even when nothing came. */
  *open(): Sys<boolean> {
    if (this.file === null || this.fd !== null) return true;
    const file = yield* this.proc.open(this.file, { write: true, create: true, truncate: true }, 0o644);
    if (file.ok) this.fd = file.value;
    else yield* this.warn(`Failed to open the file ${this.file}: ${strerror(file.error, this.proc.library)}`);
    return file.ok;
  }

  *close(): Sys<void> {
    if (this.fd !== null) yield* this.proc.close(this.fd);
    this.fd = null;
  }
}
