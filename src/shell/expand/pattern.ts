import { linearRegExp } from '../../base/regex/linear-regexp.ts';

/**
 * Shell patterns (POSIX.1 XCU 2.13, and bash's extglob): `*`, `?`, `[…]`, `@(a|b)`. A backslash takes the next character
 * literally, which is how quoted text arrives here. Left out: collating symbols and equivalence classes.
 */

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  blank: ' \\t',
  cntrl: '\\p{Cc}',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: '\\p{Ll}',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  xdigit: '0-9A-Fa-f',
};

/** Whether a pattern has anything besides literal characters. */
export function isPattern(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*(?:[*?[]|[@!+]\()/.test(pattern);
}

/** A text as a pattern that matches only itself. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]@!+()|]/g, '\\$&');
}

/** A pattern without its backslashes. */
export function unquotePattern(pattern: string): string {
  return pattern.replace(/\\([^])/g, '$1');
}

/** The regular expression source of a pattern, without anchors. */
export function patternSource(pattern: string, options: { readonly shortest?: boolean } = {}): string {
  const many = options.shortest ? '[^]*?' : '[^]*';
  const closers: string[] = [];
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    if ('?*+@!'.includes(c) && pattern[i + 1] === '(' && closesAt(pattern, i + 1) > 0) {
      source += c === '!' ? '(?:(?!(?:' : '(?:';
      closers.push(c === '@' ? ')' : c === '!' ? `)$)${many})` : `)${c}`);
      i++;
    } else if (c === ')' && closers.length > 0) source += closers.pop() as string;
    else if (c === '|' && closers.length > 0) source += '|';
    else if (c === '*') source += many;
    else if (c === '?') source += '[^]';
    else if (c === '[') {
      const set = bracket(pattern, i);
      source += set ? set.source : '\\[';
      if (set) i = set.end;
    } else if (c === '\\' && i + 1 < pattern.length) source += literal(pattern[++i] as string);
    else source += literal(c);
  }
  return source;
}

/** A test for whole texts. */
export function compilePattern(pattern: string): (text: string) => boolean {
  if (!isPattern(pattern)) {
    const plain = unquotePattern(pattern);
    return (text) => text === plain;
  }
  const regex = regexOf(`^(?:${patternSource(pattern)})$`);
  return regex ? (text) => regex.test(text) : (text) => text === pattern;
}

/** A range like `[z-a]` makes no regular expression; such a pattern matches only itself. */
export function regexOf(source: string, flags = 'u'): RegExp | null {
  try {
    return linearRegExp(source, flags);
  } catch {
    return null;
  }
}

const literal = (c: string) => (/[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c);

function closesAt(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '(') depth++;
    else if (pattern[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function bracket(pattern: string, start: number): { readonly source: string; readonly end: number } | null {
  let i = start + 1;
  let source = '[';
  if (pattern[i] === '!' || pattern[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; i < pattern.length; i++, first = false) {
    const c = pattern[i] as string;
    if (c === ']' && !first) return { source: `${source}]`, end: i };
    const named = c === '[' ? /^\[:(\w+):\]/.exec(pattern.slice(i)) : null;
    if (named) {
      source += CLASSES[named[1] as string] ?? '';
      i += named[0].length - 1;
    } else if (c === '\\' && i + 1 < pattern.length) source += member(pattern[++i] as string);
    else if (c === '-' && !first && pattern[i + 1] !== ']' && i + 1 < pattern.length) source += '-';
    else source += member(c);
  }
  return null;
}

const member = (c: string) => (/[\\\]^[\-&~|(){}/]/.test(c) ? `\\${c}` : c);
