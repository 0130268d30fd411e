import { linearRegExp } from '../../../base/regex/linear-regexp.ts';
import { formatPrintf } from '../../../base/printf-format.ts';
import { compileRegex } from '../text/regex.ts';
import { formatTime } from '../strftime.ts';
import { toNumber, toText, type Value } from './values.ts';

/** awk's own functions that need nothing but their values. undefined: there is none of that name. */
export function callFunction(name: string, args: readonly Value[], now: () => number): Value | undefined {
  const text = (i: number) => toText(args[i] ?? '');
  const number = (i: number) => toNumber(args[i] ?? 0);
  switch (name) {
    case 'length':
      return [...text(0)].length;
    case 'substr': {
      const characters = [...text(0)];
      const from = Math.round(number(1));
      const to = args[2] === undefined ? Number.POSITIVE_INFINITY : from + Math.round(number(2));
      return characters.slice(Math.max(0, from - 1), Math.max(0, Math.min(to - 1, characters.length))).join('');
    }
    case 'index':
      return text(0).indexOf(text(1)) + 1;
    case 'tolower':
      return text(0).toLowerCase();
    case 'toupper':
      return text(0).toUpperCase();
    case 'int':
      return Math.trunc(number(0));
    case 'sqrt':
      return Math.sqrt(number(0));
    case 'exp':
      return Math.exp(number(0));
    case 'log':
      return Math.log(number(0));
    case 'sin':
      return Math.sin(number(0));
    case 'cos':
      return Math.cos(number(0));
    case 'atan2':
      return Math.atan2(number(0), number(1));
    case 'sprintf':
      return format(text(0), args.slice(1));
    case 'systime':
      return Math.floor(now() / 1000);
    case 'strftime':
      return formatTime(args[0] === undefined ? '%c' : text(0), args[1] === undefined ? now() : number(1) * 1000);
    case 'close':
    case 'fflush':
    case 'srand':
      return 0;
    default:
      return undefined;
  }
}

export function format(pattern: string, args: readonly Value[]): string {
  // Unlike the shell's printf awk uses its format once, and %c takes a number as a character.
  let at = 0;
  const parts = pattern.match(/%%|%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?[a-zA-Z]|[^%]+|%/g) ?? [];
  return parts
    .map((part) => {
      if (part === '%%') return '%';
      if (!part.startsWith('%') || part.length < 2) return part;
      const stars = part.split('*').length - 1;
      const values = args.slice(at, at + stars + 1);
      at += stars + 1;
      const last = values.at(-1);
      const shown = values.map(toText);
      if (part.endsWith('c') && typeof last === 'number')
        shown[shown.length - 1] = String.fromCodePoint(Math.min(0x10ffff, Math.max(0, Math.trunc(last))));
      else if (/[dixXou]$/.test(part))
        shown[shown.length - 1] = String(Math.trunc(toNumber(last ?? 0)) || 0).replace(/e.*/, '');
      else if (/[eEfFgG]$/.test(part)) shown[shown.length - 1] = String(toNumber(last ?? 0));
      return formatPrintf(part.replace(/\\/g, '\\\\'), shown, (word) => word).text;
    })
    .join('');
}

const compiled = new Map<string, RegExp | null>();

/** An extended regular expression; null: it is none. */
export function awkRegex(source: string, global = false): RegExp | null {
  const key = (global ? 'g' : '-') + source;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size > 500) compiled.clear();
  const regex = compileRegex(source, { extended: true, global });
  compiled.set(key, regex);
  return regex;
}

/** sub and gsub: the text after it, and how often it was replaced. */
export function substitute(
  source: string,
  replacement: string,
  text: string,
  all: boolean,
): { readonly text: string; readonly count: number } {
  const regex = awkRegex(source, all);
  if (!regex) return { text, count: 0 };
  let count = 0;
  const changed = text.replace(regex, (match) => {
    count++;
    return replacement.replace(/\\\\|\\&|&/g, (each) => (each === '&' ? match : each === '\\&' ? '&' : '\\'));
  });
  return { text: changed, count };
}

/** A text as fields: a blank means white space, one character itself, more a regular expression. */
export function splitText(text: string, separator: string): string[] {
  if (text === '') return [];
  if (separator === ' ')
    return text
      .trim()
      .split(/[ \t\n]+/)
      .filter((part) => part !== '');
  if (separator === '') return [...text];
  if (separator.length === 1 && separator !== '\\') return text.split(separator);
  const regex = awkRegex(separator);
  return regex ? text.split(linearRegExp(regex.source.replace(/\((?!\?)/g, '(?:'))) : [text];
}
