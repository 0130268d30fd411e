import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { LineReader } from '../line-reader.ts';
import { defineTool, type Tool } from '../tool.ts';
import { AwkInterpreter } from './interpreter.ts';
import { parseAwk } from './parse.ts';
import { Input, toText } from './values.ts';

const unescapeValue = (text: string) =>
  text.replace(/\\(.)/g, (_all, c: string) => ({ n: '\n', t: '\t', '\\': '\\' })[c as 'n'] ?? `\\${c}`);

/** awk(1), the language of POSIX.1 without pipes and `getline < file`. */
export const awk = defineTool({
  name: 'awk',
  options: 'F:v:f:',
  stopEarly: true,
  misuse: 2,
  usage: `[OPTIONS] [AWK_PROGRAM] [FILE]...

	-v VAR=VAL	Set variable
	-F SEP		Use SEP as field separator
	-f FILE		Read program from FILE`,
  *run(tool) {
    const operands = [...tool.operands];
    let source: string | undefined;
    const path = tool.value('f');
    if (path === undefined) source = operands.shift();
    else source = (yield* tool.text(path)) ?? undefined;
    if (source === undefined) {
      if (path !== undefined) return 2;
      if (tool.face === 'busybox') return yield* tool.misused('');
      yield* tool.proc.write(2, 'usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
      return 2;
    }
    const program = parseAwk(source);
    if (!program.ok) {
      yield* tool.complain(tool.face === 'gnu' ? `line 1: ${program.error}` : `cmd. line:1: ${program.error}`);
      return tool.face === 'gnu' ? 2 : 1;
    }
    const records = new Records(tool, operands);
    const interpreter = new AwkInterpreter(tool, program.value, (own) => records.next(own));
    const separator = tool.value('F');
    if (separator !== undefined) interpreter.setGlobal('FS', separator === 't' ? '\t' : unescapeValue(separator));
    for (const assignment of tool.values('v')) assign(interpreter, assignment);
    interpreter.setGlobal('ENVIRON', new Map([...tool.proc.env].map(([name, value]) => [name, new Input(value)])));
    interpreter.setGlobal('ARGC', operands.length + 1);
    interpreter.setGlobal('ARGV', new Map(['awk', ...operands].map((word, i) => [String(i), new Input(word)])));
    return yield* interpreter.run();
  },
});

function assign(interpreter: AwkInterpreter, text: string): void {
  const at = text.indexOf('=');
  if (at > 0) interpreter.setGlobal(text.slice(0, at), new Input(unescapeValue(text.slice(at + 1))));
}

/** The records of all files, one after the other; `name=value` among them sets a variable. */
class Records {
  private reader: LineReader | null = null;
  private started = false;

  constructor(
    private readonly tool: Tool,
    private readonly operands: string[],
  ) {}

  *next(interpreter: AwkInterpreter): Sys<string | null> {
    for (;;) {
      if (this.reader) {
        const line = yield* this.reader.next();
        if (line !== null) return line;
        this.reader = null;
      }
      if (!(yield* this.openNext(interpreter))) return null;
    }
  }

  private *openNext(interpreter: AwkInterpreter): Sys<boolean> {
    for (;;) {
      const path = this.operands.shift() ?? (this.started ? undefined : '-');
      if (path === undefined) return false;
      if (/^[A-Za-z_]\w*=/.test(path)) {
        assign(interpreter, path);
        continue;
      }
      this.started = true;
      const file = path === '-' ? null : yield* this.tool.proc.open(path, { read: true });
      if (file && !file.ok) {
        yield* this.tool.complain(
          this.tool.face === 'gnu'
            ? `cannot open "${path}" (${this.tool.strerror(file.error)})`
            : `${path}: ${this.tool.strerror(file.error)}`,
        );
        interpreter.status = 2;
        continue;
      }
      interpreter.setGlobal('FILENAME', path === '-' ? '' : path);
      interpreter.setGlobal('FNR', 0);
      const separator = toText(interpreter.global('RS'));
      this.reader = new LineReader(this.tool.proc, file?.ok ? file.value : 0, separator === '' ? '\n\n' : separator);
      return true;
    }
  }
}
