import { Utf8Stream } from '../../../base/bytes.ts';
import { LineReader } from '../line-reader.ts';
import { defineTool } from '../tool.ts';

/** cut(1) and tr(1). */

type Range = readonly [from: number, to: number];

function parseRanges(text: string): readonly Range[] | null {
  const ranges: Range[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!match || part === '-' || part === '') return null;
    const [, from, dash, to] = match;
    const first = Number(from || 1);
    const last = dash ? (to ? Number(to) : Number.POSITIVE_INFINITY) : first;
    if (first < 1 || last < first) return null;
    ranges.push([first, last]);
  }
  return ranges;
}

export const cut = defineTool({
  name: 'cut',
  options: 'b:c:d:f:snO:D',
  long: { bytes: 'b', characters: 'c', delimiter: 'd', fields: 'f', 'only-delimited': 's', 'output-delimiter': 'O' },
  limits: { D: 'lines without the delimiter are still printed' },
  usage: `{-b|c LIST | -f LIST [-d SEP] [-s]} [FILE]...

Print selected fields from FILEs to stdout

	-b LIST	Output only bytes from LIST
	-c LIST	Output only characters from LIST
	-d SEP	Input field delimiter (default -f TAB)
	-f LIST	Print only these fields (-d is single char)
	-s	Drop lines with no delimiter`,
  *run(tool) {
    const list = tool.value('f') ?? tool.value('c') ?? tool.value('b');
    if (list === undefined) return yield* tool.misused('you must specify a list of bytes, characters, or fields');
    const ranges = parseRanges(list);
    if (!ranges)
      return yield* tool.complain(
        tool.face === 'gnu' ? `invalid field value ‘${list}’` : `invalid range ${list}-${list}`,
      );
    const delimiter = tool.value('d') ?? '\t';
    if (delimiter.length !== 1 && tool.face === 'gnu')
      return yield* tool.misused('the delimiter must be a single character');
    const chosen = (n: number) => ranges.some(([from, to]) => n >= from && n <= to);
    const pick = (line: string): string | null => {
      if (!tool.has('f')) return [...line].filter((_c, i) => chosen(i + 1)).join('');
      if (!line.includes(delimiter)) return tool.has('s') ? null : line;
      return line
        .split(delimiter)
        .filter((_field, i) => chosen(i + 1))
        .join(tool.value('O') ?? delimiter);
    };
    for (const path of tool.inputs) {
      const fd = yield* tool.open(path);
      if (fd === null) continue;
      const reader = new LineReader(tool.proc, fd);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
        const picked = pick(line);
        if (picked !== null && !(yield* tool.write(`${picked}\n`))) return 1;
      }
      yield* tool.close(fd);
    }
    return tool.status;
  },
});

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\u0000-\u001f\u007f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The characters of a set: `a-z`, `[:upper:]`, escapes. */
function expandSet(text: string): readonly string[] {
  const set: string[] = [];
  const units: { readonly c: string; readonly escaped: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const named = /^\[:(\w+):\]/.exec(text.slice(i));
    if (named && CLASSES[named[1] as string]) {
      for (let code = 0; code < 128; code++)
        if ((CLASSES[named[1] as string] as RegExp).test(String.fromCharCode(code)))
          units.push({ c: String.fromCharCode(code), escaped: true });
      i += named[0].length - 1;
      continue;
    }
    const octal = /^\\([0-7]{1,3})/.exec(text.slice(i));
    if (octal) {
      units.push({ c: String.fromCharCode(Number.parseInt(octal[1] as string, 8)), escaped: true });
      i += octal[0].length - 1;
    } else if (text[i] === '\\' && i + 1 < text.length)
      units.push({ c: ESCAPES[text[++i] as string] ?? (text[i] as string), escaped: true });
    else {
      const c = String.fromCodePoint(text.codePointAt(i) as number);
      units.push({ c, escaped: false });
      i += c.length - 1;
    }
  }
  for (let i = 0; i < units.length; i++) {
    const { c } = units[i] as { c: string };
    const dash = units[i + 1];
    const end = units[i + 2];
    if (dash?.c === '-' && !dash.escaped && end) {
      for (let code = c.codePointAt(0) as number; code <= (end.c.codePointAt(0) as number); code++)
        set.push(String.fromCodePoint(code));
      i += 2;
    } else set.push(c);
  }
  return set;
}

export const tr = defineTool({
  name: 'tr',
  options: 'cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  stopEarly: true,
  limits: { t: 'the first set is not cut' },
  usage: `[-cds] STRING1 [STRING2]

Translate, squeeze, or delete characters from stdin, writing to stdout

	-c	Take complement of STRING1
	-d	Delete input characters coded STRING1
	-s	Squeeze multiple output characters of STRING2 into one character`,
  *run(tool) {
    const [first, second] = tool.operands;
    if (first === undefined) return yield* tool.missingOperand();
    const remove = tool.has('d');
    const squeeze = tool.has('s');
    if (second === undefined && !remove && !squeeze)
      return yield* tool.misused(`missing operand after ‘${first}’\nTwo strings must be given when translating.`);
    const from = expandSet(first);
    const to = second === undefined ? [] : expandSet(second);
    const complement = tool.has('c') || tool.has('C');
    const members = new Set(from);
    const inFirst = (c: string) => members.has(c) !== complement;
    const map = new Map<string, string>();
    for (const [i, c] of from.entries()) map.set(c, to[Math.min(i, to.length - 1)] ?? c);
    const change = (c: string) => (complement ? (inFirst(c) ? (to.at(-1) ?? c) : c) : (map.get(c) ?? c));
    const squeezed = new Set(to.length > 0 ? to : from);
    const isSqueezed = (c: string) => (to.length > 0 ? squeezed.has(c) : inFirst(c));
    const decoder = new Utf8Stream();
    let last = '';
    for (;;) {
      const chunk = yield* tool.proc.read(0);
      if (!chunk.ok || chunk.value.length === 0) return tool.status;
      let result = '';
      for (const c of decoder.write(chunk.value)) {
        if (remove && inFirst(c)) continue;
        const changed = remove || to.length === 0 ? c : change(c);
        if (squeeze && changed === last && isSqueezed(changed)) continue;
        result += changed;
        last = changed;
      }
      if (!(yield* tool.write(result))) return 1;
    }
  },
});
