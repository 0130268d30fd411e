import { err, ok, type Result } from '../../../base/result.ts';
import { ExpressionParser } from './expression-parser.ts';
import type { AwkProgram, Expression, Rule, Statement } from './syntax.ts';
import { Problem } from './token-reader.ts';

/** awk's grammar (POSIX.1 awk). Left out: getline from files and commands, output into pipes. The failure names where it is. */
export function parseAwk(source: string): Result<AwkProgram, string> {
  try {
    return ok(new Parser(source).program());
  } catch (problem) {
    if (problem instanceof Problem) return err(problem.text);
    throw problem;
  }
}

class Parser extends ExpressionParser {
  private readonly functions = new Map<string, { parameters: readonly string[]; body: Statement }>();

  program(): AwkProgram {
    const rules: Rule[] = [];
    for (;;) {
      this.skipBreaks();
      if (this.token.kind === 'end') return { rules, functions: this.functions };
      if (this.isName('function') || this.isName('func')) this.definition();
      else rules.push(this.rule());
    }
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
    this.enter();
    const statement = this.statementInner();
    this.leave();
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
}
