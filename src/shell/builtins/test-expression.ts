import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { FILE_TESTS, fileTest } from './file-test.ts';

/** test(1): its operands as an expression. The status is 0 for true, 1 for false, 2 with an error. */
export interface TestResult {
  readonly status: number;
  readonly error: string | null;
}

/** The words of the two kinds of test: coreutils' and bash's, or BusyBox's. */
export type TestWords = 'gnu' | 'busybox';

class Failure {
  constructor(readonly text: string) {}
}

/** Brackets deeper than this are nobody's expression. */
const NESTING = 200;

export function* evaluateTestWords(
  proc: Proc,
  words: readonly string[],
  face: TestWords,
  io?: ReadonlyMap<number, Fd>,
): Sys<TestResult> {
  if (words.length === 0) return { status: 1, error: null };
  const parser = new Parser(proc, words, face, io);
  const value = yield* parser.whole();
  if (value instanceof Failure) return { status: 2, error: value.text };
  return { status: value ? 0 : 1, error: null };
}

const BINARY = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
  '=~',
]);

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly proc: Proc,
    private readonly words: readonly string[],
    private readonly face: TestWords,
    private readonly io: ReadonlyMap<number, Fd> | undefined,
  ) {}

  *whole(): Sys<boolean | Failure> {
    const value = yield* this.or();
    if (value instanceof Failure || this.at >= this.words.length) return value;
    const word = this.words[this.at] as string;
    if (this.face === 'busybox') return new Failure(`${word}: unknown operand`);
    return new Failure(
      this.words.length === 2
        ? `${this.words[0]}: unary operator expected`
        : this.words.length === 3
          ? `${this.words[1]}: binary operator expected`
          : 'too many arguments',
    );
  }

  private *or(): Sys<boolean | Failure> {
    let value = yield* this.and();
    while (!(value instanceof Failure) && this.words[this.at] === '-o') {
      this.at++;
      const right = yield* this.and();
      if (right instanceof Failure) return right;
      value = value || right;
    }
    return value;
  }

  private *and(): Sys<boolean | Failure> {
    let value = yield* this.not();
    while (!(value instanceof Failure) && this.words[this.at] === '-a') {
      this.at++;
      const right = yield* this.not();
      if (right instanceof Failure) return right;
      value = value && right;
    }
    return value;
  }

  private *not(): Sys<boolean | Failure> {
    let negated = false;
    while (this.words[this.at] === '!' && this.at + 1 < this.words.length && !this.binaryAhead()) {
      negated = !negated;
      this.at++;
    }
    const value = yield* this.primary();
    return value instanceof Failure ? value : value !== negated;
  }

  private binaryAhead(): boolean {
    return BINARY.has(this.words[this.at + 1] ?? '') && this.at + 2 < this.words.length;
  }

  private *primary(): Sys<boolean | Failure> {
    const word = this.words[this.at];
    if (word === undefined) return new Failure('argument expected');
    if (this.binaryAhead()) return yield* this.binary();
    const remaining = this.words.length - this.at;
    if (word === '(' && remaining > 1) {
      if (++this.depth > NESTING) return new Failure('too many arguments');
      this.at++;
      const value = yield* this.or();
      if (value instanceof Failure) return value;
      if (this.words[this.at] !== ')')
        return new Failure(this.face === 'busybox' ? 'closing paren expected' : "`)' expected");
      this.at++;
      return value;
    }
    const operand = this.words[this.at + 1];
    if (operand !== undefined && (word === '-n' || word === '-z' || FILE_TESTS.has(word))) {
      this.at += 2;
      if (word === '-n' || word === '-z') return (operand !== '') === (word === '-n');
      return yield* fileTest(this.proc, word, operand, this.io);
    }
    this.at++;
    return word !== '';
  }

  private *binary(): Sys<boolean | Failure> {
    const [a, operator, b] = this.words.slice(this.at, this.at + 3) as [string, string, string];
    this.at += 3;
    switch (operator) {
      case '=':
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '=~':
        return new Failure('=~: binary operator expected');
      case '-nt':
      case '-ot':
      case '-ef':
        return yield* this.files(a, operator, b);
      default:
        return this.numbers(a, operator, b);
    }
  }

  private *files(a: string, operator: string, b: string): Sys<boolean> {
    const first = yield* this.proc.stat(a);
    const second = yield* this.proc.stat(b);
    if (!first.ok || !second.ok) return operator === '-nt' ? first.ok : operator === '-ot' ? second.ok : false;
    if (operator === '-ef')
      return first.value.inode === second.value.inode && first.value.device === second.value.device;
    return operator === '-nt'
      ? first.value.modified > second.value.modified
      : first.value.modified < second.value.modified;
  }

  private numbers(a: string, operator: string, b: string): boolean | Failure {
    for (const text of [a, b])
      if (!/^\s*[-+]?\d+\s*$/.test(text))
        return new Failure(this.face === 'busybox' ? `${text}: bad number` : `${text}: integer expression expected`);
    const [x, y] = [BigInt(a.trim().replace(/^\+/, '')), BigInt(b.trim().replace(/^\+/, ''))];
    switch (operator) {
      case '-eq':
        return x === y;
      case '-ne':
        return x !== y;
      case '-lt':
        return x < y;
      case '-le':
        return x <= y;
      case '-gt':
        return x > y;
      default:
        return x >= y;
    }
  }
}
