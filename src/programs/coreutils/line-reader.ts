import { Utf8Stream } from '../../base/bytes.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';

import { MEMORY } from '../libc/io.ts';

/** Lines of a descriptor, as they come: for filters whose input may never end. */
export class LineReader {
  private readonly decoder = new Utf8Stream();
  private buffered = '';
  private ended = false;

  constructor(
    private readonly proc: Proc,
    private readonly fd: Fd,
    private readonly separator = '\n',
  ) {}

  /** The next line without its newline; null at the end. */
  *next(): Sys<string | null> {
    for (let from = 0; ; ) {
      const at = this.buffered.indexOf(this.separator, from);
      if (at >= 0) {
        const line = this.buffered.slice(0, at);
        this.buffered = this.buffered.slice(at + this.separator.length);
        return line;
      }
      if (this.ended) {
        const line = this.buffered;
        this.buffered = '';
        return line === '' ? null : line;
      }
      from = this.buffered.length;
      const chunk = yield* this.proc.read(this.fd);
      if (!chunk.ok || chunk.value.length === 0) this.ended = true;
      else this.buffered += this.decoder.write(chunk.value);
      if (this.buffered.length > MEMORY) {
        yield* this.proc.write(2, `${this.proc.argv[0]}: ${strerror('ENOMEM', this.proc.library)}\n`);
        this.buffered = '';
        this.ended = true;
      }
    }
  }

  /** Whether a line can be had without reading on. */
  get hasLine(): boolean {
    return this.buffered.includes(this.separator);
  }
}
