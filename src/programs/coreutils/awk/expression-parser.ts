import { BUILTINS, KEYWORDS, Problem, TokenReader } from './token-reader.ts';
import type { Expression } from './syntax.ts';

const DEEPEST = 150;

/** The part of awk's grammar that has a value, from `?:` down to names and constants. */
export class ExpressionParser extends TokenReader {
  /** In `print a > b` the sign is a redirect. */
  protected noGreater = false;
  protected noIn = false;
  private depth = 0;

  /** Goes one level down; a text that is nested too deeply to be meant is refused. */
  protected enter(): void {
    if (++this.depth > DEEPEST) throw new Problem('too deeply nested');
  }

  protected leave(): void {
    this.depth--;
  }

  protected tryList(): readonly Expression[] | null {
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

  protected expression(): Expression {
    this.enter();
    const left = this.ternary();
    this.leave();
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

  protected ternary(): Expression {
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

  protected leftward(operators: readonly string[], part: () => Expression): Expression {
    let left = part();
    while (this.token.kind === 'operator' && operators.includes(this.token.text)) {
      const operator = this.token.text;
      this.next(true);
      if (operator === '&&' || operator === '||') this.skipNewlines();
      left = { kind: 'binary', operator, left, right: part() };
    }
    return left;
  }

  protected or(): Expression {
    return this.leftward(['||'], () => this.leftward(['&&'], () => this.membership()));
  }

  protected membership(): Expression {
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

  protected comparison(): Expression {
    const left = this.concatenation();
    const operators = this.noGreater ? ['<', '<=', '==', '!=', '>='] : ['<', '<=', '==', '!=', '>', '>='];
    if (this.token.kind !== 'operator' || !operators.includes(this.token.text)) return left;
    const operator = this.token.text;
    this.next(true);
    return { kind: 'binary', operator, left, right: this.concatenation() };
  }

  protected concatenation(): Expression {
    let left = this.sum();
    while (this.beginsValue()) left = { kind: 'binary', operator: ' ', left, right: this.sum() };
    return left;
  }

  protected beginsValue(): boolean {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'string' || kind === 'function') return true;
    if (kind === 'name') return !KEYWORDS.has(text) || text === 'getline';
    return (
      kind === 'operator' &&
      ['$', '!', '(', '-', '+', '++', '--'].includes(text) &&
      !(['-', '+'].includes(text) && !this.token.spaced)
    );
  }

  protected sum(): Expression {
    return this.leftward(['+', '-'], () => this.leftward(['*', '/', '%'], () => this.unary()));
  }

  protected unary(): Expression {
    if (this.token.kind === 'operator' && ['!', '-', '+'].includes(this.token.text)) {
      this.enter();
      const operator = this.token.text;
      this.next(true);
      const operand = this.unary();
      this.leave();
      return { kind: 'unary', operator, operand };
    }
    const base = this.postfix();
    if (!this.is('^') && !this.is('**')) return base;
    this.next();
    return { kind: 'binary', operator: '^', left: base, right: this.unary() };
  }

  protected postfix(): Expression {
    const value = this.primary();
    if ((this.is('++') || this.is('--')) && isPlace(value)) {
      const by = this.is('++') ? 1 : -1;
      this.next();
      return { kind: 'step', target: value, by, prefix: false };
    }
    return value;
  }

  protected index(): readonly Expression[] {
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

  protected primary(): Expression {
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

  protected named(text: string): Expression {
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

  protected signed(text: string): Expression {
    if (text === '(') {
      const list = this.tryList();
      if (!list || list.length === 0) this.fail();
      // A list in brackets stands before `in`; a single one is itself.
      return list.length === 1 ? { kind: 'call', name: '', args: list } : { kind: 'call', name: '', args: list };
    }
    if (text === '$') {
      this.enter();
      this.next();
      const by = this.is('++') ? 1 : this.is('--') ? -1 : 0;
      if (by !== 0) this.next();
      const inner = this.is('-') ? this.unary() : this.primary();
      this.leave();
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
