import { fail, type Mark } from './problem.ts';
import { scanBlockScalar, scanPlainScalar, scanQuotedScalar } from './scalars.ts';
import { isBreakOrEnd, isSpaceOrEnd, Source } from './source.ts';
import type { Token, TokenType } from './token.ts';

/** How far apart a key and its colon may be. */
const LONGEST_KEY = 1024;
/** The originals allow 10,000; nobody's file nests so deep, and recursion has its limits. */
export const DEEPEST = 1000;

/** Which of the two readers is followed where they differ. */
export type Dialect = 'PyYAML' | 'go-yaml';

interface SimpleKey {
  readonly token: number;
  readonly required: boolean;
  readonly mark: Mark;
}

/** Cuts a text into tokens (PyYAML's scanner.py; libyaml's scanner.c and go-yaml's scannerc.go are made after it). */
export class Scanner {
  readonly source: Source;
  /** The column of the block that the text is in; -1: none. */
  indent = -1;
  flowLevel = 0;
  /** A key of a mapping may begin here. */
  simpleKeyAllowed = true;
  private readonly indents: number[] = [];
  private readonly keys = new Map<number, SimpleKey>();
  private readonly tokens: Token[] = [];
  private taken = 0;
  private done = false;

  constructor(
    text: string,
    readonly dialect: Dialect,
  ) {
    this.source = new Source(text);
    if (this.source.peek() === '\uFEFF') this.source.forward();
  }

  peek(): Token {
    while (this.needMore()) this.fetch();
    return this.tokens[0] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.tokens.shift();
    this.taken++;
    return token;
  }

  private needMore(): boolean {
    if (this.done) return false;
    if (this.tokens.length === 0) return true;
    // The head may turn out to be a key, once its colon is seen.
    this.dropStaleKeys();
    return Math.min(...[...this.keys.values()].map((key) => key.token)) === this.taken;
  }

  private fetch(): void {
    const { source } = this;
    this.skipToToken();
    this.dropStaleKeys();
    this.unwind(source.here);
    const letter = source.peek();
    if (letter === '') return this.fetchEnd();
    if (letter === '%' && source.here === 0) return this.fetchDirective();
    if (source.atDocumentMarker()) return this.fetchDocumentMarker(letter);
    const after = source.peek(1);
    if (letter === '[' || letter === '{') return this.fetchFlowStart(letter);
    if (letter === ']' || letter === '}') return this.fetchFlowEnd(letter);
    if (letter === ',') return this.fetchFlowEntry();
    if (letter === '-' && isSpaceOrEnd(after)) return this.fetchBlockEntry();
    if (letter === '?' && (this.flowLevel > 0 || isSpaceOrEnd(after))) return this.fetchKey();
    if (letter === ':' && (this.flowLevel > 0 || isSpaceOrEnd(after))) return this.fetchValue();
    if (letter === '*' || letter === '&') return this.fetchAnchor(letter === '*' ? '<alias>' : '<anchor>');
    if (letter === '!') return this.fetchTag();
    if ((letter === '|' || letter === '>') && this.flowLevel === 0) return this.fetchScalar(scanBlockScalar, true);
    if (letter === "'" || letter === '"') return this.fetchScalar(scanQuotedScalar, false);
    if (this.startsPlain(letter, after)) return this.fetchScalar(scanPlainScalar, false);
    const at = source.mark;
    fail({ in: 'scanner', during: 'next token', since: at, what: 'cannot start a token', at, found: letter });
  }

  private startsPlain(letter: string, after: string): boolean {
    if (!isSpaceOrEnd(letter) && !'-?:,[]{}#&*!|>\'"%@`'.includes(letter)) return true;
    if (isSpaceOrEnd(after)) return false;
    return letter === '-' || (this.flowLevel === 0 && (letter === '?' || letter === ':'));
  }

  /** Over spaces, comments and line breaks. */
  private skipToToken(): void {
    const { source } = this;
    for (;;) {
      while (source.peek() === ' ' || (source.peek() === '\t' && this.mayBeTab())) source.forward();
      if (source.peek() === '#') while (!isBreakOrEnd(source.peek())) source.forward();
      if (!source.skipBreak()) return;
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  private mayBeTab(): boolean {
    return this.dialect === 'go-yaml' && (this.flowLevel > 0 || !this.simpleKeyAllowed);
  }

  /** A key has to have its colon on the same line. */
  private dropStaleKeys(): void {
    const { line, index } = this.source.mark;
    for (const [level, key] of this.keys) {
      if (key.mark.line === line && index - key.mark.index <= LONGEST_KEY) continue;
      if (key.required) this.failKey(key);
      this.keys.delete(level);
    }
  }

  private failKey({ mark }: SimpleKey): never {
    fail({ in: 'scanner', during: 'simple key', since: mark, what: 'colon expected', at: this.source.mark });
  }

  private saveKey(): void {
    if (!this.simpleKeyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.source.here;
    this.removeKey();
    this.keys.set(this.flowLevel, { token: this.taken + this.tokens.length, required, mark: this.source.mark });
  }

  private removeKey(): void {
    const key = this.keys.get(this.flowLevel);
    if (key?.required) this.failKey(key);
    this.keys.delete(this.flowLevel);
  }

  private unwind(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.push('<block end>');
    }
  }

  private addIndent(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    this.checkDepth(this.indents.length);
    return true;
  }

  private checkDepth(depth: number): void {
    if (depth > DEEPEST) fail({ in: 'scanner', what: 'too deep', at: this.source.mark });
  }

  private push(type: TokenType, start = this.source.mark, name?: string): void {
    this.tokens.push({ type, start, ...(name !== undefined && { name }) });
  }

  private fetchEnd(): void {
    this.unwind(-1);
    this.removeKey();
    this.simpleKeyAllowed = false;
    this.keys.clear();
    this.push('<stream end>');
    this.done = true;
  }

  private fetchDirective(): void {
    this.unwind(-1);
    this.removeKey();
    this.simpleKeyAllowed = false;
    const start = this.source.mark;
    while (!isBreakOrEnd(this.source.peek())) this.source.forward();
    this.push('<directive>', start);
  }

  private fetchDocumentMarker(letter: string): void {
    this.unwind(-1);
    this.removeKey();
    this.simpleKeyAllowed = false;
    this.push(letter === '-' ? '<document start>' : '<document end>');
    this.source.forward(3);
  }

  private fetchFlowStart(letter: '[' | '{'): void {
    this.saveKey();
    this.flowLevel++;
    this.checkDepth(this.flowLevel);
    this.simpleKeyAllowed = true;
    this.push(letter);
    this.source.forward();
  }

  private fetchFlowEnd(letter: ']' | '}'): void {
    this.removeKey();
    this.flowLevel = Math.max(0, this.flowLevel - 1);
    this.simpleKeyAllowed = false;
    this.push(letter);
    this.source.forward();
  }

  private fetchFlowEntry(): void {
    this.simpleKeyAllowed = true;
    this.removeKey();
    this.push(',');
    this.source.forward();
  }

  private fetchBlockEntry(): void {
    const { source } = this;
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) fail({ in: 'scanner', what: 'sequence entry not allowed', at: source.mark });
      if (this.addIndent(source.here)) this.push('<block sequence start>');
    }
    this.simpleKeyAllowed = true;
    this.removeKey();
    this.push('-');
    source.forward();
  }

  private fetchKey(): void {
    const { source } = this;
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) fail({ in: 'scanner', what: 'mapping key not allowed', at: source.mark });
      if (this.addIndent(source.here)) this.push('<block mapping start>');
    }
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.removeKey();
    this.push('?');
    source.forward();
  }

  private fetchValue(): void {
    const { source } = this;
    const key = this.keys.get(this.flowLevel);
    if (key) {
      // What stood before was a key: it gets its token now.
      this.keys.delete(this.flowLevel);
      const at = key.token - this.taken;
      this.tokens.splice(at, 0, { type: '?', start: key.mark });
      if (this.flowLevel === 0 && this.addIndent(key.mark.column))
        this.tokens.splice(at, 0, { type: '<block mapping start>', start: key.mark });
      this.simpleKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed) fail({ in: 'scanner', what: 'mapping value not allowed', at: source.mark });
        if (this.addIndent(source.here)) this.push('<block mapping start>');
      }
      this.simpleKeyAllowed = this.flowLevel === 0;
      this.removeKey();
    }
    this.push(':');
    source.forward();
  }

  private fetchAnchor(type: '<alias>' | '<anchor>'): void {
    this.saveKey();
    this.simpleKeyAllowed = false;
    const { source } = this;
    const start = source.mark;
    source.forward();
    let name = '';
    while (/[\w-]/.test(source.peek())) {
      name += source.peek();
      source.forward();
    }
    const after = source.peek();
    if (name === '' || !(isSpaceOrEnd(after) || '?:,]}%@`'.includes(after))) {
      const during = type === '<alias>' ? 'alias' : 'anchor';
      fail({ in: 'scanner', during, since: start, what: 'name expected', at: source.mark, found: after });
    }
    this.push(type, start, name);
  }

  private fetchTag(): void {
    this.saveKey();
    this.simpleKeyAllowed = false;
    const { source } = this;
    const start = source.mark;
    let name = '';
    while (!isSpaceOrEnd(source.peek()) && !(this.flowLevel > 0 && ',[]{}'.includes(source.peek()))) {
      name += source.peek();
      source.forward();
    }
    this.push('<tag>', start, name);
  }

  private fetchScalar(scan: (scanner: Scanner) => void, keyAfter: boolean): void {
    // Behind a block scalar a new line begins, and with it perhaps a key.
    if (keyAfter) this.removeKey();
    else this.saveKey();
    this.simpleKeyAllowed = keyAfter;
    const start = this.source.mark;
    scan(this);
    this.push('<scalar>', start);
  }
}
