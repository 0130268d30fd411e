import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

export type AnsiMode = 'never' | 'always' | 'auto';

export interface ConsoleOptions {
  readonly ansi: AnsiMode;
  /** RFC 3339 of milliseconds since 1970. */
  readonly formatTime: (milliseconds: number) => string;
}

/** Where docker compose says things: results on standard output, its log and its progress on standard error. */
export class Console {
  private readonly started: number;

  constructor(
    readonly proc: Proc,
    private readonly options: ConsoleOptions,
  ) {
    this.started = proc.now();
  }

  *out(text: string): Sys<void> {
    if (text !== '') yield* this.proc.write(1, text);
  }

  *error(text: string): Sys<void> {
    if (text !== '') yield* this.proc.write(2, text);
  }

  /** One line about what went wrong; the answer is the exit status. */
  *fail(message: string, status = 1): Sys<number> {
    if (message !== '') yield* this.error(`${message}\n`);
    return status;
  }

  /** A warning as logrus prints it: short and coloured on a terminal, as fields elsewhere. */
  *warn(message: string): Sys<void> {
    const { proc } = this;
    if (!proc.isTty(2)) {
      const time = this.options.formatTime(proc.date());
      yield* this.error(`time="${time}" level=warning msg=${JSON.stringify(message)}\n`);
      return;
    }
    const seconds = Math.trunc((proc.now() - this.started) / 1e9);
    yield* this.error(`\u001b[33mWARN\u001b[0m[${String(seconds).padStart(4, '0')}] ${message.padEnd(44)} \n`);
  }

  /** Whether what goes to standard output may have colours. */
  get colors(): boolean {
    if (this.options.ansi !== 'auto') return this.options.ansi === 'always';
    return this.proc.isTty(1) && !this.proc.env.get('NO_COLOR');
  }
}
