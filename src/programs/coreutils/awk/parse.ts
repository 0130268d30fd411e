import { err, ok, type Result } from '../../../base/result.ts';
import type { AwkProgram, Expression, Rule, Statement } from './syntax.ts';

/** awk's grammar (POSIX.1 awk). Left out: getline from files and commands, output into pipes. The failure names where it is. */
export function parseAwk(source: string): Result<AwkProgram, string> {
  try {
    return ok(new Parser(source).program());
  } catch (problem) {
    if (problem instanceof Problem) return err(problem.text);
    throw problem;
  }
}

/** Leaves the parser from whatever depth; it never leaves this file. */
class Problem {
  constructor(readonly text: string) {}
}

type TokenKind = 'number' | 'string' | 'regex' | 'name' | 'function' | 'operator' | 'newline' | 'end';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** White space came before it. */
  readonly spaced: boolean;
}

const KEYWORDS = new Set([
  'BEGIN',
  'END',
  'function',
  'func',
  'if',
  'else',
  'while',
  'for',
  'do',
  'in',
  'print',
  'printf',
  'next',
  'nextfile',
  'exit',
  'break',
  'continue',
  'delete',
  'return',
  'getline',
]);
const BUILTINS = new Set([
  'length',
  'substr',
  'index',
  'split',
  'sub',
  'gsub',
  'gensub',
  'match',
  'sprintf',
  'sin',
  'cos',
  'atan2',
  'exp',
  'log',
  'sqrt',
  'int',
  'rand',
  'srand',
  'tolower',
  'toupper',
  'system',
  'close',
  'fflush',
  'strftime',
  'systime',
]);
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};
const DEEPEST = 150;

class Parser {
  private at = 0;
  private token: Token = { kind: 'end', text: '', spaced: false };
  private depth = 0;
  /** In `print a > b` the sign is a redirect. */
  private noGreater = false;
  private noIn = false;
  private readonly functions = new Map<string, { parameters: readonly string[]; body: Statement }>();

  constructor(private readonly source: string) {
    this.next();
  }

  program(): AwkProgram {
    const rules: Rule[] = [];
    for (;;) {
      this.skipBreaks();
      if (this.token.kind === 'end') return { rules, functions: this.functions };
      if (this.isName('function') || this.isName('func')) this.definition();
      else rules.push(this.rule());
    }
  }

  private next(regexAllowed = this.regexFits()): void {
    const { source } = this;
    const before = this.at;
    for (;;) {
      const blank = /^(?:[ \t\r]+|\\\n|#[^\n]*)/.exec(source.slice(this.at, this.at + 2000));
      if (!blank) break;
      this.at += blank[0].length;
    }
    const spaced = this.at > before;
    const rest = source.slice(this.at, this.at + 10_000);
    const take = (kind: TokenKind, text: string, length = text.length) => {
      this.at += length;
      this.token = { kind, text, spaced };
    };
    if (rest === '') return take('end', '');
    if (rest[0] === '\n') return take('newline', '\n');
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest);
    if (number) return take('number', number[0]);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    if (name) return take(rest[name[0].length] === '(' && !KEYWORDS.has(name[0]) ? 'function' : 'name', name[0]);
    if (rest[0] === '"') {
      const string = /^"((?:[^"\\\n]|\\[^])*)"/.exec(rest);
      if (!string) throw new Problem('unterminated string');
      const text = (string[1] as string).replace(/\\(?:([0-7]{1,3})|([^]))/g, (_all, octal?: string, c?: string) =>
        octal !== undefined
          ? String.fromCharCode(Number.parseInt(octal, 8))
          : (ESCAPES[c as string] ?? (c === '\n' ? '' : `\\${c}`)),
      );
      return take('string', text, string[0].length);
    }
    if (rest[0] === '/' && regexAllowed) {
      const regex = /^\/((?:[^/\\\n[]|\\.|\[\^?\]?[^\]\n]*\])*)\//.exec(rest);
      if (!regex) throw new Problem('unterminated regexp');
      return take('regex', (regex[1] as string).replace(/\\\//g, '/'), regex[0].length);
    }
    const operator = /^(?:\*\*=|\+\+|--|\*\*|&&|\|\||>>|<=|>=|==|!=|!~|[-+*/%^]=|[-{}()[\];,+*/%^!><|?:~$=])/.exec(
      rest,
    );
    if (!operator) throw new Problem(`unexpected character '${rest[0]}'`);
    take('operator', operator[0]);
  }

  /** A slash begins a regular expression where a value can't just have ended. */
  private regexFits(): boolean {
    const { kind, text } = this.token;
    return !(
      kind === 'number' ||
      kind === 'string' ||
      kind === 'regex' ||
      (kind === 'name' && !KEYWORDS.has(text)) ||
      (kind === 'operator' && [')', ']', '$', '++', '--'].includes(text))
    );
  }

  private is(operator: string): boolean {
    return this.token.kind === 'operator' && this.token.text === operator;
  }

  private isName(name: string): boolean {
    return this.token.kind === 'name' && this.token.text === name;
  }

  private expect(operator: string): void {
    if (!this.is(operator)) this.fail();
    this.next();
  }

  private fail(): never {
    const { kind, text } = this.token;
    throw new Problem(
      kind === 'end'
        ? 'unexpected end of program'
        : kind === 'newline'
          ? 'unexpected newline'
          : `syntax error at or near ${text}`,
    );
  }

  private skipBreaks(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.next();
  }

  private skipNewlines(): void {
    while (this.token.kind === 'newline') this.next();
  }

  private definition(): void {
    this.next();
    const name = this.token.text;
    this.next();
    this.expect('(');
    const parameters: string[] = [];
    while (!this.is(')')) {
      if (this.token.kind !== 'name') this.fail();
      parameters.push(this.token.text);
      this.next();
      if (this.is(',')) this.next();
    }
    this.next();
    this.skipNewlines();
    this.functions.set(name, { parameters, body: this.block() });
  }

  private rule(): Rule {
    if (this.isName('BEGIN') || this.isName('END')) {
      const pattern = this.token.text as 'BEGIN' | 'END';
      this.next();
      return { pattern, until: null, body: this.block() };
    }
    if (this.is('{')) return { pattern: null, until: null, body: this.block() };
    const pattern = this.expression();
    let until: Expression | null = null;
    if (this.is(',')) {
      this.next();
      until = this.expression();
    }
    return { pattern, until, body: this.is('{') ? this.block() : null };
  }

  private block(): Statement {
    this.expect('{');
    const statements: Statement[] = [];
    for (;;) {
      this.skipBreaks();
      if (this.is('}')) break;
      if (this.token.kind === 'end') this.fail();
      statements.push(this.statement());
    }
    this.next();
    return { kind: 'block', statements };
  }

  private body(): Statement {
    this.skipNewlines();
    if (this.is(';')) {
      this.next();
      return { kind: 'block', statements: [] };
    }
    return this.statement();
  }

  private statement(): Statement {
    if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
    const statement = this.statementInner();
    this.depth--;
    return statement;
  }

  private statementInner(): Statement {
    if (this.is('{')) return this.block();
    const keyword = this.token.kind === 'name' ? this.token.text : '';
    switch (keyword) {
      case 'if': {
        this.next();
        const test = this.bracketed();
        const yes = this.body();
        const [at, token] = [this.at, this.token];
        this.skipBreaks();
        if (this.isName('else')) {
          this.next();
          return { kind: 'if', test, yes, no: this.body() };
        }
        [this.at, this.token] = [at, token];
        return { kind: 'if', test, yes, no: null };
      }
      case 'while': {
        this.next();
        const test = this.bracketed();
        return { kind: 'while', test, body: this.body(), first: false };
      }
      case 'do': {
        this.next();
        const body = this.body();
        this.skipBreaks();
        if (!this.isName('while')) this.fail();
        this.next();
        return { kind: 'while', test: this.bracketed(), body, first: true };
      }
      case 'for':
        return this.loop();
      default: {
        const statement = this.simple();
        if (!this.is('}') && this.token.kind !== 'end') {
          if (!this.is(';') && this.token.kind !== 'newline') this.fail();
          this.next();
        }
        return statement;
      }
    }
  }

  private bracketed(): Expression {
    this.expect('(');
    const test = this.expression();
    this.expect(')');
    return test;
  }

  private loop(): Statement {
    this.next();
    this.expect('(');
    const [at, token] = [this.at, this.token];
    if (this.token.kind === 'name') {
      const name = this.token.text;
      this.next();
      if (this.isName('in')) {
        this.next();
        const array = this.token.text;
        this.next();
        if (this.is(')')) {
          this.next();
          return { kind: 'each', name, array, body: this.body() };
        }
      }
      [this.at, this.token] = [at, token];
    }
    const start = this.is(';') ? null : this.simple();
    this.expect(';');
    this.skipNewlines();
    const test = this.is(';') ? null : this.expression();
    this.expect(';');
    this.skipNewlines();
    const step = this.is(')') ? null : this.simple();
    this.expect(')');
    return { kind: 'for', start, test, step, body: this.body() };
  }

  private simple(): Statement {
    const keyword = this.token.kind === 'name' ? this.token.text : '';
    switch (keyword) {
      case 'print':
      case 'printf':
        return this.print(keyword === 'printf');
      case 'next':
      case 'nextfile':
      case 'break':
      case 'continue':
        this.next();
        return { kind: keyword === 'nextfile' ? 'next' : keyword };
      case 'exit':
      case 'return': {
        this.next();
        const ends = this.is(';') || this.is('}') || this.token.kind === 'newline' || this.token.kind === 'end';
        return { kind: keyword, value: ends ? null : this.expression() };
      }
      case 'delete': {
        this.next();
        const name = this.token.text;
        this.next();
        return { kind: 'delete', name, index: this.is('[') ? this.index() : null };
      }
      default:
        return { kind: 'expression', expression: this.expression() };
    }
  }

  private print(format: boolean): Statement {
    this.next();
    const outer = this.noGreater;
    this.noGreater = true;
    const values: Expression[] = [];
    const ends = () =>
      this.is(';') ||
      this.is('}') ||
      this.is('>') ||
      this.is('>>') ||
      this.is('|') ||
      this.token.kind === 'newline' ||
      this.token.kind === 'end';
    if (this.is('(')) {
      // `print (a, b) > c`, but also `print (a) b`.
      const [at, token] = [this.at, this.token];
      const list = this.tryList();
      if (list && ends()) values.push(...list);
      else [this.at, this.token] = [at, token];
    }
    if (values.length === 0)
      while (!ends()) {
        values.push(this.expression());
        if (!this.is(',')) break;
        this.next();
        this.skipNewlines();
      }
    this.noGreater = outer;
    if (this.is('|')) throw new Problem('output into a pipe is not supported here');
    if (!this.is('>') && !this.is('>>')) return { kind: 'print', values, format, to: null };
    const operator = this.token.text as '>' | '>>';
    this.next();
    this.noGreater = true;
    const path = this.concatenation();
    this.noGreater = outer;
    return { kind: 'print', values, format, to: { operator, path } };
  }

  private tryList(): readonly Expression[] | null {
    const outer = this.noGreater;
    this.noGreater = false;
    this.next();
    const values: Expression[] = [];
    while (!this.is(')')) {
      values.push(this.expression());
      if (this.is(',')) this.next();
      else if (!this.is(')')) {
        this.noGreater = outer;
        return null;
      }
    }
    this.next();
    this.noGreater = outer;
    return values;
  }

  private expression(): Expression {
    if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
    const left = this.ternary();
    this.depth--;
    if (
      this.token.kind === 'operator' &&
      /^(?:=|\+=|-=|\*=|\/=|%=|\^=|\*\*=)$/.test(this.token.text) &&
      isPlace(left)
    ) {
      const operator = this.token.text.slice(0, -1).replace('**', '^');
      this.next();
      this.skipNewlines();
      return { kind: 'assign', operator, target: left, value: this.expression() };
    }
    return left;
  }

  private ternary(): Expression {
    const test = this.or();
    if (!this.is('?')) return test;
    this.next();
    this.skipNewlines();
    const yes = this.expression();
    this.skipNewlines();
    this.expect(':');
    this.skipNewlines();
    return { kind: 'condition', test, yes, no: this.expression() };
  }

  private leftward(operators: readonly string[], part: () => Expression): Expression {
    let left = part();
    while (this.token.kind === 'operator' && operators.includes(this.token.text)) {
      const operator = this.token.text;
      this.next(true);
      if (operator === '&&' || operator === '||') this.skipNewlines();
      left = { kind: 'binary', operator, left, right: part() };
    }
    return left;
  }

  private or(): Expression {
    return this.leftward(['||'], () => this.leftward(['&&'], () => this.membership()));
  }

  private membership(): Expression {
    let left = this.leftward(['~', '!~'], () => this.comparison());
    while (this.isName('in') && !this.noIn) {
      this.next();
      left = {
        kind: 'in',
        index: left.kind === 'call' && left.name === '' ? left.args : [left],
        array: this.token.text,
      };
      this.next();
    }
    return left;
  }

  private comparison(): Expression {
    const left = this.concatenation();
    const operators = this.noGreater ? ['<', '<=', '==', '!=', '>='] : ['<', '<=', '==', '!=', '>', '>='];
    if (this.token.kind !== 'operator' || !operators.includes(this.token.text)) return left;
    const operator = this.token.text;
    this.next(true);
    return { kind: 'binary', operator, left, right: this.concatenation() };
  }

  private concatenation(): Expression {
    let left = this.sum();
    while (this.beginsValue()) left = { kind: 'binary', operator: ' ', left, right: this.sum() };
    return left;
  }

  private beginsValue(): boolean {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'string' || kind === 'function') return true;
    if (kind === 'name') return !KEYWORDS.has(text) || text === 'getline';
    return (
      kind === 'operator' &&
      ['$', '!', '(', '-', '+', '++', '--'].includes(text) &&
      !(['-', '+'].includes(text) && !this.token.spaced)
    );
  }

  private sum(): Expression {
    return this.leftward(['+', '-'], () => this.leftward(['*', '/', '%'], () => this.unary()));
  }

  private unary(): Expression {
    if (this.token.kind === 'operator' && ['!', '-', '+'].includes(this.token.text)) {
      if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
      const operator = this.token.text;
      this.next(true);
      const operand = this.unary();
      this.depth--;
      return { kind: 'unary', operator, operand };
    }
    const base = this.postfix();
    if (!this.is('^') && !this.is('**')) return base;
    this.next();
    return { kind: 'binary', operator: '^', left: base, right: this.unary() };
  }

  private postfix(): Expression {
    const value = this.primary();
    if ((this.is('++') || this.is('--')) && isPlace(value)) {
      const by = this.is('++') ? 1 : -1;
      this.next();
      return { kind: 'step', target: value, by, prefix: false };
    }
    return value;
  }

  private index(): readonly Expression[] {
    this.expect('[');
    const outer = this.noIn;
    this.noIn = false;
    const index = [this.expression()];
    while (this.is(',')) {
      this.next();
      index.push(this.expression());
    }
    this.noIn = outer;
    this.expect(']');
    return index;
  }

  private primary(): Expression {
    const { kind, text } = this.token;
    switch (kind) {
      case 'number':
        this.next();
        return { kind: 'number', value: Number(text) };
      case 'string':
        this.next();
        return { kind: 'string', value: text };
      case 'regex':
        this.next();
        return { kind: 'regex', source: text };
      case 'function': {
        this.next();
        const args = this.tryList();
        if (!args) this.fail();
        return { kind: 'call', name: text, args };
      }
      case 'name':
        return this.named(text);
      case 'operator':
        return this.signed(text);
      default:
        return this.fail();
    }
  }

  private named(text: string): Expression {
    if (text === 'getline') {
      this.next();
      const target =
        (this.token.kind === 'name' && !KEYWORDS.has(this.token.text)) || this.is('$') ? this.primary() : null;
      if (this.is('<')) throw new Problem('getline from a file is not supported here');
      return { kind: 'getline', target };
    }
    if (KEYWORDS.has(text)) this.fail();
    this.next();
    if (BUILTINS.has(text))
      return { kind: 'call', name: text, args: this.is('(') ? (this.tryList() ?? this.fail()) : [] };
    if (this.is('[')) return { kind: 'element', name: text, index: this.index() };
    return { kind: 'variable', name: text };
  }

  private signed(text: string): Expression {
    if (text === '(') {
      const list = this.tryList();
      if (!list || list.length === 0) this.fail();
      // A list in brackets stands before `in`; a single one is itself.
      return list.length === 1 ? { kind: 'call', name: '', args: list } : { kind: 'call', name: '', args: list };
    }
    if (text === '$') {
      if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
      this.next();
      const by = this.is('++') ? 1 : this.is('--') ? -1 : 0;
      if (by !== 0) this.next();
      const inner = this.is('-') ? this.unary() : this.primary();
      this.depth--;
      return { kind: 'field', index: by === 0 ? inner : { kind: 'step', target: inner, by, prefix: true } };
    }
    if (text === '++' || text === '--') {
      this.next();
      const target = this.primary();
      if (!isPlace(target)) this.fail();
      return { kind: 'step', target, by: text === '++' ? 1 : -1, prefix: true };
    }
    return this.fail();
  }
}

function isPlace({ kind }: Expression): boolean {
  return kind === 'variable' || kind === 'element' || kind === 'field';
}
