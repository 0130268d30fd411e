import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { decodeUtf8 } from '../../base/bytes.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import {
  type CommandLine,
  declareProgram,
  type DeclaredProgram,
  getoptOptions,
  type Limits,
} from '../libc/command-line.ts';
import { readAll } from '../libc/io.ts';
import { type GivenOption, getopt, problemText } from '../libc/getopt.ts';

/** GNU coreutils on the host, BusyBox in images: the same tools with two sets of words. */
export type Face = 'gnu' | 'busybox';

export interface ToolDefinition {
  readonly name: string;
  /** getopt's letters; a colon after those with a value. */
  readonly options?: string;
  /** Long options, GNU's, as letters. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options that do less here than the real ones, by letter or long name: what is missing. */
  readonly limits?: Limits;
  /** What the tool as a whole doesn't do here. */
  readonly limit?: string;
  /** What follows `Usage: NAME `: operands, and below them the options. */
  readonly usage: string;
  /** Options end at the first operand. */
  readonly stopEarly?: boolean;
  /** `-5` means `-n 5`. */
  readonly numberOption?: string;
  /** Status after a misuse (GNU); 1 where absent. */
  readonly misuse?: number;
  readonly run: (tool: Tool) => Sys<number>;
}

/** One run of a tool: its options and operands, its words for failures, its output. */
export class Tool {
  status = 0;

  constructor(
    readonly proc: Proc,
    readonly name: string,
    readonly face: Face,
    private readonly given: readonly GivenOption[],
    readonly operands: readonly string[],
    readonly definition: ToolDefinition,
  ) {}

  has(letter: string): boolean {
    return this.given.some(({ name }) => name === letter);
  }

  /** The value of an option; the last one counts. */
  value(letter: string): string | undefined {
    return this.given.findLast(({ name }) => name === letter)?.value;
  }

  values(letter: string): readonly string[] {
    return this.given.filter(({ name }) => name === letter).map(({ value }) => value);
  }

  /** Of several letters the one that was given last. */
  last(letters: string): string | undefined {
    return this.given.findLast(({ name }) => letters.includes(name))?.name;
  }

  strerror(errno: Errno): string {
    return strerror(errno, this.proc.library);
  }

  /** Writes to standard output; a failure is told, as coreutils' close_stdout does. */
  *write(data: Uint8Array | string): Sys<boolean> {
    if (data.length === 0) return true;
    const written = yield* this.proc.write(1, data);
    if (written.ok) return true;
    this.status = 1;
    yield* this.proc.write(2, `${this.name}: write error: ${this.strerror(written.error)}\n`);
    return false;
  }

  /** An error message; the status becomes 1. */
  *complain(text: string): Sys<number> {
    yield* this.proc.write(2, `${this.name}: ${text}\n`);
    this.status ||= 1;
    return this.status;
  }

  /** `x: No such file or directory`, or BusyBox's `can't open 'x': …`. */
  *cannotOpen(path: string, errno: Errno): Sys<number> {
    return yield* this.complain(
      this.face === 'gnu' ? `${path}: ${this.strerror(errno)}` : `can't open '${path}': ${this.strerror(errno)}`,
    );
  }

  /** Wrong operands: a line, and the usage where BusyBox shows it. */
  *misused(gnu: string): Sys<number> {
    if (this.face === 'busybox') return yield* showUsage(this.proc, `${this.name} ${this.definition.usage}`);
    yield* this.proc.write(2, `${this.name}: ${gnu}\nTry '${this.name} --help' for more information.\n`);
    return this.definition.misuse ?? 1;
  }

  *missingOperand(): Sys<number> {
    return yield* this.misused('missing operand');
  }

  /** The descriptor of an operand, `-` being standard input; null: it can't be opened, which has been told. */
  *open(path: string): Sys<Fd | null> {
    if (path === '-') return 0;
    const file = yield* this.proc.open(path, { read: true });
    if (file.ok) return file.value;
    yield* this.cannotOpen(path, file.error);
    return null;
  }

  *close(fd: Fd): Sys<void> {
    if (fd > 2) yield* this.proc.close(fd);
  }

  /** All of a file; null where it can't be read, which has been told. */
  *contents(path: string): Sys<Uint8Array | null> {
    const fd = yield* this.open(path);
    if (fd === null) return null;
    const read = yield* readAll(this.proc, fd);
    yield* this.close(fd);
    if (read.ok) return read.value;
    yield* this.readFailed(path, read.error);
    return null;
  }

  *readFailed(path: string, errno: Errno): Sys<void> {
    if (errno === 'ENOMEM') yield* this.memoryExhausted();
    else if (this.face === 'busybox') yield* this.complain(`read error: ${this.strerror(errno)}`);
    else yield* this.complain(`${path}: ${this.strerror(errno)}`);
  }

  /** What is read can't be held. */
  *memoryExhausted(): Sys<number> {
    return yield* this.complain(this.face === 'busybox' ? 'out of memory' : 'memory exhausted');
  }

  /** The text of a file. */
  *text(path: string): Sys<string | null> {
    const bytes = yield* this.contents(path);
    return bytes === null ? null : decodeUtf8(bytes);
  }

  /** The operands, or standard input where there are none. */
  get inputs(): readonly string[] {
    return this.operands.length > 0 ? this.operands : ['-'];
  }
}

/** Makes a program of a tool: reads its options, answers --help, and tells misuse in the words of its face. */
export function defineTool(definition: ToolDefinition): DeclaredProgram {
  return declareProgram(commandLineOf(definition), function* (proc) {
    const face: Face = proc.library === 'glibc' ? 'gnu' : 'busybox';
    const { name, usage } = definition;
    const args = proc.argv
      .slice(1)
      .flatMap((arg) =>
        definition.numberOption && /^-\d+$/.test(arg) ? [`-${definition.numberOption}`, arg.slice(1)] : [arg],
      );
    if (args.includes('--help') && !definition.stopEarly) {
      if (face === 'gnu') yield* proc.write(1, `Usage: ${name} ${usage}\n`);
      else yield* showUsage(proc, `${name} ${usage}`);
      return 0;
    }
    const parsed = getopt(args, definition.options ?? '', {
      ...(definition.long && { long: definition.long }),
      ...(definition.stopEarly && { stopEarly: true }),
    });
    if (parsed.problem) {
      const problem = problemText(name, parsed.problem, proc.library);
      if (face === 'busybox') return yield* showUsage(proc, `${name} ${usage}`, problem);
      yield* proc.write(2, `${problem}\nTry '${name} --help' for more information.\n`);
      return definition.misuse ?? 1;
    }
    const tool = new Tool(proc, name, face, parsed.given, parsed.rest, definition);
    const status = yield* definition.run(tool);
    return status || tool.status;
  });
}

function commandLineOf({ options = '', long = {}, limits = {}, limit }: ToolDefinition): CommandLine {
  return { options: getoptOptions(options, { long, limits }), ...(limit === undefined ? {} : { limit }) };
}

/** Lines of a text; a last one without its newline counts. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
