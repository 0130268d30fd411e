import { Utf8Stream } from '../../../base/bytes.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { rfc3339 } from '../../format/units.ts';

/** In the order in which containers get them (cmd/formatter/colors.go). */
const RAINBOW = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'];

export interface LogOptions {
  readonly prefix: boolean;
  readonly colors: boolean;
  readonly timestamps?: boolean;
  /** Around every line: takes the menu away and puts it back. */
  readonly around?: { before(proc: Proc): Sys<void>; after(proc: Proc): Sys<void> };
}

/** Prints the lines of many containers, each with its name before it (cmd/formatter/logs.go). */
export class LogConsumer {
  private readonly colors = new Map<string, string | null>();
  private width = 0;

  constructor(
    private readonly proc: Proc,
    private readonly options: LogOptions,
  ) {}

  *log(name: string, line: string, to: 1 | 2 = 1, proc = this.proc): Sys<void> {
    const { options } = this;
    this.register(name);
    const prefix = options.prefix ? this.paint(name, `${name.padEnd(this.width)} | `) : '';
    const time = options.timestamps ? `${rfc3339(proc.date()).replace('Z', '.000000000Z')} ` : '';
    yield* this.write(proc, to, `${prefix}${time}${line}\n`);
  }

  /** Something about a container, or about nothing in particular. */
  *status(name: string, message: string, proc = this.proc): Sys<void> {
    this.register(name);
    yield* this.write(proc, 1, this.paint(name, `\r\u001b[K${name} ${message}\n`));
  }

  private *write(proc: Proc, to: 1 | 2, text: string): Sys<void> {
    const { around } = this.options;
    if (around) yield* around.before(proc);
    yield* proc.write(to, text);
    if (around) yield* around.after(proc);
  }

  /** The first line of a container gives it a colour, and may widen the column of names. */
  private register(name: string): void {
    if (this.colors.has(name)) return;
    const used = [...this.colors.values()].filter((color) => color !== null).length;
    const color = this.options.colors && name !== '' ? (RAINBOW[used % RAINBOW.length] as string) : null;
    this.colors.set(name, color);
    this.width = Math.max(this.width, name.length + 1);
  }

  private paint(name: string, text: string): string {
    const color = this.colors.get(name) ?? null;
    return color === null ? text : `\u001b[${color}m${text}\u001b[0m`;
  }
}

/** Cuts a stream of bytes into lines. */
export class LineSplitter {
  private readonly text = new Utf8Stream();
  private rest = '';

  /** The lines that are whole now. */
  push(bytes: Uint8Array): readonly string[] {
    const lines = (this.rest + this.text.write(bytes)).split('\n');
    this.rest = lines.pop() as string;
    return lines;
  }
}
