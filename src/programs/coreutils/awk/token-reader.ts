/** Leaves the parser from whatever depth; it never leaves these files. */
export class Problem {
  constructor(readonly text: string) {}
}

type TokenKind = 'number' | 'string' | 'regex' | 'name' | 'function' | 'operator' | 'newline' | 'end';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** White space came before it. */
  readonly spaced: boolean;
}

export const KEYWORDS = new Set([
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
export const BUILTINS = new Set([
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

/** Reads a program's text token by token, for the grammar that stands on it. */
export class TokenReader {
  protected token: Token = { kind: 'end', text: '', spaced: false };
  protected at = 0;

  constructor(private readonly source: string) {
    this.next();
  }

  protected next(regexAllowed = this.regexFits()): void {
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

  protected is(operator: string): boolean {
    return this.token.kind === 'operator' && this.token.text === operator;
  }

  protected isName(name: string): boolean {
    return this.token.kind === 'name' && this.token.text === name;
  }

  protected expect(operator: string): void {
    if (!this.is(operator)) this.fail();
    this.next();
  }

  protected fail(): never {
    const { kind, text } = this.token;
    throw new Problem(
      kind === 'end'
        ? 'unexpected end of program'
        : kind === 'newline'
          ? 'unexpected newline'
          : `syntax error at or near ${text}`,
    );
  }

  protected skipBreaks(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.next();
  }

  protected skipNewlines(): void {
    while (this.token.kind === 'newline') this.next();
  }
}
