import type { Fd, Sys } from '../../../kernel/syscalls/proc.ts';
import { MEMORY } from '../../libc/io.ts';
import { LineReader } from '../line-reader.ts';
import { type Address, parseSed, type SedCommand, type Substitution } from './sed-script.ts';
import { defineTool, type Tool } from '../tool.ts';

/** sed(1): the stream editor. Its language is read by `sed-script.ts`. */
export const sed = defineTool({
  name: 'sed',
  options: 'ne:f:iErsz',
  long: { quiet: 'n', silent: 'n', expression: 'e', file: 'f', 'in-place': 'i', 'regexp-extended': 'E', separate: 's' },
  limits: { s: 'all files are one text', z: 'lines end with a newline' },
  usage: `[-i] [-nrE] [-f FILE]... [-e CMD]... [FILE]...
or: sed [-i] [-nrE] CMD [FILE]...

	-e CMD	Add CMD to sed commands to be executed
	-f FILE	Add FILE contents to sed commands to be executed
	-i	Edit files in-place
	-n	Suppress automatic printing of pattern space
	-r,-E	Use extended regex syntax

If no -e or -f, the first non-option argument is the sed command string.`,
  *run(tool) {
    const operands = [...tool.operands];
    const scripts = [...tool.values('e')];
    for (const path of tool.values('f')) scripts.push((yield* tool.text(path)) ?? '');
    if (scripts.length === 0) {
      const first = operands.shift();
      if (first === undefined) {
        if (tool.face === 'busybox') return yield* tool.misused('');
        yield* tool.proc.write(2, `Usage: sed ${tool.definition.usage}\n`);
        return 1;
      }
      scripts.push(first);
    }
    const script = scripts.join('\n');
    const parsed = parseSed(script, tool.has('E') || tool.has('r'));
    if (!parsed.ok)
      return yield* tool.complain(
        tool.face === 'gnu' ? `-e expression #1, char ${script.length}: ${parsed.error}` : parsed.error,
      );
    const paths = operands.length > 0 ? operands : ['-'];
    if (!tool.has('i')) return yield* new Editor(tool, parsed.value, (text) => tool.write(text)).run(paths);
    for (const path of paths) {
      let result = '';
      const status = yield* new Editor(tool, parsed.value, function* (text) {
        result += text;
        return true;
      }).run([path]);
      if (status !== 0) continue;
      yield* replaceFile(tool, path, result);
    }
    return tool.status;
  },
});

/** Puts a new file in place of the old one, as `-i` does: who has the old one open, or mounted, goes on seeing that. */
function* replaceFile(tool: Tool, path: string, text: string): Sys<void> {
  const { proc, face } = tool;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const chance = proc.pid.toString(36).padStart(6, 'X');
  const temporary = face === 'gnu' ? `${folder || './'}sed${chance}` : `${path}${chance}`;
  const before = yield* proc.stat(path);
  const file = yield* proc.open(
    temporary,
    { write: true, create: true, truncate: true },
    before.ok ? before.value.mode & 0o7777 : 0o644,
  );
  if (!file.ok) {
    const where =
      face === 'gnu' ? `couldn't open temporary file ${temporary}` : `can't create temp file '${temporary}'`;
    yield* tool.complain(`${where}: ${tool.strerror(file.error)}`);
    return;
  }
  yield* proc.write(file.value, text);
  yield* proc.close(file.value);
  const renamed = yield* proc.rename(temporary, path);
  if (renamed.ok) return;
  yield* proc.unlink(temporary);
  const what = face === 'gnu' ? `cannot rename ${temporary}` : `can't move '${temporary}' to '${path}'`;
  yield* tool.complain(`${what}: ${tool.strerror(renamed.error)}`);
}

/** How many commands one line may run: more is a loop in the script. */
const MOST_STEPS = 1_000;

class Editor {
  private space = '';
  private hold = '';
  private line = 0;
  private appended: string[] = [];
  private readonly active = new Map<SedCommand, number>();
  private reader: LineReader | null = null;
  private fd: Fd | null = null;
  private ahead: string | null = null;
  private paths: string[] = [];
  private substituted = false;
  private failed = 0;

  constructor(
    private readonly tool: Tool,
    private readonly commands: readonly SedCommand[],
    private readonly put: (text: string) => Sys<boolean>,
  ) {}

  *run(paths: readonly string[]): Sys<number> {
    this.paths = [...paths];
    this.ahead = yield* this.read();
    while (yield* this.nextLine()) {
      this.substituted = false;
      const end = yield* this.cycle();
      if (end !== 'deleted' && end !== 'quiet' && !this.tool.has('n') && !(yield* this.put(`${this.space}\n`)))
        return 1;
      for (const text of this.appended) yield* this.put(`${text}\n`);
      this.appended = [];
      if (typeof end === 'object' || end === 'quiet') return typeof end === 'object' ? end.quit : 0;
    }
    return this.failed;
  }

  private *read(): Sys<string | null> {
    for (;;) {
      if (this.reader) {
        const line = yield* this.reader.next();
        if (line !== null) return line;
        if (this.fd !== null) yield* this.tool.close(this.fd);
        this.reader = null;
      }
      const path = this.paths.shift();
      if (path === undefined) return null;
      const file = path === '-' ? null : yield* this.tool.proc.open(path, { read: true });
      if (file && !file.ok) {
        yield* this.tool.complain(
          this.tool.face === 'gnu'
            ? `can't read ${path}: ${this.tool.strerror(file.error)}`
            : `${path}: ${this.tool.strerror(file.error)}`,
        );
        this.failed = this.tool.face === 'gnu' ? 2 : 1;
        this.tool.status = this.failed;
        continue;
      }
      this.fd = file?.ok ? file.value : 0;
      this.reader = new LineReader(this.tool.proc, this.fd);
    }
  }

  private *nextLine(): Sys<boolean> {
    if (this.ahead === null) return false;
    this.space = this.ahead;
    this.line++;
    this.ahead = yield* this.read();
    return true;
  }

  private matches(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.line === address.line;
      case 'last':
        return this.ahead === null;
      case 'step':
        return address.step === 0
          ? this.line === address.first
          : this.line >= address.first && (this.line - address.first) % address.step === 0;
      case 'plus':
        return false;
      case 'regex':
        return this.space.search(address.regex) >= 0;
    }
  }

  private selected(command: SedCommand): boolean {
    const { from, to } = command;
    if (!from) return true;
    if (!to) return this.matches(from);
    const until = this.active.get(command);
    if (until !== undefined) {
      const ends = to.kind === 'line' || to.kind === 'plus' ? this.line >= until : this.matches(to);
      if (ends) this.active.delete(command);
      return to.kind !== 'line' || this.line <= until;
    }
    if (!this.matches(from)) return false;
    const last = to.kind === 'line' ? to.line : to.kind === 'plus' ? this.line + to.count : Number.POSITIVE_INFINITY;
    if (last > this.line) this.active.set(command, last);
    return true;
  }

  private *cycle(): Sys<'done' | 'deleted' | 'quiet' | { readonly quit: number }> {
    let steps = 0;
    for (let i = 0; i < this.commands.length; i++) {
      if (++steps > MOST_STEPS) {
        yield* this.tool.proc.cpu();
        steps = 0;
      }
      const command = this.commands[i] as SedCommand;
      if (this.selected(command) === command.negated) {
        if (command.name === '{') i = command.end - 1;
        continue;
      }
      switch (command.name) {
        case 's':
          if (yield* this.substitute(command.substitution as Substitution)) this.substituted = true;
          break;
        case 'y':
          this.space = [...this.space].map((c) => command.translation?.get(c) ?? c).join('');
          break;
        case 'p':
          yield* this.put(`${this.space}\n`);
          break;
        case 'P':
          yield* this.put(`${this.space.split('\n')[0]}\n`);
          break;
        case 'd':
          return 'deleted';
        case 'D': {
          const at = this.space.indexOf('\n');
          if (at < 0) return 'deleted';
          this.space = this.space.slice(at + 1);
          i = -1;
          break;
        }
        case 'n':
          if (!this.tool.has('n')) yield* this.put(`${this.space}\n`);
          if (!(yield* this.nextLine())) return 'quiet';
          break;
        case 'N': {
          const before = this.space;
          if (!(yield* this.nextLine())) return this.tool.has('n') ? 'quiet' : 'done';
          this.space = `${before}\n${this.space}`;
          if (this.space.length > MEMORY) return { quit: yield* this.tool.memoryExhausted() };
          break;
        }
        case 'g':
          this.space = this.hold;
          break;
        case 'G':
          this.space += `\n${this.hold}`;
          if (this.space.length > MEMORY) return { quit: yield* this.tool.memoryExhausted() };
          break;
        case 'h':
          this.hold = this.space;
          break;
        case 'H':
          this.hold += `\n${this.space}`;
          break;
        case 'x':
          [this.space, this.hold] = [this.hold, this.space];
          break;
        case 'a':
          this.appended.push(command.text);
          break;
        case 'i':
          yield* this.put(`${command.text}\n`);
          break;
        case 'c':
          if (!command.to || !this.active.has(command)) yield* this.put(`${command.text}\n`);
          return 'deleted';
        case '=':
          yield* this.put(`${this.line}\n`);
          break;
        case 'q':
          return { quit: Number(command.text || 0) };
        case 'Q':
          return 'quiet';
        case 'b':
          i = this.target(command.text);
          break;
        case 't':
          if (this.substituted) {
            this.substituted = false;
            i = this.target(command.text);
          }
          break;
        case 'T':
          if (!this.substituted) i = this.target(command.text);
          this.substituted = false;
          break;
      }
    }
    return 'done';
  }

  private target(label: string): number {
    const at = label === '' ? -1 : this.commands.findIndex(({ name, text }) => name === ':' && text === label);
    return at < 0 ? this.commands.length : at;
  }

  private *substitute({ regex, replacement, occurrence, global, print }: Substitution): Sys<boolean> {
    let seen = 0;
    let changed = false;
    this.space = this.space.replace(regex, (...found: unknown[]) => {
      seen++;
      const match = found[0] as string;
      if (seen < occurrence || (seen > occurrence && !global)) return match;
      changed = true;
      return replacement
        .map((part) => (typeof part === 'number' ? ((found[part] as string | undefined) ?? '') : part))
        .join('');
    });
    if (changed && print) yield* this.put(`${this.space}\n`);
    return changed;
  }
}
