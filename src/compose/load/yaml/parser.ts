import { type During, fail, type Mark, YamlError, type YamlProblem } from './problem.ts';
import { type Dialect, Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';

/** What is wrong with the syntax of a text, as PyYAML or go-yaml would notice it; null where nothing is. */
export function syntaxProblem(text: string, dialect: Dialect): YamlProblem | null {
  try {
    new Parser(new Scanner(text, dialect)).stream();
    return null;
  } catch (thrown) {
    if (thrown instanceof YamlError) return thrown.problem;
    throw thrown;
  }
}

/** Follows YAML's grammar from token to token (PyYAML's parser.py), and keeps nothing. */
class Parser {
  private readonly anchors = new Set<string>();

  constructor(private readonly scanner: Scanner) {}

  stream(): void {
    const { scanner } = this;
    let first: Mark | null = null;
    if (!this.isNext('<directive>', '<document start>', '<stream end>')) {
      first = scanner.peek().start;
      this.node('block', false);
      this.documentEnd();
    }
    for (;;) {
      while (this.isNext('<document end>')) scanner.next();
      if (this.isNext('<stream end>')) return;
      while (this.isNext('<directive>')) scanner.next();
      const { start, type } = scanner.peek();
      if (type !== '<document start>') fail({ in: 'parser', what: 'document start expected', at: start, found: type });
      // docker-compose wants one document; docker compose merges them.
      if (first && scanner.dialect === 'PyYAML')
        fail({ in: 'composer', since: first, what: 'another document', at: start });
      first ??= start;
      scanner.next();
      this.anchors.clear();
      if (!this.isNext('<directive>', '<document start>', '<document end>', '<stream end>')) this.node('block', false);
      this.documentEnd();
    }
  }

  private documentEnd(): void {
    while (this.isNext('<document end>')) this.scanner.next();
  }

  private isNext(...types: readonly TokenType[]): boolean {
    return types.includes(this.scanner.peek().type);
  }

  private node(kind: 'block' | 'flow', indentless: boolean): void {
    const { scanner } = this;
    const first = scanner.peek();
    if (first.type === '<alias>') {
      scanner.next();
      if (!this.anchors.has(first.name as string))
        fail({ in: 'composer', what: 'undefined alias', at: first.start, found: first.name as string });
      return;
    }
    const tagged = this.properties();
    const token = scanner.peek();
    if (indentless && token.type === '-') return this.indentlessSequence();
    switch (token.type) {
      case '<scalar>':
        scanner.next();
        return;
      case '[':
        return this.flowSequence();
      case '{':
        return this.flowMapping();
      case '<block sequence start>':
        if (kind === 'block') return this.blockSequence();
        break;
      case '<block mapping start>':
        if (kind === 'block') return this.blockMapping();
        break;
      default:
    }
    if (tagged) return;
    this.fail(`${kind} node`, first.start, 'node expected', token);
  }

  /** Anchor and tag, in either order. */
  private properties(): boolean {
    let any = false;
    while (this.isNext('<anchor>', '<tag>')) {
      const { type, name = '', start } = this.scanner.next();
      if (type === '<anchor>') this.anchors.add(name);
      // `!handle!suffix` needs a directive that says what the handle is.
      const handle = /^!([\w-]+)!/.exec(name)?.[0];
      if (type === '<tag>' && handle !== undefined)
        fail({ in: 'parser', during: 'node', since: start, what: 'undefined tag handle', at: start, found: handle });
      any = true;
    }
    return any;
  }

  private fail(during: During, since: Mark, what: YamlProblem['what'], { start, type }: Token): never {
    fail({ in: 'parser', during, since, what, at: start, found: type });
  }

  private blockSequence(): void {
    const { start } = this.scanner.next();
    while (this.isNext('-')) {
      this.scanner.next();
      if (!this.isNext('-', '<block end>')) this.node('block', false);
    }
    if (!this.isNext('<block end>')) this.fail('block sequence', start, 'entry expected', this.scanner.peek());
    this.scanner.next();
  }

  private indentlessSequence(): void {
    while (this.isNext('-')) {
      this.scanner.next();
      if (!this.isNext('-', '?', ':', '<block end>')) this.node('block', false);
    }
  }

  private blockMapping(): void {
    const { start } = this.scanner.next();
    while (this.isNext('?')) {
      this.scanner.next();
      if (!this.isNext('?', ':', '<block end>')) this.node('block', true);
      if (!this.isNext(':')) continue;
      this.scanner.next();
      if (!this.isNext('?', ':', '<block end>')) this.node('block', true);
    }
    if (!this.isNext('<block end>')) this.fail('block mapping', start, 'block end expected', this.scanner.peek());
    this.scanner.next();
  }

  private flowSequence(): void {
    const { start } = this.scanner.next();
    for (let first = true; !this.isNext(']'); first = false) {
      if (!first && !this.separator('flow sequence', start, ']')) break;
      if (this.isNext('?')) {
        // A mapping of one pair: `[a: b]`.
        this.scanner.next();
        this.pair(']');
      } else this.node('flow', false);
    }
    this.scanner.next();
  }

  private flowMapping(): void {
    const { start } = this.scanner.next();
    for (let first = true; !this.isNext('}'); first = false) {
      if (!first && !this.separator('flow mapping', start, '}')) break;
      if (this.isNext('?')) {
        this.scanner.next();
        this.pair('}');
      } else this.node('flow', false);
    }
    this.scanner.next();
  }

  /** The comma between two entries; false where it was the last one's. */
  private separator(during: 'flow sequence' | 'flow mapping', since: Mark, end: ']' | '}'): boolean {
    if (!this.isNext(',')) this.fail(during, since, 'separator expected', this.scanner.peek());
    this.scanner.next();
    return !this.isNext(end);
  }

  private pair(end: ']' | '}'): void {
    if (!this.isNext(':', ',', end)) this.node('flow', false);
    if (!this.isNext(':')) return;
    this.scanner.next();
    if (!this.isNext(',', end)) this.node('flow', false);
  }
}
