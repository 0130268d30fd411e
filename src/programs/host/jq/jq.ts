import { defineTool, type Tool } from '../../coreutils/tool.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { evaluate, isObject, JqError } from './evaluate.ts';
import { parseFilter, type Filter, type Json } from './filter.ts';

/** jq(1): JSON through a filter. Left out: variables, reduce, definitions, modules, dates, and most rarer functions. */
export const jq = defineTool({
  name: 'jq',
  options: 'rcsnSejaCM',
  long: {
    'raw-output': 'r',
    'compact-output': 'c',
    slurp: 's',
    'null-input': 'n',
    'sort-keys': 'S',
    'exit-status': 'e',
    'join-output': 'j',
    'monochrome-output': 'M',
    'color-output': 'C',
  },
  misuse: 2,
  limits: { a: 'characters are not escaped', C: 'no colours' },
  limit: 'no variables, reduce, definitions, modules and dates',
  usage: `[OPTIONS] FILTER [FILE]...

	-r	Print strings without quotes
	-c	One line for each value
	-s	Read all values into one array
	-n	Don't read input
	-S	Sort keys
	-e	Status 1 where the last value is false or null`,
  *run(tool) {
    const [source = '.', ...paths] = tool.operands;
    const filter = parseFilter(source);
    if (!filter.ok) {
      yield* tool.proc.write(
        2,
        `jq: error: syntax error, ${filter.error} at <top-level>, line 1:\n${source}\njq: 1 compile error\n`,
      );
      return 3;
    }
    let text = '';
    if (!tool.has('n')) for (const path of paths.length > 0 ? paths : ['-']) text += (yield* tool.text(path)) ?? '';
    if (tool.status !== 0) return 2;
    const inputs = tool.has('n') ? [null] : readValues(text);
    const values = inputs instanceof JqError ? [] : tool.has('s') && !tool.has('n') ? [inputs] : inputs;
    let last: Json = true;
    for (const input of values) {
      const shown = yield* show(tool, filter.value, input);
      if (shown !== undefined) last = shown;
    }
    if (inputs instanceof JqError) {
      yield* tool.proc.write(2, `jq: parse error: ${inputs.text}\n`);
      return 2;
    }
    if (tool.status === 0 && tool.has('e') && (last === null || last === false)) return 1;
    return tool.status;
  },
});

function* show(tool: Tool, filter: Filter, input: Json): Sys<Json | undefined> {
  let last: Json | undefined;
  try {
    for (const value of evaluate(filter, input)) {
      last = value;
      const raw = (tool.has('r') || tool.has('j')) && typeof value === 'string';
      const ordered = tool.has('S') ? sortKeys(value) : value;
      yield* tool.write(
        (raw ? (value as string) : tool.has('c') ? JSON.stringify(ordered) : JSON.stringify(ordered, null, 2)) +
          (tool.has('j') ? '' : '\n'),
      );
    }
  } catch (problem) {
    if (!(problem instanceof JqError)) throw problem;
    yield* tool.proc.write(2, `jq: error (at <stdin>:0): ${problem.text}\n`);
    tool.status = 5;
  }
  return last;
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key] as Json)]),
  );
}

/** The values of a text, one behind the other. */
function readValues(text: string): readonly Json[] | JqError {
  const values: Json[] = [];
  for (let at = 0; at < text.length; ) {
    const blank = /\s*/y;
    blank.lastIndex = at;
    blank.exec(text);
    at = blank.lastIndex;
    if (at >= text.length) break;
    const end = valueEnd(text, at);
    try {
      values.push(JSON.parse(text.slice(at, end)) as Json);
    } catch {
      const line = text.slice(0, end).split('\n').length;
      return new JqError(
        `Invalid ${/^[[{"]/.test(text[at] as string) ? 'JSON' : 'literal'} at line ${line}, column ${end - text.lastIndexOf('\n', end - 1) - 1}`,
      );
    }
    at = end;
  }
  return values;
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
      if (depth === 0) return i + 1;
    } else if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') {
      if (--depth <= 0) return i + 1;
    } else if (depth === 0 && (/\s/.test(c) || (i > start && /[[{"]/.test(c)))) return i;
  }
  return text.length;
}
