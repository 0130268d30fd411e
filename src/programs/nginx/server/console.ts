import type { Fd, Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { numberedError } from '../../libc/errno-number.ts';
import { type Level, writeError } from './cycle.ts';

export const DEFAULT_ERROR_LOG = '/var/log/nginx/error.log';

interface ConsoleOptions {
  /** Mistakes alone (`-q`). */
  readonly quiet?: boolean;
  /** Nothing to standard error: nginx serves already. */
  readonly silent?: boolean;
}

/** What nginx says before it serves: to its error log, and what matters to standard error, too (core/ngx_log.c). */
export class Console {
  private constructor(
    private readonly proc: Proc,
    private readonly log: Fd | null,
    private readonly options: ConsoleOptions,
  ) {}

  static *open(proc: Proc, path: string, options: ConsoleOptions = {}): Sys<Console> {
    if (path === 'stderr') return new Console(proc, 2, options);
    const file = yield* proc.open(path, { write: true, append: true, create: true }, 0o644);
    if (!file.ok)
      yield* proc.write(
        2,
        `nginx: [alert] could not open error log file: open() "${path}" failed (${numberedError(file.error, proc.library)})\n`,
      );
    return new Console(proc, file.ok ? file.value : null, options);
  }

  *say(level: Level, text: string): Sys<void> {
    if (this.log !== null) yield* writeError(this.proc, { fd: this.log, level: 'notice' }, level, text);
    const { quiet = false, silent = false } = this.options;
    if (silent || level === 'notice' || (quiet && level === 'warn')) return;
    yield* this.proc.write(2, `nginx: [${level}] ${text}\n`);
  }

  *close(): Sys<void> {
    if (this.log !== null && this.log > 2) yield* this.proc.close(this.log);
  }
}
