import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** Where docker-compose says things: results on standard output, its log and its progress on standard error. */
export class Console {
  constructor(
    readonly proc: Proc,
    private readonly color: boolean,
    /** `docker-compose exec` keeps its errors to itself, and only its exit status tells (compose/cli/main.py, exit_with_metrics). */
    private readonly silentErrors = false,
  ) {}

  *out(text: string): Sys<void> {
    yield* this.proc.write(1, text);
  }

  *info(line: string): Sys<void> {
    yield* this.proc.write(2, `${line}\n`);
  }

  *warning(line: string): Sys<void> {
    yield* this.proc.write(2, `${this.paint('33', 'WARNING')}: ${line}\n`);
  }

  *error(line: string): Sys<void> {
    if (!this.silentErrors) yield* this.proc.write(2, `${this.paint('31', 'ERROR')}: ${line}\n`);
  }

  /** Whether escape sequences may go there: a terminal, and `--ansi` or `--no-ansi` don't forbid it. */
  get ansi(): boolean {
    return this.color && this.proc.isTty(2);
  }

  paint(code: string, text: string): string {
    return this.ansi ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
