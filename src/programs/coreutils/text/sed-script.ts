import { err, ok, type Result } from '../../../base/result.ts';
import { compileRegex } from './regex.ts';

/** sed's language (POSIX.1 sed): addresses and the commands s y p P d D n N g G h H x a i c q = b t : { }. Left out: r, w, l. */
export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly regex: RegExp }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'plus'; readonly count: number };

export interface SedCommand {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly negated: boolean;
  readonly name: string;
  /** Text of a, i, c; label of b, t, `:`; status of q. */
  readonly text: string;
  readonly substitution: Substitution | null;
  readonly translation: ReadonlyMap<string, string> | null;
  /** For `{`: the index behind its `}`. */
  end: number;
}

export interface Substitution {
  readonly regex: RegExp;
  /** Literal texts, group numbers, and switches of case. */
  readonly replacement: readonly (string | number)[];
  readonly occurrence: number;
  readonly global: boolean;
  readonly print: boolean;
}

/** Reads a script; the failure is sed's own words. */
export function parseSed(script: string, extended: boolean): Result<readonly SedCommand[], string> {
  const commands: SedCommand[] = [];
  const open: SedCommand[] = [];
  let at = 0;
  let lastRegex: RegExp | null = null;
  const problem = (text: string) => err(text);
  const skip = (pattern: RegExp) => {
    while (at < script.length && pattern.test(script[at] as string)) at++;
  };
  const delimited = (delimiter: string): string | null => {
    let text = '';
    for (let inSet = false; at < script.length; at++) {
      const c = script[at] as string;
      if (c === '\\' && at + 1 < script.length) {
        const next = script[++at] as string;
        text += next === delimiter && delimiter !== '\\' ? (/[|()]/.test(delimiter) ? `\\${next}` : next) : c + next;
      } else if (c === delimiter && !inSet) {
        at++;
        return text;
      } else {
        if (c === '[' && !inSet) inSet = script.indexOf(']', at + 2) >= 0 && delimiter !== ']';
        else if (c === ']' && inSet && script[at - 1] !== '[' && !/\[\^?$/.test(text)) inSet = false;
        text += c;
      }
    }
    return null;
  };
  const regexOf = (text: string, ignoreCase: boolean): RegExp | null => {
    if (text === '') return lastRegex;
    lastRegex = compileRegex(text, { extended, ignoreCase, global: true });
    return lastRegex;
  };
  const address = (): Address | null | 'bad' => {
    const number = /^(\d+)(?:~(\d+))?/.exec(script.slice(at));
    if (number) {
      at += number[0].length;
      return number[2] === undefined
        ? { kind: 'line', line: Number(number[1]) }
        : { kind: 'step', first: Number(number[1]), step: Number(number[2]) };
    }
    const plus = /^\+(\d+)/.exec(script.slice(at));
    if (plus) {
      at += plus[0].length;
      return { kind: 'plus', count: Number(plus[1]) };
    }
    if (script[at] === '$') {
      at++;
      return { kind: 'last' };
    }
    if (script[at] !== '/' && script[at] !== '\\') return null;
    const delimiter = script[at] === '\\' ? (script[++at] as string) : '/';
    at++;
    const text = delimited(delimiter);
    const ignoreCase = script[at] === 'I';
    if (ignoreCase) at++;
    const regex = text === null ? null : regexOf(text, ignoreCase);
    return regex ? { kind: 'regex', regex } : 'bad';
  };
  for (;;) {
    skip(/[\s;]/);
    if (at >= script.length) break;
    if (script[at] === '#') {
      skip(/[^\n]/);
      continue;
    }
    const from = address();
    if (from === 'bad') return problem('unterminated address regex');
    skip(/[ \t]/);
    let to: Address | null = null;
    if (from && script[at] === ',') {
      at++;
      skip(/[ \t]/);
      const second = address();
      if (second === 'bad' || second === null) return problem("unexpected `,'");
      to = second;
    }
    skip(/[ \t]/);
    let negated = false;
    while (script[at] === '!') {
      negated = true;
      at++;
      skip(/[ \t]/);
    }
    const name = script[at++];
    if (name === undefined) return problem('missing command');
    const base = { from, to, negated, name, text: '', substitution: null, translation: null, end: 0 };
    switch (name) {
      case '{': {
        const command: SedCommand = base;
        open.push(command);
        commands.push(command);
        continue;
      }
      case '}': {
        const opener = open.pop();
        if (!opener) return problem("unexpected `}'");
        opener.end = commands.length;
        break;
      }
      case 's': {
        const substitution = readSubstitution();
        if (typeof substitution === 'string') return problem(substitution);
        commands.push({ ...base, substitution });
        break;
      }
      case 'y': {
        const delimiter = script[at++] ?? '';
        const [a, b] = [delimited(delimiter), delimited(delimiter)];
        if (a === null || b === null) return problem("unterminated `y' command");
        const [x, y] = [[...a], [...b]];
        if (x.length !== y.length) return problem("strings for `y' command are different lengths");
        commands.push({ ...base, translation: new Map(x.map((c, i) => [c, y[i] as string])) });
        break;
      }
      case 'a':
      case 'i':
      case 'c': {
        const match = /^[ \t]*(?:\\[ \t]*\n?)?([^]*?)(?=(?<!\\)\n|$)/.exec(script.slice(at));
        at += match?.[0].length ?? 0;
        commands.push({ ...base, text: (match?.[1] ?? '').replace(/\\([^])/g, '$1') });
        break;
      }
      case ':':
      case 'b':
      case 't':
      case 'T': {
        const match = /^[ \t]*([^\s;}]*)/.exec(script.slice(at)) as RegExpExecArray;
        at += match[0].length;
        commands.push({ ...base, text: match[1] as string });
        break;
      }
      case 'q':
      case 'Q': {
        const match = /^[ \t]*(\d*)/.exec(script.slice(at)) as RegExpExecArray;
        at += match[0].length;
        commands.push({ ...base, text: match[1] as string });
        break;
      }
      default:
        if (!'pPdDnNgGhHx='.includes(name)) return problem(`unknown command: \`${name}'`);
        commands.push(base);
    }
    skip(/[ \t]/);
    if (at < script.length && !/[\n;}#]/.test(script[at] as string)) return problem('extra characters after command');
  }
  if (open.length > 0) return problem("unmatched `{'");
  return ok(commands);

  function readSubstitution(): Substitution | string {
    const delimiter = script[at++];
    if (delimiter === undefined) return "unterminated `s' command";
    const pattern = delimited(delimiter);
    const replacement = pattern === null ? null : delimited(delimiter);
    if (pattern === null || replacement === null) return "unterminated `s' command";
    const flags = /^[gpiI\d]*/.exec(script.slice(at))?.[0] ?? '';
    at += flags.length;
    if (/^[A-Za-z]/.test(script.slice(at))) return "unknown option to `s'";
    const regex = regexOf(pattern, /i/i.test(flags));
    if (!regex) return pattern === '' ? 'no previous regular expression' : 'Unmatched ( or \\(';
    return {
      regex: /i/i.test(flags) && !regex.flags.includes('i') ? new RegExp(regex.source, `${regex.flags}i`) : regex,
      replacement: replacementParts(replacement),
      occurrence: Number(/\d+/.exec(flags)?.[0] ?? 1),
      global: flags.includes('g'),
      print: flags.includes('p'),
    };
  }
}

function replacementParts(text: string): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') parts.push(plain);
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const next = text[i + 1];
    if (c === '&') {
      flush();
      parts.push(0);
    } else if (c === '\\' && next !== undefined) {
      i++;
      if (/\d/.test(next)) {
        flush();
        parts.push(Number(next));
      } else plain += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    } else plain += c;
  }
  flush();
  return parts;
}
