import { linearRegExp } from '../../../base/regex/linear-regexp.ts';

/**
 * POSIX regular expressions as JavaScript's: basic ones (`\(`, `\{`, `\|`) and extended ones, with character classes. Left out:
 * collating symbols, and leftmost-longest where it differs from leftmost-first.
 */

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** The JavaScript source of a POSIX regular expression. */
export function regexSource(pattern: string, extended: boolean): string {
  let source = '';
  /** At the start of the whole, of a group or of an alternative `*` is literal in a basic one. */
  let start = true;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    let begins = false;
    if (c === '[') {
      const set = bracket(pattern, i);
      source += set ? set.source : '\\[';
      if (set) i = set.end;
    } else if (c === '\\') {
      const next = pattern[++i];
      if (next === undefined) source += '\\\\';
      else if (!extended && '(){}|+?'.includes(next)) {
        source += next;
        begins = next === '(' || next === '|';
      } else if (/[1-9]/.test(next)) source += `(?:\\${next})`;
      else if (next === '<' || next === '>') source += '\\b';
      else if ('wWsSbB'.includes(next)) source += `\\${next}`;
      else if (next === 'n') source += '\\n';
      else if (next === 't') source += '\\t';
      else source += escapeLiteral(next);
    } else if (c === '*') source += start && !extended ? '\\*' : start ? '' : '*';
    else if (c === '^') {
      source += extended || start ? '^' : '\\^';
      begins = true;
    } else if (c === '$')
      source += extended || i === pattern.length - 1 || /^\$\\[)|]/.test(pattern.slice(i)) ? '$' : '\\$';
    else if (c === '.') source += '.';
    else if ('(){}|+?'.includes(c)) {
      if (!extended) source += `\\${c}`;
      else if (c === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i))) source += '\\{';
      else if (c === '}' && !/\{\d*,?\d*$/.test(pattern.slice(0, i))) source += '\\}';
      else if ((c === '+' || c === '?') && start) source += `\\${c}`;
      else {
        source += c;
        begins = c === '(' || c === '|';
      }
    } else source += escapeLiteral(c);
    start = begins;
  }
  return source;
}

/** A compiled expression; null: it is none. */
export function compileRegex(
  pattern: string,
  options: { readonly extended: boolean; readonly ignoreCase?: boolean; readonly global?: boolean },
): RegExp | null {
  try {
    return linearRegExp(
      regexSource(pattern, options.extended),
      `${options.ignoreCase ? 'i' : ''}${options.global ? 'g' : ''}`,
    );
  } catch {
    return null;
  }
}

/** A text as an expression that matches just that. */
export function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function bracket(pattern: string, open: number): { readonly source: string; readonly end: number } | null {
  let i = open + 1;
  let source = '[';
  if (pattern[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; i < pattern.length; i++, first = false) {
    const c = pattern[i] as string;
    if (c === ']' && !first) return { source: source === '[' ? '[]' : `${source}]`, end: i };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (named) {
      source += CLASSES[named[1] as string] ?? '';
      i += named[0].length - 1;
    } else if (c === '-') source += first || pattern[i + 1] === ']' ? '\\-' : '-';
    else source += /[\\\]^[]/.test(c) ? `\\${c}` : c;
  }
  return null;
}
