import { err, ok, type Result } from '../../../base/result.ts';

/** jq's language, as far as one-liners over Docker's JSON go. Each filter makes none, one or many values of one. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Filter =
  | { readonly kind: 'identity' | 'recurse' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'text'; readonly parts: readonly (string | Filter)[] }
  | { readonly kind: 'field'; readonly from: Filter; readonly key: Filter; readonly quiet: boolean }
  | { readonly kind: 'slice'; readonly from: Filter; readonly start: Filter | null; readonly end: Filter | null }
  | { readonly kind: 'iterate'; readonly from: Filter; readonly quiet: boolean }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'negate'; readonly operand: Filter }
  | { readonly kind: 'array'; readonly content: Filter | null }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Filter, Filter])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | { readonly kind: 'if'; readonly test: Filter; readonly yes: Filter; readonly no: Filter };

const IDENTITY: Filter = { kind: 'identity' };
const TOKEN =
  /\s*(?:#[^\n]*\s*)*(?:(\d+\.?\d*(?:[eE][-+]?\d+)?)|("(?:[^"\\]|\\[^])*")|(\.[A-Za-z_]\w*|\.\.|\.)|([A-Za-z_]\w*)|(==|!=|<=|>=|\/\/|[-+*/%|,;()[\]{}:?<>])|(\S))/y;
const LEVELS: Readonly<Record<string, number>> = {
  '//': 1,
  or: 2,
  and: 3,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const DEEPEST = 200;

class Problem {
  constructor(readonly text: string) {}
}

/** Reads a filter; the failure is the token that doesn't fit. */
export function parseFilter(source: string): Result<Filter, string> {
  const parser = new Parser(source);
  try {
    return ok(parser.whole());
  } catch (problem) {
    if (problem instanceof Problem) return err(problem.text);
    throw problem;
  }
}

class Parser {
  private at = 0;
  private token = '';
  private depth = 0;

  constructor(private readonly source: string) {
    this.next();
  }

  whole(): Filter {
    if (this.token === '') return IDENTITY;
    const filter = this.pipe();
    if (this.token !== '') this.fail();
    return filter;
  }

  private next(): void {
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.source);
    this.token = match ? (match.slice(1).find((each) => each !== undefined) as string) : '';
    this.at = match ? TOKEN.lastIndex : this.source.length;
  }

  private take(token: string): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  private fail(): never {
    throw new Problem(
      this.token === ''
        ? 'unexpected end of file'
        : `unexpected ${this.token.startsWith('"') ? 'QQSTRING' : `'${this.token}'`}`,
    );
  }

  private pipe(): Filter {
    if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
    let left = this.comma();
    while (this.take('|')) left = { kind: 'binary', operator: '|', left, right: this.comma() };
    this.depth--;
    return left;
  }

  private comma(): Filter {
    let left = this.binary(1);
    while (this.take(',')) left = { kind: 'binary', operator: ',', left, right: this.binary(1) };
    return left;
  }

  private binary(least: number): Filter {
    let left = this.postfix();
    for (let level = LEVELS[this.token]; level !== undefined && level >= least; level = LEVELS[this.token]) {
      const operator = this.token;
      this.next();
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
    }
    return left;
  }

  private postfix(): Filter {
    let filter = this.primary();
    for (;;) {
      if (this.take('[')) filter = this.bracket(filter);
      else if (/^\.[A-Za-z_]/.test(this.token)) filter = this.fieldOf(filter);
      else if (this.token === '.' && /^\s*["[]/.test(this.source.slice(this.at))) {
        this.next();
        if (this.token.startsWith('"'))
          filter = { kind: 'field', from: filter, key: this.string(), quiet: this.take('?') };
      } else if (this.take('?'))
        filter = filter.kind === 'field' || filter.kind === 'iterate' ? { ...filter, quiet: true } : filter;
      else return filter;
    }
  }

  private fieldOf(from: Filter): Filter {
    const key: Filter = { kind: 'literal', value: this.token.slice(1) };
    this.next();
    return { kind: 'field', from, key, quiet: this.take('?') };
  }

  private bracket(from: Filter): Filter {
    if (this.take(']')) return { kind: 'iterate', from, quiet: this.take('?') };
    const start = this.token === ':' ? null : this.pipe();
    if (this.take(':')) {
      const end = this.token === ']' ? null : this.pipe();
      this.expect(']');
      return { kind: 'slice', from, start, end };
    }
    this.expect(']');
    return { kind: 'field', from, key: start as Filter, quiet: this.take('?') };
  }

  private primary(): Filter {
    const { token } = this;
    if (token === '.') {
      this.next();
      if (this.token.startsWith('"'))
        return { kind: 'field', from: IDENTITY, key: this.string(), quiet: this.take('?') };
      return IDENTITY;
    }
    if (token === '..') {
      this.next();
      return { kind: 'recurse' };
    }
    if (/^\.[A-Za-z_]/.test(token)) return this.fieldOf(IDENTITY);
    if (/^\d/.test(token)) {
      this.next();
      return { kind: 'literal', value: Number(token) };
    }
    if (token.startsWith('"')) return this.string();
    if (this.take('(')) {
      const inner = this.pipe();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) {
      if (this.take(']')) return { kind: 'array', content: null };
      const content = this.pipe();
      this.expect(']');
      return { kind: 'array', content };
    }
    if (this.take('{')) return this.object();
    if (this.take('-')) return { kind: 'negate', operand: this.postfix() };
    if (this.take('if')) return this.condition();
    if (/^[A-Za-z_]/.test(token) && LEVELS[token] === undefined) return this.call();
    return this.fail();
  }

  private condition(): Filter {
    const test = this.pipe();
    this.expect('then');
    const yes = this.pipe();
    const no = this.take('elif') ? this.condition() : this.take('else') ? this.pipe() : IDENTITY;
    if (this.token === 'end') this.next();
    return { kind: 'if', test, yes, no };
  }

  private call(): Filter {
    const name = this.token;
    this.next();
    if (name === 'null' || name === 'true' || name === 'false')
      return { kind: 'literal', value: name === 'null' ? null : name === 'true' };
    const args: Filter[] = [];
    if (this.take('('))
      do args.push(this.pipe());
      while (this.token === ';' && (this.next(), true));
    if (args.length > 0) this.expect(')');
    return { kind: 'call', name, args };
  }

  private object(): Filter {
    const entries: (readonly [Filter, Filter])[] = [];
    while (!this.take('}')) {
      const { token } = this;
      let key: Filter;
      if (token.startsWith('"')) key = this.string();
      else if (this.take('(')) {
        key = this.pipe();
        this.expect(')');
      } else if (/^[A-Za-z_]/.test(token)) {
        key = { kind: 'literal', value: token };
        this.next();
      } else this.fail();
      entries.push([key, this.take(':') ? this.binary(1) : { kind: 'field', from: IDENTITY, key, quiet: false }]);
      if (!this.take(',') && this.token !== '}') this.fail();
    }
    return { kind: 'object', entries };
  }

  /** A text, with `\(filter)` in it. */
  private string(): Filter {
    const raw = this.token.slice(1, -1);
    this.next();
    const parts: (string | Filter)[] = [];
    let plain = '';
    for (let i = 0; i < raw.length; i++) {
      if (raw[i] !== '\\') plain += raw[i];
      else if (raw[i + 1] === '(') {
        const end = closing(raw, i + 1);
        if (end < 0) throw new Problem('unexpected end of file');
        parts.push(unescape(plain), new Parser(raw.slice(i + 2, end).replace(/\\"/g, '"')).whole());
        plain = '';
        i = end;
      } else plain += (raw[i] as string) + (raw[++i] ?? '');
    }
    if (parts.length === 0) return { kind: 'literal', value: unescape(plain) };
    return { kind: 'text', parts: [...parts, unescape(plain)] };
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function unescape(text: string): string {
  try {
    return JSON.parse(`"${text.replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`) as string;
  } catch {
    throw new Problem('invalid escape');
  }
}
