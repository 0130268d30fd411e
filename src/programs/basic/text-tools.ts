import { decodeUtf8 } from '../../base/bytes.ts';
import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { getopt, problemText, type GivenOption } from '../libc/getopt.ts';
import { eachInput, linesOf, readAll } from '../libc/io.ts';

/** The filters that people put behind a pipe. */

interface Parsed {
  readonly rest: readonly string[];
  readonly given: readonly GivenOption[];
  has(name: string): boolean;
  value(name: string): string | undefined;
}

/** Reads the options; after a mistake says so and answers null. */
function* options(proc: Proc, spec: string, args = proc.argv.slice(1)): Sys<Parsed | null> {
  const { given, rest, problem } = getopt(args, spec);
  if (problem) {
    yield* proc.write(2, `${problemText((proc.argv[0] ?? '').replace(/.*\//, ''), problem, proc.library)}\n`);
    return null;
  }
  return {
    rest,
    given,
    has: (name) => given.some((each) => each.name === name),
    value: (name) => given.findLast((each) => each.name === name)?.value,
  };
}

const name = (proc: Proc) => (proc.argv[0] ?? '').replace(/.*\//, '');

/** `-5` means `-n 5`. */
const withCount = (proc: Proc) => proc.argv.slice(1).map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));

export const head: Program = function* (proc) {
  const parsed = yield* options(proc, 'n:c:qv', withCount(proc));
  if (!parsed) return 1;
  const count = Number(parsed.value('n') ?? 10);
  return yield* eachInput(proc, name(proc), parsed.rest, function* (text) {
    const bytes = parsed.value('c');
    if (bytes !== undefined) yield* proc.write(1, text.slice(0, Number(bytes)));
    else {
      const lines = linesOf(text);
      yield* proc.write(
        1,
        (count < 0 ? lines.slice(0, count) : lines.slice(0, count)).map((line) => `${line}\n`).join(''),
      );
    }
  });
};

export const tail: Program = function* (proc) {
  const parsed = yield* options(proc, 'n:c:fqv', withCount(proc));
  if (!parsed) return 1;
  const text = parsed.value('n') ?? '10';
  const exit = yield* eachInput(proc, name(proc), parsed.rest, function* (content) {
    const lines = linesOf(content);
    const shown = text.startsWith('+')
      ? lines.slice(Number(text.slice(1)) - 1)
      : lines.slice(Math.max(0, lines.length - Math.abs(Number(text))));
    yield* proc.write(1, shown.map((line) => `${line}\n`).join(''));
  });
  const [path] = parsed.rest;
  if (!parsed.has('f') || path === undefined) return exit;
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return 1;
  yield* readAll(proc, file.value);
  for (;;) {
    const more = yield* proc.read(file.value);
    if (more.ok && more.value.length > 0) yield* proc.write(1, more.value);
    else if (!(yield* proc.sleep(1e9)).ok) return 0;
  }
};

export const wc: Program = function* (proc) {
  const parsed = yield* options(proc, 'lwcm');
  if (!parsed) return 1;
  const all = !['l', 'w', 'c', 'm'].some((each) => parsed.has(each));
  const totals = [0, 0, 0];
  const line = (counts: readonly number[], path: string) => {
    const shown = counts.filter(
      (_, i) => all || parsed.has(['l', 'w', 'c'][i] as string) || (i === 2 && parsed.has('m')),
    );
    const numbers =
      shown.length === 1 && parsed.rest.length < 2
        ? String(shown[0])
        : shown
            .map((n) => String(n).padStart(proc.library === 'musl' ? 9 : 7))
            .join(proc.library === 'musl' ? ' ' : ' ');
    return `${numbers}${path === '-' ? '' : ` ${path}`}\n`;
  };
  const exit = yield* eachInput(proc, name(proc), parsed.rest, function* (text, path) {
    const counts = [text.split('\n').length - 1, text.split(/\s+/).filter((word) => word !== '').length, text.length];
    counts.forEach((n, i) => {
      totals[i] = (totals[i] as number) + n;
    });
    yield* proc.write(1, line(counts, path));
  });
  if (parsed.rest.length > 1) yield* proc.write(1, line(totals, 'total'));
  return exit;
};

export const sort: Program = function* (proc) {
  const parsed = yield* options(proc, 'rnuk:t:fbV');
  if (!parsed) return 2;
  const lines: string[] = [];
  const exit = yield* eachInput(proc, name(proc), parsed.rest, function* (text) {
    lines.push(...linesOf(text));
    yield* proc.cpu();
  });
  const field = Number((parsed.value('k') ?? '0').split(/[,.]/)[0]);
  const separator = parsed.value('t') ?? /\s+/;
  const key = (line: string) => (field > 0 ? (line.trimStart().split(separator)[field - 1] ?? '') : line);
  const numeric = parsed.has('n') || /n/.test(parsed.value('k') ?? '');
  const order = (a: string, b: string) =>
    (numeric ? (Number.parseFloat(key(a)) || 0) - (Number.parseFloat(key(b)) || 0) : 0) ||
    (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a < b ? -1 : a > b ? 1 : 0);
  lines.sort(order);
  if (parsed.has('r')) lines.reverse();
  const kept = parsed.has('u')
    ? lines.filter((line, i) => i === 0 || key(line) !== key(lines[i - 1] as string))
    : lines;
  yield* proc.write(1, kept.map((line) => `${line}\n`).join(''));
  return exit;
};

export const uniq: Program = function* (proc) {
  const parsed = yield* options(proc, 'cdui');
  if (!parsed) return 1;
  return yield* eachInput(proc, name(proc), parsed.rest.slice(0, 1), function* (text) {
    const groups: [string, number][] = [];
    for (const line of linesOf(text)) {
      const last = groups.at(-1);
      if (last && last[0] === line) last[1]++;
      else groups.push([line, 1]);
    }
    const shown = groups.filter(([, count]) => (!parsed.has('d') || count > 1) && (!parsed.has('u') || count === 1));
    yield* proc.write(
      1,
      shown.map(([line, count]) => (parsed.has('c') ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`)).join(''),
    );
  });
};

export const cut: Program = function* (proc) {
  const parsed = yield* options(proc, 'd:f:c:b:s');
  if (!parsed) return 1;
  const list = parsed.value('f') ?? parsed.value('c') ?? parsed.value('b');
  if (list === undefined) {
    yield* proc.write(2, 'cut: you must specify a list of bytes, characters, or fields\n');
    return 1;
  }
  const ranges = list.split(',').map((part) => {
    const [from = '', to = from] = part.split('-') as [string, string?];
    return [
      from === '' ? 1 : Number(from),
      part.includes('-') && to === '' ? Number.POSITIVE_INFINITY : Number(to),
    ] as const;
  });
  const wanted = (i: number) => ranges.some(([from, to]) => i + 1 >= from && i + 1 <= to);
  const byField = parsed.value('f') !== undefined;
  const delimiter = parsed.value('d') ?? '\t';
  return yield* eachInput(proc, name(proc), parsed.rest, function* (text) {
    const lines = linesOf(text).flatMap((line) => {
      if (!byField) return [[...line].filter((_, i) => wanted(i)).join('')];
      if (!line.includes(delimiter)) return parsed.has('s') ? [] : [line];
      return [
        line
          .split(delimiter)
          .filter((_, i) => wanted(i))
          .join(delimiter),
      ];
    });
    yield* proc.write(1, lines.map((line) => `${line}\n`).join(''));
  });
};

const CLASSES: Readonly<Record<string, string>> = {
  upper: 'A-Z',
  lower: 'a-z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  space: ' \t\n\r',
};

function expandSet(text: string): string {
  const plain = text
    .replace(/\[:(\w+):\]/g, (_, each: string) => CLASSES[each] ?? '')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r');
  return plain.replace(/(.)-(.)/gs, (_, from: string, to: string) => {
    let all = '';
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) all += String.fromCharCode(code);
    return all;
  });
}

export const tr: Program = function* (proc) {
  const parsed = yield* options(proc, 'dscC');
  if (!parsed) return 1;
  const [first = '', second = ''] = parsed.rest.map(expandSet);
  const inSet = (c: string) => first.includes(c) !== (parsed.has('c') || parsed.has('C'));
  const input = yield* readAll(proc, 0);
  let out = '';
  for (const c of input.ok ? decodeUtf8(input.value) : '') {
    if (!inSet(c)) out += c;
    else if (parsed.has('d')) continue;
    else {
      const to = second === '' ? c : (second[Math.min(Math.max(0, first.indexOf(c)), second.length - 1)] as string);
      if (!(parsed.has('s') && out.endsWith(to))) out += to;
    }
  }
  yield* proc.write(1, out);
  return 0;
};

/** A basic regular expression as JavaScript's; `+ ? | ( ) { }` are plain characters there unless escaped. */
export function basicToExtended(pattern: string): string {
  return pattern
    .replace(/\\([+?|(){}])|([+?|(){}])/g, (_, escaped?: string, bare?: string) => escaped ?? `\\${bare}`)
    .replace(/\[:(\w+):\]/g, (_, each: string) => CLASSES[each] ?? '');
}

export const grep: Program = function* (proc) {
  const parsed = yield* options(proc, 'EFivcnqlohHswe:A:B:C:m:rR');
  if (!parsed) return 2;
  const patterns = parsed.given.flatMap((each) => (each.name === 'e' ? [each.value] : []));
  const rest = patterns.length > 0 ? parsed.rest : parsed.rest.slice(1);
  if (patterns.length === 0) patterns.push(parsed.rest[0] ?? '');
  const sources = patterns.map((each) =>
    parsed.has('F') ? each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : parsed.has('E') ? each : basicToExtended(each),
  );
  let expression: RegExp;
  try {
    const joined = sources.join('|');
    expression = new RegExp(parsed.has('w') ? `\\b(?:${joined})\\b` : joined, parsed.has('i') ? 'i' : '');
  } catch {
    yield* proc.write(2, `grep: bad regex '${patterns[0]}'\n`);
    return 2;
  }
  let found = false;
  const prefixed = (rest.length > 1 || parsed.has('H')) && !parsed.has('h');
  const exit = yield* eachInput(proc, name(proc), rest, function* (text, path) {
    const lines = linesOf(text);
    const around = [
      Number(parsed.value('B') ?? parsed.value('C') ?? 0),
      Number(parsed.value('A') ?? parsed.value('C') ?? 0),
    ] as const;
    let hits = lines.flatMap((line, i) => (expression.test(line) !== parsed.has('v') ? [i] : []));
    if (parsed.value('m') !== undefined) hits = hits.slice(0, Number(parsed.value('m')));
    found ||= hits.length > 0;
    if (parsed.has('q')) return;
    const head = prefixed ? `${path}:` : '';
    if (parsed.has('c')) yield* proc.write(1, `${head}${hits.length}\n`);
    else if (parsed.has('l')) yield* proc.write(1, hits.length > 0 ? `${path}\n` : '');
    else if (parsed.has('o'))
      for (const i of hits)
        yield* proc.write(
          1,
          [...(lines[i] as string).matchAll(new RegExp(expression.source, `g${expression.flags}`))]
            .map((match) => `${head}${match[0]}\n`)
            .join(''),
        );
    else {
      const shown = [
        ...new Set(hits.flatMap((i) => Array.from({ length: around[0] + around[1] + 1 }, (_, k) => i - around[0] + k))),
      ].filter((i) => i >= 0 && i < lines.length);
      yield* proc.write(1, shown.map((i) => `${head}${parsed.has('n') ? `${i + 1}:` : ''}${lines[i]}\n`).join(''));
    }
  });
  return exit !== 0 ? 2 : found ? 0 : 1;
};

export const seq: Program = function* (proc) {
  const numbers = proc.argv.slice(1).map(Number);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) {
    yield* proc.write(2, 'seq: missing or invalid operand\n');
    return 1;
  }
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] as number]
      : numbers.length === 2
        ? [numbers[0] as number, 1, numbers[1] as number]
        : (numbers as [number, number, number]);
  for (let n = first; step > 0 ? n <= last : step < 0 && n >= last; n += step) yield* proc.write(1, `${n}\n`);
  return 0;
};

export const tac: Program = function* (proc) {
  return yield* eachInput(proc, name(proc), proc.argv.slice(1), function* (text) {
    yield* proc.write(
      1,
      linesOf(text)
        .reverse()
        .map((line) => `${line}\n`)
        .join(''),
    );
  });
};

export const rev: Program = function* (proc) {
  return yield* eachInput(proc, name(proc), proc.argv.slice(1), function* (text) {
    yield* proc.write(
      1,
      linesOf(text)
        .map((line) => `${[...line].reverse().join('')}\n`)
        .join(''),
    );
  });
};
