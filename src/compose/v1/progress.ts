import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Console } from './console.ts';

/**
 * The lines `Creating app_web_1 ... done`, which change where they stand (compose/parallel.py, ParallelStreamWriter).
 * One writer serves a whole run, so that its columns stay in line.
 */
export class Progress {
  private readonly lines: string[] = [];
  private width = 0;

  constructor(private readonly console: Console) {}

  /** Lines for things that are about to happen together. */
  *announce(action: string, names: readonly string[]): Sys<void> {
    for (const name of names) {
      const line = `${action} ${name}`;
      if (!this.lines.includes(line)) this.lines.push(line);
      this.width = Math.max(this.width, line.length);
    }
    for (const name of names) {
      const text = `${action} ${name}`.padEnd(this.width);
      yield* this.console.proc.write(2, this.console.ansi ? `${text} ... \r\n` : `${text} ... \n`);
    }
  }

  *done(action: string, name: string): Sys<void> {
    yield* this.finish(action, name, 'done', '32');
  }

  *failed(action: string, name: string): Sys<void> {
    yield* this.finish(action, name, 'error', '31');
  }

  private *finish(action: string, name: string, status: string, color: string): Sys<void> {
    const line = `${action} ${name}`;
    const text = `${line.padEnd(this.width)} ... ${this.console.paint(color, status)}`;
    if (!this.console.ansi) {
      yield* this.console.proc.write(2, `${text}\n`);
      return;
    }
    const up = this.lines.length - this.lines.indexOf(line);
    yield* this.console.proc.write(2, `\u001b[${up}A\u001b[2K\r${text}\r\u001b[${up}B`);
  }
}
