import { err, ok, type Result } from '../../base/result.ts';

/**
 * Shell arithmetic (POSIX.1 XCU 2.6.4; bash(1), "Arithmetic Evaluation"): C's operators over 64-bit integers. The text has had its
 * `$` expansions; variables stand as names, and their values may be expressions again.
 */
export interface ArithmeticScope {
  get(name: string, index: string | null): string | undefined;
  /** False: it is read-only. */
  set(name: string, index: string | null, value: string): boolean;
}

/** Why an expression has no value; `at` is the rest of the text from the offending token. */
export interface ArithmeticFailure {
  readonly reason: string;
  readonly at: string;
}

/** How deep a variable's value may name other variables. */
const DEPTH = 64;

/** How deep brackets may nest. */
const NESTING = 256;

class Failure {
  constructor(
    readonly reason: string,
    readonly at: string,
  ) {}
}

/** The value of an expression; an empty one is 0. */
export function evaluateArithmetic(text: string, scope: ArithmeticScope, depth = 0): Result<bigint, ArithmeticFailure> {
  if (text.trim() === '') return ok(0n);
  const parser = new Parser(text, scope, depth);
  const value = parser.whole();
  return value instanceof Failure ? err({ reason: value.reason, at: value.at }) : ok(value);
}

type Kind = 'number' | 'name' | 'operator' | 'other' | 'end';
type Value = bigint | Failure;
interface Place {
  readonly name: string;
  readonly index: string | null;
}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d+[0-9a-zA-Z_]*)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&^|]=|[-+*/%&^|!~<>=?:,()[\]])|(\S))/y;

const BINARY: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};

class Parser {
  private token = '';
  private kind: Kind = 'end';
  private start = 0;
  private at = 0;
  /** Inside the branch that is not taken nothing is assigned or divided. */
  private skipping = 0;
  private nesting = 0;

  constructor(
    private readonly text: string,
    private readonly scope: ArithmeticScope,
    private readonly depth: number,
  ) {
    this.advance();
  }

  whole(): Value {
    const value = this.comma();
    if (value instanceof Failure) return value;
    return this.kind === 'end' ? value : this.fail('syntax error in expression');
  }

  private advance(): void {
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.text);
    if (!match) {
      this.token = '';
      this.kind = 'end';
      this.start = this.text.length;
      return;
    }
    this.token = match[1] ?? match[2] ?? match[3] ?? (match[4] as string);
    this.kind =
      match[1] !== undefined
        ? 'number'
        : match[2] !== undefined
          ? 'name'
          : match[3] !== undefined
            ? 'operator'
            : 'other';
    this.at = TOKEN.lastIndex;
    this.start = this.at - this.token.length;
  }

  private fail(reason: string, start = this.start): Failure {
    return new Failure(reason, this.text.slice(start));
  }

  private isName(): boolean {
    return this.kind === 'name';
  }

  private is(operator: string): boolean {
    return this.kind === 'operator' && this.token === operator;
  }

  private comma(): Value {
    let value = this.assignment();
    while (!(value instanceof Failure) && this.is(',')) {
      this.advance();
      value = this.assignment();
    }
    return value;
  }

  private assignment(): Value {
    if (this.kind === 'name') {
      const [token, start, at] = [this.token, this.start, this.at];
      const place = this.place();
      if (place instanceof Failure) return place;
      const operator = /^(?:=|[-+*/%&^|]=|<<=|>>=)$/.test(this.token) ? this.token : null;
      if (operator) {
        this.advance();
        const right = this.assignment();
        if (right instanceof Failure) return right;
        const old = operator === '=' ? 0n : this.read(place);
        if (old instanceof Failure) return old;
        const value = operator === '=' ? right : this.apply(operator.slice(0, -1), old, right);
        return value instanceof Failure ? value : this.write(place, value);
      }
      [this.token, this.start, this.at, this.kind] = [token, start, at, 'name'];
    }
    return this.ternary();
  }

  private ternary(): Value {
    const test = this.binary(1);
    if (test instanceof Failure || !this.is('?')) return test;
    this.advance();
    const yes = this.skipUnless(test !== 0n, () => this.assignment());
    if (yes instanceof Failure) return yes;
    if (!this.is(':')) return this.fail("`:' expected for conditional expression");
    this.advance();
    const no = this.skipUnless(test === 0n, () => this.assignment());
    return no instanceof Failure ? no : test !== 0n ? yes : no;
  }

  private binary(least: number): Value {
    let left = this.unary();
    for (;;) {
      if (left instanceof Failure) return left;
      const level = this.kind === 'operator' ? BINARY[this.token] : undefined;
      if (level === undefined || level < least) return left;
      const operator = this.token;
      this.advance();
      const before: bigint = left;
      const next = () => this.binary(operator === '**' ? level : level + 1);
      const right: Value =
        operator === '&&'
          ? this.skipUnless(before !== 0n, next)
          : operator === '||'
            ? this.skipUnless(before === 0n, next)
            : next();
      if (right instanceof Failure) return right;
      left = this.apply(operator, before, right);
    }
  }

  private skipUnless(wanted: boolean, part: () => Value): Value {
    if (!wanted) this.skipping++;
    const value = part();
    if (!wanted) this.skipping--;
    return value;
  }

  private unary(): Value {
    const operator = this.token;
    if (this.kind === 'operator' && (operator === '++' || operator === '--')) {
      this.advance();
      if (!this.isName()) return this.fail('syntax error: operand expected');
      const place = this.place();
      if (place instanceof Failure) return place;
      const old = this.read(place);
      return old instanceof Failure ? old : this.write(place, operator === '++' ? old + 1n : old - 1n);
    }
    if (this.kind === 'operator' && '+-!~'.includes(operator)) {
      if (++this.nesting > NESTING) return this.fail('expression recursion level exceeded');
      this.advance();
      const value = this.unary();
      this.nesting--;
      if (value instanceof Failure) return value;
      return wrap(
        operator === '-' ? -value : operator === '!' ? (value === 0n ? 1n : 0n) : operator === '~' ? ~value : value,
      );
    }
    return this.primary();
  }

  private primary(): Value {
    if (++this.nesting > NESTING) return this.fail('expression recursion level exceeded');
    const value = this.operand();
    this.nesting--;
    return value;
  }

  private operand(): Value {
    if (this.is('(')) {
      this.advance();
      const value = this.comma();
      if (value instanceof Failure) return value;
      if (!this.is(')')) return this.fail("missing `)'");
      this.advance();
      return value;
    }
    if (this.kind === 'number') {
      const value = parseNumber(this.token);
      if (typeof value === 'string') return this.fail(value);
      this.advance();
      return value;
    }
    if (this.kind !== 'name') return this.fail('syntax error: operand expected');
    const place = this.place();
    if (place instanceof Failure) return place;
    const value = this.read(place);
    if (value instanceof Failure) return value;
    if (this.is('++') || this.is('--')) {
      const step = this.is('++') ? 1n : -1n;
      this.advance();
      const written = this.write(place, value + step);
      if (written instanceof Failure) return written;
    }
    return value;
  }

  private place(): Place | Failure {
    const name = this.token;
    this.advance();
    if (!this.is('[')) return { name, index: null };
    const open = this.at;
    this.advance();
    const index = this.comma();
    if (index instanceof Failure) return index;
    if (!this.is(']')) return this.fail('bad array subscript', open);
    this.advance();
    return { name, index: String(index) };
  }

  private read({ name, index }: Place): Value {
    const text = this.scope.get(name, index) ?? '';
    if (/^\s*-?\d{1,15}\s*$/.test(text) && !/^\s*-?0\d/.test(text)) return BigInt(text.trim());
    if (this.depth >= DEPTH) return new Failure('expression recursion level exceeded', text);
    const value = evaluateArithmetic(text, this.scope, this.depth + 1);
    return value.ok ? value.value : new Failure(value.error.reason, value.error.at);
  }

  private write({ name, index }: Place, value: bigint): Value {
    if (this.skipping > 0) return value;
    return this.scope.set(name, index, String(wrap(value)))
      ? wrap(value)
      : new Failure(`${name}: readonly variable`, '');
  }

  private apply(operator: string, a: bigint, b: bigint): Value {
    switch (operator) {
      case '+':
        return wrap(a + b);
      case '-':
        return wrap(a - b);
      case '*':
        return wrap(a * b);
      case '/':
      case '%':
        if (b === 0n) return this.skipping > 0 ? 0n : this.fail('division by 0', Math.max(0, this.start - 1));
        return wrap(operator === '/' ? a / b : a % b);
      case '**':
        if (b < 0n) return this.skipping > 0 ? 0n : this.fail('exponent less than 0');
        return power(a, b);
      case '<<':
        return wrap(a << (b & 63n));
      case '>>':
        return wrap(a >> (b & 63n));
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&&':
        return a !== 0n && b !== 0n ? 1n : 0n;
      case '||':
        return a !== 0n || b !== 0n ? 1n : 0n;
      default:
        return compare(operator, a, b) ? 1n : 0n;
    }
  }
}

function compare(operator: string, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

const wrap = (value: bigint) => BigInt.asIntN(64, value);

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = wrap(b * b)) if (e & 1n) result = wrap(result * b);
  return result;
}

function parseNumber(token: string): bigint | string {
  const based = /^(\d+)#([0-9a-zA-Z@_]+)$/.exec(token);
  if (based) {
    const base = Number(based[1]);
    if (base < 2 || base > 64) return 'invalid arithmetic base';
    let value = 0n;
    for (const c of based[2] as string) {
      const digit = digitValue(c, base);
      if (digit >= base) return 'value too great for base';
      value = value * BigInt(base) + BigInt(digit);
    }
    return wrap(value);
  }
  if (/^0[xX]/.test(token)) return wrap(BigInt(token));
  if (/^0\d*$/.test(token))
    return /[89]/.test(token) ? 'value too great for base' : wrap(BigInt(token === '0' ? '0' : `0o${token.slice(1)}`));
  return /^\d+$/.test(token) ? wrap(BigInt(token)) : 'value too great for base';
}

function digitValue(c: string, base: number): number {
  if (c >= '0' && c <= '9') return Number(c);
  if (c >= 'a' && c <= 'z') return c.charCodeAt(0) - 87;
  if (c >= 'A' && c <= 'Z') return c.charCodeAt(0) - (base <= 36 ? 55 : 29);
  return c === '@' ? 62 : 63;
}
