/** What a filter expression can't be, in libpcap's words. */
export class FilterError extends Error {}

export const syntaxError = (): FilterError => new FilterError('syntax error');

/** Operators, longest first; everything else between spaces and brackets is a word. */
const OPERATORS = [
  '&&',
  '||',
  '<<',
  '>>',
  '<=',
  '>=',
  '!=',
  '==',
  '!',
  '(',
  ')',
  '[',
  ']',
  '=',
  '<',
  '>',
  '+',
  '*',
  '&',
  '|',
  '^',
  '%',
];

/** The words and operators of an expression, one after the other. `/` and `-` belong to words: to networks and port ranges. */
export class TokenReader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  get atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): string | undefined {
    return this.tokens[this.at + ahead];
  }

  next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw syntaxError();
    return token;
  }

  /** Takes the token if it is one of these. */
  take(...wanted: readonly string[]): string | null {
    const token = this.peek();
    if (token === undefined || !wanted.includes(token)) return null;
    this.at++;
    return token;
  }

  expect(wanted: string): void {
    if (this.take(wanted) === null) throw syntaxError();
  }

  /** Where it stands, to come back to. */
  mark(): number {
    return this.at;
  }

  reset(mark: number): void {
    this.at = mark;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    const operator = OPERATORS.find((each) => text.startsWith(each, at));
    const length = operator ? operator.length : (/^[^\s()[\]!=<>+*&|^%]+/.exec(text.slice(at))?.[0].length ?? 1);
    tokens.push(text.slice(at, at + length));
    at += length;
  }
  return tokens;
}
