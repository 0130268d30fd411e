import { err, ok, type Result } from '../../../base/result.ts';
import { beginsArithmetic, readArithmetic } from './arithmetic.ts';
import { type FilterNames, type Predicate, type Qualifiers, readPrimitive } from './primitive.ts';
import { FilterError, syntaxError, TokenReader } from './token-reader.ts';

type Comparison = (a: number, b: number) => boolean;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** Brackets nested deeper than this are nobody's filter. */
const DEEPEST = 100;

/**
 * A filter expression of tcpdump (pcap-filter(7)) as a test of packets. `and` and `or` bind equally, from left to right, as
 * libpcap has it. Left out: protocols that no frame here has.
 */
export function parseFilter(text: string, names: FilterNames): Result<Predicate, string> {
  if (text.trim() === '') return ok(() => true);
  try {
    const parser = new FilterParser(new TokenReader(text), names);
    return ok(parser.whole());
  } catch (error) {
    if (error instanceof FilterError) return err(error.message);
    throw error;
  }
}

class FilterParser {
  private last: Qualifiers | null = null;
  private depth = 0;

  constructor(
    private readonly tokens: TokenReader,
    private readonly names: FilterNames,
  ) {}

  whole(): Predicate {
    const predicate = this.expression();
    if (!this.tokens.atEnd) throw syntaxError();
    return predicate;
  }

  private expression(): Predicate {
    let left = this.term();
    for (;;) {
      const operator = this.tokens.take('and', '&&', 'or', '||');
      if (operator === null) return left;
      const [a, b] = [left, this.term()];
      left = operator === 'and' || operator === '&&' ? (view) => a(view) && b(view) : (view) => a(view) || b(view);
    }
  }

  private term(): Predicate {
    if (++this.depth > DEEPEST) throw syntaxError();
    try {
      if (this.tokens.take('not', '!') !== null) {
        const inner = this.term();
        return (view) => !inner(view);
      }
      if (this.tokens.peek() === '(') return this.bracketed();
      if (beginsArithmetic(this.tokens)) return this.relationOrPrimitive();
      return this.primitive();
    } finally {
      this.depth--;
    }
  }

  /** A bracket holds a filter, or it begins an arithmetic expression. */
  private bracketed(): Predicate {
    const mark = this.tokens.mark();
    try {
      this.tokens.next();
      const inner = this.expression();
      this.tokens.expect(')');
      if (!isComparison(this.tokens.peek())) return inner;
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      const end = this.tokens.mark();
      this.tokens.reset(mark);
      try {
        return this.relation();
      } catch {
        this.tokens.reset(end);
        throw error;
      }
    }
    this.tokens.reset(mark);
    return this.relation();
  }

  /** A number may be an address that begins with it, as in `10 or 11` after `net`. */
  private relationOrPrimitive(): Predicate {
    const mark = this.tokens.mark();
    try {
      return this.relation();
    } catch (error) {
      if (!(error instanceof FilterError) || this.last === null) throw error;
      this.tokens.reset(mark);
      return this.primitive();
    }
  }

  private relation(): Predicate {
    const left = readArithmetic(this.tokens);
    const comparison = COMPARISONS[this.tokens.next()];
    if (!comparison) throw syntaxError();
    const right = readArithmetic(this.tokens);
    return (view) => {
      const [a, b] = [left(view), right(view)];
      return a !== null && b !== null && comparison(a, b);
    };
  }

  private primitive(): Predicate {
    const { predicate, qualifiers } = readPrimitive(this.tokens, this.names, this.last);
    this.last = qualifiers;
    return predicate;
  }
}

const isComparison = (token: string | undefined): boolean => token !== undefined && Object.hasOwn(COMPARISONS, token);
