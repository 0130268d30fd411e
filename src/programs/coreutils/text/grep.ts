import { linearRegExp } from '../../../base/regex/linear-regexp.ts';
import type { Fd, Sys } from '../../../kernel/syscalls/proc.ts';
import { LineReader } from '../line-reader.ts';
import { compileRegex, escapeLiteral } from './regex.ts';
import { defineTool, type Tool } from '../tool.ts';

/** grep(1), egrep and fgrep. Left out: -P, and colours. */
const makeGrep = (name: string, always: string) =>
  defineTool({
    name,
    options: 'lnqvscFiHhe:f:LorRm:wxEGA:B:C:aIUz',
    long: {
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'ignore-case': 'i',
      'invert-match': 'v',
      count: 'c',
      quiet: 'q',
      silent: 'q',
      'no-messages': 's',
      'line-number': 'n',
      'with-filename': 'H',
      'no-filename': 'h',
      regexp: 'e',
      'files-with-matches': 'l',
      'files-without-match': 'L',
      'only-matching': 'o',
      recursive: 'r',
      'max-count': 'm',
      'word-regexp': 'w',
      'line-regexp': 'x',
      'after-context': 'A',
      'before-context': 'B',
      context: 'C',
      color: 'a',
      colour: 'a',
    },
    numberOption: 'C',
    misuse: 2,
    limits: {
      z: 'lines end with a newline',
      I: 'binary files are searched like text',
      a: 'binary files are searched like text',
    },
    usage: `[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...

Search for PATTERN in FILEs (or stdin)

	-H	Add 'filename:' prefix
	-h	Do not add 'filename:' prefix
	-n	Add 'line_no:' prefix
	-l	Show only names of files that match
	-L	Show only names of files that don't match
	-c	Show only count of matching lines
	-o	Show only the matching part of line
	-q	Quiet. Return 0 if PATTERN is found, 1 otherwise
	-v	Select non-matching lines
	-s	Suppress open and read errors
	-r	Recurse
	-i	Ignore case
	-w	Match whole words only
	-x	Match whole lines only
	-F	PATTERN is a literal (not regexp)
	-E	PATTERN is an extended regexp
	-m N	Match up to N times per file
	-A N	Print N lines of trailing context
	-B N	Print N lines of leading context
	-C N	Same as '-A N -B N'
	-e PTRN	Pattern to match
	-f FILE	Read pattern from file`,
    *run(tool) {
      const operands = [...tool.operands];
      const patterns = tool.values('e').flatMap((text) => text.split('\n'));
      for (const path of tool.values('f'))
        for (const line of ((yield* tool.text(path)) ?? '').replace(/\n$/, '').split('\n')) patterns.push(line);
      if (!tool.has('e') && !tool.has('f')) {
        const first = operands.shift();
        if (first === undefined) {
          if (tool.face === 'gnu')
            yield* tool.proc.write(
              2,
              `Usage: ${name} [OPTION]... PATTERNS [FILE]...\nTry '${name} --help' for more information.\n`,
            );
          else return yield* tool.misused('');
          return 2;
        }
        patterns.push(...first.split('\n'));
      }
      const fixed = tool.has('F') || always === 'F';
      const extended = tool.has('E') || always === 'E';
      const search = new Search(tool, tool.face);
      for (const pattern of patterns) {
        const plain = fixed
          ? compileRegex(escapeLiteral(pattern), {
              extended: true,
              ignoreCase: tool.has('i') || tool.has('y'),
              global: true,
            })
          : compileRegex(pattern, { extended, ignoreCase: tool.has('i'), global: true });
        if (!plain) {
          yield* tool.complain(
            tool.face === 'gnu'
              ? pattern.includes('[')
                ? 'Unmatched [, [^, [:, [., or [='
                : 'Unmatched ( or \\('
              : `bad regex '${pattern}': ${pattern.includes('[') ? "Missing ']'" : "Missing ')'"}`,
          );
          return 2;
        }
        search.regexes.push(wrap(plain, tool));
      }
      const recursive = tool.has('r') || tool.has('R');
      const files = operands.length > 0 ? operands : [recursive ? '.' : '-'];
      search.titled = (files.length > 1 || recursive || tool.has('H')) && !tool.has('h');
      for (const path of files) {
        yield* search.path(path, recursive);
        if (search.found && tool.has('q')) return 0;
      }
      if (tool.status > 1 && !(search.found && tool.has('q'))) return 2;
      return search.found ? 0 : 1;
    },
  });

function wrap(regex: RegExp, tool: Tool): RegExp {
  if (tool.has('x')) return linearRegExp(`^(?:${regex.source})$`, regex.flags);
  if (tool.has('w')) return linearRegExp(`(?<!\\w)(?:${regex.source})(?!\\w)`, regex.flags);
  return regex;
}

class Search {
  readonly regexes: RegExp[] = [];
  titled = false;
  found = false;
  private readonly before: number;
  private readonly after: number;
  private separated = false;

  constructor(
    private readonly tool: Tool,
    private readonly face: 'gnu' | 'busybox',
  ) {
    const both = tool.value('C') ?? 0;
    this.before = Number(tool.value('B') ?? both);
    this.after = Number(tool.value('A') ?? both);
  }

  *path(path: string, recursive: boolean): Sys<void> {
    const { tool } = this;
    const stat = path === '-' ? null : yield* tool.proc.stat(path);
    if (stat?.ok && stat.value.type === 'directory') {
      if (!recursive) {
        if (this.face === 'gnu') yield* tool.complain(`${path}: Is a directory`);
        tool.status = this.face === 'gnu' ? 2 : tool.status;
        return;
      }
      const entries = yield* tool.proc.readDirectory(path);
      if (!entries.ok) return;
      for (const { name } of [...entries.value].sort((a, b) => (a.name < b.name ? -1 : 1)))
        yield* this.path(`${path.replace(/\/$/, '')}/${name}`, true);
      return;
    }
    const file = path === '-' ? null : yield* tool.proc.open(path, { read: true });
    if (file && !file.ok) {
      if (!tool.has('s')) yield* tool.complain(`${path}: ${tool.strerror(file.error)}`);
      tool.status = 2;
      return;
    }
    const fd = file?.ok ? file.value : 0;
    yield* this.lines(fd, path === '-' ? '(standard input)' : path);
    yield* tool.close(fd);
  }

  private *lines(fd: Fd, path: string): Sys<void> {
    const { tool } = this;
    const reader = new LineReader(tool.proc, fd);
    const most = Number(tool.value('m') ?? Number.POSITIVE_INFINITY);
    const counting = tool.has('c') || tool.has('l') || tool.has('L') || tool.has('q');
    const waiting: { readonly number: number; readonly line: string }[] = [];
    let count = 0;
    let shown = 0;
    let trailing = 0;
    for (
      let number = 1, line = yield* reader.next();
      line !== null && count < most;
      line = yield* reader.next(), number++
    ) {
      const matches = this.regexes.some((regex) => line !== null && line.search(regex) >= 0) !== tool.has('v');
      if (matches) {
        count++;
        this.found = true;
        if (tool.has('q') || tool.has('l')) break;
        if (counting) continue;
        const first = waiting[0]?.number ?? number;
        if (this.before + this.after > 0 && this.separated && first > shown + 1) yield* tool.write('--\n');
        for (const each of waiting) yield* this.show(path, each.number, each.line, '-');
        waiting.length = 0;
        this.separated = true;
        if (tool.has('o') && !tool.has('v')) yield* this.showParts(path, number, line);
        else if (!(yield* this.show(path, number, line, ':'))) return;
        shown = number;
        trailing = this.after;
      } else if (trailing > 0 && !counting) {
        trailing--;
        yield* this.show(path, number, line, '-');
        shown = number;
      } else if (this.before > 0) {
        waiting.push({ number, line });
        if (waiting.length > this.before) waiting.shift();
      }
    }
    if (tool.has('c') && !tool.has('q')) yield* tool.write(`${this.titled ? `${path}:` : ''}${count}\n`);
    if (tool.has('l') && count > 0) yield* tool.write(`${path}\n`);
    if (tool.has('L') && count === 0) yield* tool.write(`${path}\n`);
  }

  private *showParts(path: string, number: number, line: string): Sys<void> {
    const parts = this.regexes.flatMap((regex) => [...line.matchAll(regex)]).sort((a, b) => a.index - b.index);
    for (const [text] of parts) if (text !== '') yield* this.show(path, number, text, ':');
  }

  private *show(path: string, number: number, line: string, mark: ':' | '-'): Sys<boolean> {
    const title = this.titled ? `${path}${mark}` : '';
    return yield* this.tool.write(`${title}${this.tool.has('n') ? `${number}${mark}` : ''}${line}\n`);
  }
}

export const grep = makeGrep('grep', '');
export const egrep = makeGrep('egrep', 'E');
export const fgrep = makeGrep('fgrep', 'F');
