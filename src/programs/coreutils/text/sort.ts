import { defineTool, linesOf } from '../tool.ts';

/** sort(1): keys, numbers, months left out; compares characters as in the C locale. */
export const sort = defineTool({
  name: 'sort',
  options: 'nrugMcszbdfio:t:k:hVS:T:m',
  long: {
    'numeric-sort': 'n',
    reverse: 'r',
    unique: 'u',
    key: 'k',
    'field-separator': 't',
    output: 'o',
    'ignore-case': 'f',
    'human-numeric-sort': 'h',
    'version-sort': 'V',
    stable: 's',
    check: 'c',
  },
  misuse: 2,
  limits: {
    M: 'months are compared as words',
    z: 'lines end with a newline',
    d: 'every character counts',
    i: 'every character counts',
    m: 'sorts anew',
  },
  usage: `[-nrughMcsbfV] [-o FILE] [-k START[.OFS][,END[.OFS]] [-t CHAR] [FILE]...

Sort lines of text

	-o FILE	Output to FILE
	-b	Ignore leading blanks
	-f	Ignore case
	-n	Sort numbers
	-h	Sort human readable numbers (2K 1G)
	-V	Sort version
	-t CHAR	Field separator
	-k N[,M] Sort by Nth field
	-r	Reverse sort order
	-s	Stable (don't sort ties alphabetically)
	-u	Suppress duplicate lines
	-c	Check whether input is sorted`,
  *run(tool) {
    const lines: string[] = [];
    for (const path of tool.inputs) {
      if (path === '-') {
        const text = yield* tool.text(path);
        for (const line of linesOf(text ?? '')) lines.push(line);
        continue;
      }
      const file = yield* tool.proc.open(path, { read: true });
      if (!file.ok) {
        yield* tool.complain(
          tool.face === 'gnu'
            ? `cannot read: ${path}: ${tool.strerror(file.error)}`
            : `${path}: ${tool.strerror(file.error)}`,
        );
        return 2;
      }
      yield* tool.proc.close(file.value);
      for (const line of linesOf((yield* tool.text(path)) ?? '')) lines.push(line);
    }
    const all = new Set(['n', 'r', 'f', 'b', 'h', 'V', 'g'].filter((letter) => tool.has(letter)));
    const keys = tool.values('k').map((text) => parseKey(text, all));
    const separator = tool.value('t') ?? null;
    const orders = keys.length > 0 ? keys : [{ ...WHOLE, flags: all }];
    const compare = (a: string, b: string): number => {
      for (const key of orders) {
        const order = compareBy(keyOf(a, key, separator), keyOf(b, key, separator), key.flags);
        if (order !== 0) return order;
      }
      if (tool.has('s') || tool.has('u')) return 0;
      const order = a < b ? -1 : a > b ? 1 : 0;
      return all.has('r') ? -order : order;
    };
    if (tool.has('c')) {
      const at = lines.findIndex((line, i) => i > 0 && compare(lines[i - 1] as string, line) > 0);
      if (at < 0) return 0;
      yield* tool.complain(
        tool.face === 'gnu' ? `${tool.inputs[0]}:${at + 1}: disorder: ${lines[at]}` : `Check line ${at + 1}`,
      );
      return 1;
    }
    lines.sort(compare);
    const kept = tool.has('u')
      ? lines.filter((line, i) => i === 0 || compare(lines[i - 1] as string, line) !== 0)
      : lines;
    const text = kept.map((line) => `${line}\n`).join('');
    const output = tool.value('o');
    if (output === undefined) yield* tool.write(text);
    else {
      const file = yield* tool.proc.open(output, { write: true, create: true, truncate: true });
      if (!file.ok) return yield* tool.cannotOpen(output, file.error);
      yield* tool.proc.write(file.value, text);
      yield* tool.proc.close(file.value);
    }
    return tool.status;
  },
});

interface Key {
  readonly from: number;
  readonly fromOffset: number;
  /** 0: to the end of the line. */
  readonly to: number;
  readonly toOffset: number;
  readonly flags: ReadonlySet<string>;
}

const WHOLE = { from: 0, fromOffset: 0, to: 0, toOffset: 0 };

function parseKey(text: string, all: ReadonlySet<string>): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match) return { ...WHOLE, flags: all };
  const own = new Set((match[3] ?? '') + (match[6] ?? ''));
  return {
    from: Number(match[1]),
    fromOffset: Number(match[2] ?? 0),
    to: Number(match[4] ?? 0),
    toOffset: Number(match[5] ?? 0),
    flags: own.size > 0 ? own : all,
  };
}

function keyOf(line: string, { from, fromOffset, to, toOffset }: Key, separator: string | null): string {
  if (from === 0) return line;
  // Without a separator a field begins with the blanks in front of it.
  const fields = separator === null ? (line.match(/[ \t]*[^ \t]+/g) ?? []) : line.split(separator);
  const glue = separator ?? '';
  const last = to === 0 ? fields.length : to;
  const part = fields.slice(from - 1, last);
  if (toOffset > 0 && part.length > 0) part[part.length - 1] = (part.at(-1) as string).slice(0, toOffset);
  const text = part.join(glue);
  return fromOffset > 1 ? text.slice(fromOffset - 1) : text;
}

const SCALE = 'KMGTPE';

function compareBy(a: string, b: string, flags: ReadonlySet<string>): number {
  const prepare = (text: string) => {
    const trimmed = flags.has('b') ? text.replace(/^\s+/, '') : text;
    return flags.has('f') ? trimmed.toUpperCase() : trimmed;
  };
  const [x, y] = [prepare(a), prepare(b)];
  let order: number;
  if (flags.has('n') || flags.has('g')) order = numberOf(x) - numberOf(y);
  else if (flags.has('h')) order = humanOf(x) - humanOf(y);
  else if (flags.has('V')) order = compareVersions(x, y);
  else order = x < y ? -1 : x > y ? 1 : 0;
  return flags.has('r') ? -order : order;
}

const numberOf = (text: string) => Number(/^\s*(-?\d*\.?\d+)/.exec(text)?.[1] ?? 0);

function humanOf(text: string): number {
  const unit = /^\s*-?\d*\.?\d+([KMGTPEk])/.exec(text)?.[1]?.toUpperCase() ?? '';
  return numberOf(text) * 1024 ** (SCALE.indexOf(unit) + 1 || 0);
}

/** Runs of digits compare as numbers (strverscmp(3)): also what puts addresses in order. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text): readonly string[] => text.match(/\d+|\D+/g) ?? []) as [
    readonly string[],
    readonly string[],
  ];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [p = '', q = ''] = [x[i], y[i]];
    if (p === q) continue;
    if (/^\d/.test(p) && /^\d/.test(q) && Number(p) !== Number(q)) return Number(p) - Number(q);
    return p < q ? -1 : 1;
  }
  return 0;
}
