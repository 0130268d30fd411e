import { Utf8Stream } from '../../../base/bytes.ts';
import type { Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { LineReader } from '../line-reader.ts';
import { defineTool, linesOf, type Tool } from '../tool.ts';

/** Small filters over lines: wc, uniq, tee, tac, rev, nl, seq, yes. */

export const wc = defineTool({
  name: 'wc',
  options: 'clwLm',
  long: { bytes: 'c', lines: 'l', words: 'w', chars: 'm', 'max-line-length': 'L' },
  usage: `[-clwLm] [FILE]...

Count lines, words, and bytes for FILEs (or stdin)

	-c	Count bytes
	-m	Count characters
	-l	Count newlines
	-w	Count words
	-L	Print longest line length`,
  *run(tool) {
    const chosen = [...'lwmcL'].filter((letter) => tool.has(letter));
    const letters = chosen.length > 0 ? chosen : ['l', 'w', 'c'];
    const rows: { readonly counts: readonly number[]; readonly name: string }[] = [];
    for (const path of tool.inputs) {
      const counts = yield* countsOf(tool, path);
      if (counts === null) continue;
      rows.push({
        counts: letters.map((letter) => counts[letter] as number),
        name: path === '-' && tool.operands.length === 0 ? '' : path,
      });
    }
    if (rows.length > 1 || tool.operands.length > 1) {
      const total = letters.map((letter, i) =>
        letter === 'L'
          ? Math.max(...rows.map(({ counts }) => counts[i] as number))
          : rows.reduce((sum, { counts }) => sum + (counts[i] as number), 0),
      );
      rows.push({ counts: total, name: 'total' });
    }
    const alone = letters.length === 1;
    const digits = Math.max(1, ...rows.flatMap(({ counts }) => counts.map((count) => String(count).length)));
    // GNU widens to the largest count, seven columns for what has no size; BusyBox always takes nine.
    const width =
      tool.face === 'busybox'
        ? alone && rows.length === 1
          ? 0
          : 9
        : alone && rows.length === 1
          ? 0
          : tool.operands.length === 0 || tool.operands.includes('-')
            ? 7
            : digits;
    for (const { counts, name } of rows) {
      const cells = counts.map((count) => String(count).padStart(width)).join(' ');
      yield* tool.write(`${cells}${name === '' ? '' : ` ${name}`}\n`);
    }
    return tool.status;
  },
});

/** Counts by letter; a file of any length goes through. */
function* countsOf(tool: Tool, path: string): Sys<Readonly<Record<string, number>> | null> {
  const fd = yield* tool.open(path);
  if (fd === null) return null;
  const counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  const decoder = new Utf8Stream();
  let column = 0;
  let inWord = false;
  for (;;) {
    const chunk = yield* tool.proc.read(fd);
    if (!chunk.ok) yield* tool.readFailed(path, chunk.error);
    if (!chunk.ok || chunk.value.length === 0) break;
    counts.c += chunk.value.length;
    for (const c of decoder.write(chunk.value)) {
      counts.m++;
      column = c === '\n' ? 0 : column + c.length;
      if (c === '\n') counts.l++;
      const blank = c <= ' ' ? BLANK.test(c) : false;
      if (!blank && !inWord) counts.w++;
      inWord = !blank;
      if (column > counts.L) counts.L = column;
    }
  }
  yield* tool.close(fd);
  return counts;
}

const BLANK = /[\t-\r ]/;

export const uniq = defineTool({
  name: 'uniq',
  options: 'cdiuf:s:w:z',
  long: {
    count: 'c',
    repeated: 'd',
    unique: 'u',
    'ignore-case': 'i',
    'skip-fields': 'f',
    'skip-chars': 's',
    'check-chars': 'w',
  },
  limits: { z: 'lines end with a newline' },
  usage: `[-cdui] [-f,s,w N] [FILE [OUTFILE]]

Discard duplicate lines

	-c	Prefix lines by the number of occurrences
	-d	Only print duplicate lines
	-u	Only print unique lines
	-i	Ignore case
	-f N	Skip first N fields
	-s N	Skip first N chars (after any skipped fields)
	-w N	Compare N characters in line`,
  *run(tool) {
    const fd = yield* tool.open(tool.inputs[0] as string);
    if (fd === null) return 1;
    const reader = new LineReader(tool.proc, fd);
    const key = (line: string): string => {
      let text = line;
      for (let i = 0; i < Number(tool.value('f') ?? 0); i++) text = text.replace(/^\s*\S*/, '');
      text = text.slice(Number(tool.value('s') ?? 0));
      if (tool.has('w')) text = text.slice(0, Number(tool.value('w')));
      return tool.has('i') ? text.toLowerCase() : text;
    };
    const put = function* (line: string, count: number): Sys<boolean> {
      if ((tool.has('d') && count === 1) || (tool.has('u') && count > 1)) return true;
      return yield* tool.write(`${tool.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`);
    };
    let previous: string | null = null;
    let count = 0;
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      if (previous !== null && key(line) === key(previous)) {
        count++;
        continue;
      }
      if (previous !== null && !(yield* put(previous, count))) return 1;
      previous = line;
      count = 1;
    }
    if (previous !== null) yield* put(previous, count);
    return tool.status;
  },
});

export const tee = defineTool({
  name: 'tee',
  options: 'ai',
  long: { append: 'a', 'ignore-interrupts': 'i' },
  usage: `[-ai] [FILE]...

Copy stdin to each FILE, and also to stdout

	-a	Append to the given FILEs, don't overwrite
	-i	Ignore interrupt signals (SIGINT)`,
  *run(tool) {
    const { proc } = tool;
    if (tool.has('i')) proc.disposition('SIGINT', 'ignore');
    const fds = [1];
    for (const path of tool.operands) {
      const file = yield* proc.open(path, {
        write: true,
        create: true,
        ...(tool.has('a') ? { append: true } : { truncate: true }),
      });
      if (file.ok) fds.push(file.value);
      else yield* tool.complain(`${path}: ${tool.strerror(file.error)}`);
    }
    for (;;) {
      const chunk = yield* proc.read(0);
      if (!chunk.ok || chunk.value.length === 0) return tool.status;
      for (const fd of fds) yield* proc.write(fd, chunk.value);
    }
  },
});

function reversing(name: string, usage: string, change: (text: string) => string): Program {
  return defineTool({
    name,
    usage,
    *run(tool: Tool) {
      for (const path of tool.inputs) {
        const text = yield* tool.text(path);
        if (text !== null) yield* tool.write(change(text));
      }
      return tool.status;
    },
  });
}

export const tac = reversing('tac', '[FILE]...\n\nConcatenate FILEs and print them in reverse', (text) =>
  linesOf(text)
    .reverse()
    .map((line) => `${line}\n`)
    .join(''),
);

export const rev = reversing('rev', '[FILE]...\n\nReverse lines of FILE', (text) =>
  linesOf(text)
    .map((line) => `${[...line].reverse().join('')}\n`)
    .join(''),
);

export const nl = defineTool({
  name: 'nl',
  options: 'b:i:s:v:w:n:',
  limits: { n: 'numbers stand to the right' },
  usage: `[OPTIONS] [FILE]...

Write FILEs to standard output with line numbers added

	-b STYLE	Which lines to number - a: all, t: nonempty, n: none
	-i N		Line number increment
	-s STRING	Use STRING as line number separator
	-v N		Start from N
	-w N		Width of line numbers`,
  *run(tool) {
    let number = Number(tool.value('v') ?? 1);
    const style = tool.value('b') ?? 't';
    const width = Number(tool.value('w') ?? 6);
    for (const path of tool.inputs) {
      const text = yield* tool.text(path);
      for (const line of linesOf(text ?? '')) {
        const counted = style === 'a' || (style === 't' && line !== '');
        yield* tool.write(
          counted
            ? `${String(number).padStart(width)}${tool.value('s') ?? '\t'}${line}\n`
            : `${' '.repeat(width + 1)}${line}\n`,
        );
        if (counted) number += Number(tool.value('i') ?? 1);
      }
    }
    return tool.status;
  },
});

/** seq takes negative numbers as operands, so its options are read by hand. */
export const seq: Program = function* (proc) {
  const args = [...proc.argv.slice(1)];
  const gnu = proc.library === 'glibc';
  let separator = '\n';
  let wide = false;
  while (args[0] !== undefined && /^-[ws]/.test(args[0])) {
    const arg = args.shift() as string;
    if (arg.startsWith('-w')) wide = true;
    else separator = arg.slice(2) || (args.shift() ?? '');
  }
  const numbers = args.map(Number);
  const bad = args.find((arg, i) => arg.trim() === '' || Number.isNaN(numbers[i]));
  if (args.length === 0 || args.length > 3 || bad !== undefined) {
    yield* proc.write(
      2,
      bad !== undefined
        ? gnu
          ? `seq: invalid floating point argument: ‘${bad}’\nTry 'seq --help' for more information.\n`
          : `seq: invalid number '${bad}'\n`
        : gnu
          ? `seq: ${args.length === 0 ? 'missing operand' : `extra operand ‘${args[3]}’`}\nTry 'seq --help' for more information.\n`
          : 'BusyBox v1.37.0 multi-call binary.\n\nUsage: seq [-w] [-s SEP] [FIRST [INC]] LAST\n\nPrint numbers from FIRST to LAST, in steps of INC\n\n\t-w	Pad with leading zeros\n\t-s SEP	String separator\n',
    );
    return 1;
  }
  const first = args.length > 1 ? (numbers[0] as number) : 1;
  const step = args.length > 2 ? (numbers[1] as number) : 1;
  const last = numbers.at(-1) as number;
  const places = Math.max(...args.map((arg) => arg.split('.')[1]?.length ?? 0));
  const width = wide ? Math.max(first.toFixed(places).length, last.toFixed(places).length) : 0;
  if (step === 0) {
    yield* proc.write(2, `seq: invalid Zero increment value: '${args[1]}'\n`);
    return 1;
  }
  let text = '';
  for (let i = 0; ; i++) {
    const value = first + i * step;
    if (step > 0 ? value > last + 1e-12 : value < last - 1e-12) break;
    const shown =
      value < 0
        ? `-${(-value).toFixed(places).padStart(Math.max(0, width - 1), '0')}`
        : value.toFixed(places).padStart(width, '0');
    text += (i === 0 ? '' : separator) + shown;
    if (text.length > 4096) {
      if (!(yield* proc.write(1, text)).ok) return 1;
      text = '';
    }
  }
  if (text !== '') yield* proc.write(1, `${text}\n`);
  return 0;
};

export const yes: Program = function* (proc) {
  const line = `${proc.argv.slice(1).join(' ') || 'y'}\n`;
  const block = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
  for (;;) if (!(yield* proc.write(1, block)).ok) return 1;
};
