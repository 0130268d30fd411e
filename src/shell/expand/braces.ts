/** Brace expansion (bash(1), "Brace Expansion"): `a{b,c}d`, `{1..5}`, `{a..e..2}`. It works on the text of a word, before all else. */

/** How many words one word may become: bash takes what memory there is. */
const MOST_WORDS = 1_000_000;

/**
 * The words that a word's text stands for; itself alone where it has no braces to expand. A number: they would be so many that they
 * can't be had.
 */
export function expandBraces(text: string): readonly string[] | number {
  const found = firstBrace(text);
  if (!found) return [text];
  const before = text.slice(0, found.start);
  const after = expandBraces(text.slice(found.end + 1));
  const { items } = found;
  if (typeof items === 'number') return items;
  if (typeof after === 'number') return after;
  const count = items.length * after.length;
  return count > MOST_WORDS ? count : items.flatMap((item) => after.map((tail) => before + item + tail));
}

interface Brace {
  readonly start: number;
  readonly end: number;
  /** A number: too many. */
  readonly items: readonly string[] | number;
}

function firstBrace(text: string): Brace | null {
  for (let start = next(text, 0); start < text.length; start = next(text, start)) {
    if (text[start] === '{') {
      const brace = braceAt(text, start);
      if (brace) return brace;
    }
    start++;
  }
  return null;
}

function braceAt(text: string, start: number): Brace | null {
  const commas: number[] = [];
  let depth = 0;
  for (let i = start + 1; i < text.length; i++) {
    i = next(text, i);
    const c = text[i];
    if (c === '{') depth++;
    else if (c === ',' && depth === 0) commas.push(i);
    else if (c === '}' && depth-- === 0) {
      if (commas.length === 0) {
        const items = sequence(text.slice(start + 1, i));
        return items === null ? null : { start, end: i, items };
      }
      const edges = [start, ...commas, i];
      const parts = edges.slice(1).map((edge, k) => text.slice((edges[k] as number) + 1, edge));
      const lists = parts.map(expandBraces);
      const tooMany = lists.find((list) => typeof list === 'number');
      return { start, end: i, items: tooMany ?? (lists as (readonly string[])[]).flat() };
    }
  }
  return null;
}

/** The first place from `at` on that is not quoted, escaped or part of an expansion. */
function next(text: string, at: number): number {
  for (let i = at; i < text.length; ) {
    const c = text[i];
    if (c === '\\') i += 2;
    else if (c === "'") i = after(text, i + 1, "'");
    else if (c === '"') i = quoted(text, i + 1);
    else if (c === '`') i = after(text, i + 1, '`');
    else if (c === '$' && (text[i + 1] === '{' || text[i + 1] === '(')) i = nested(text, i + 1);
    else return i;
  }
  return text.length;
}

function after(text: string, at: number, closer: string): number {
  const end = text.indexOf(closer, at);
  return end < 0 ? text.length : end + 1;
}

function quoted(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function nested(text: string, open: number): number {
  const opener = text[open];
  const closer = opener === '{' ? '}' : ')';
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === opener) depth++;
    else if (text[i] === closer && --depth === 0) return i + 1;
  }
  return text.length;
}

function sequence(text: string): readonly string[] | number | null {
  const numbers = /^(-?\d{1,15})\.\.(-?\d{1,15})(?:\.\.(-?\d{1,9}))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,9}))?$/.exec(text);
  const match = numbers ?? letters;
  if (!match) return null;
  const [, first = '', last = '', by] = match;
  const from = numbers ? Number(first) : first.charCodeAt(0);
  const to = numbers ? Number(last) : last.charCodeAt(0);
  const step = Math.abs(Number(by ?? 1)) || 1;
  const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0;
  const items: string[] = [];
  const sign = from <= to ? 1 : -1;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  if (count > MOST_WORDS) return count;
  for (let n = from; sign * n <= sign * to; n += sign * step) {
    items.push(
      numbers
        ? n < 0
          ? `-${String(-n).padStart(padded - 1, '0')}`
          : String(n).padStart(padded, '0')
        : String.fromCharCode(n),
    );
  }
  return items;
}
