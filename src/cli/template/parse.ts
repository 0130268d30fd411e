import { err, ok, type Result } from '../../base/result.ts';
import { lex, type Token } from './lex.ts';
import type { CommandNode, Node, Operand, Pipe } from './node.ts';
import { unquote } from './unquote.ts';

export interface Template {
  readonly source: string;
  readonly nodes: readonly Node[];
}

/** Parses a template; the error has Go's words: `template: :1: function "foo" not defined`. */
export function parseTemplate(source: string, functions: ReadonlySet<string>): Result<Template, string> {
  const tokens = lex(source);
  if (!tokens.ok) return err(`template: :${lineAt(source, tokens.error.at)}: ${tokens.error.message}`);
  const parser = new Parser(tokens.value, functions);
  const nodes = parser.body([], false);
  if (parser.failure !== null) return err(`template: :${lineAt(source, parser.failure.at)}: ${parser.failure.message}`);
  return ok({ source, nodes });
}

export function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

type Stop = 'end' | 'else' | 'none';

class Parser {
  failure: { readonly at: number; readonly message: string } | null = null;
  private position = 0;
  private variables: string[] = ['$'];
  /** What ended the last body, and where the pipe of `else if` begins. */
  private stop: Stop = 'none';

  constructor(
    private readonly tokens: readonly Token[],
    private readonly functions: ReadonlySet<string>,
  ) {}

  /** Nodes up to `{{end}}` or `{{else`, or to the end of the text at the top. */
  body(into: Node[], nested: boolean): readonly Node[] {
    this.stop = 'none';
    while (this.failure === null) {
      const token = this.next();
      if (token.kind === 'end') {
        if (nested) this.fail('unexpected EOF', token);
        return into;
      }
      if (token.kind === 'text') {
        into.push({ kind: 'text', at: token.at, text: token.text });
        continue;
      }
      const node = this.action();
      if (node === 'end' || node === 'else') {
        if (!nested) this.fail(`unexpected {{${node}}}`, token);
        this.stop = node;
        return into;
      }
      if (node !== null) into.push(node);
    }
    return into;
  }

  private action(): Node | 'end' | 'else' | null {
    const token = this.peekPast();
    if (token.kind === 'word') {
      switch (token.text) {
        case 'end':
          this.nextPast();
          this.close('end');
          return 'end';
        case 'else':
          this.nextPast();
          return 'else';
        case 'if':
        case 'with':
        case 'range':
          this.nextPast();
          return this.control(token.text, token.at);
        case 'break':
        case 'continue':
          this.nextPast();
          this.close(token.text);
          return { kind: token.text, at: token.at };
        case 'template':
        case 'define':
        case 'block':
          return this.fail(`{{${token.text}}} is not part of these formats`, token);
        default:
      }
    }
    const pipe = this.pipe('command', 'close');
    return { kind: 'action', at: token.at, pipe };
  }

  private control(kind: 'if' | 'with' | 'range', at: number): Node {
    const known = this.variables.length;
    const pipe = this.pipe(kind, 'close');
    const body = this.body([], true);
    let otherwise: readonly Node[] = [];
    if (this.stop === 'else' && this.failure === null) {
      const token = this.peekPast();
      if (token.kind === 'word' && token.text === kind && kind !== 'range') {
        this.nextPast();
        otherwise = [this.control(kind, token.at)];
      } else {
        this.close('else');
        otherwise = this.body([], true);
        if (this.stop === 'else') this.fail('expected end; found {{else}}', token);
      }
    }
    this.variables.length = known;
    this.stop = 'end';
    return { kind, at, pipe, body, otherwise };
  }

  private pipe(context: string, closes: 'close' | 'paren'): Pipe {
    const first = this.peekPast();
    const { variables, assigns } = this.declarations(context);
    const commands: CommandNode[] = [];
    while (this.failure === null) {
      const token = this.peekPast();
      const done = closes === 'close' ? token.kind === 'close' : token.text === ')' && token.kind === 'paren';
      if (done) {
        this.nextPast();
        if (commands.length === 0) this.fail(`missing value for ${context}`, token);
        break;
      }
      if (token.kind === 'pipe') {
        if (commands.length === 0) this.fail(`unexpected "|" in ${context}`, token);
        this.nextPast();
        const after = this.peekPast();
        if (after.kind === 'close' || after.text === ')') this.fail('missing value for command', after);
        continue;
      }
      commands.push(this.command());
    }
    return { at: first.at, variables, assigns, commands };
  }

  private declarations(context: string): { variables: string[]; assigns: boolean } {
    const from = this.position;
    const variables: string[] = [];
    while (this.peekPast().kind === 'variable') {
      variables.push(this.nextPast().text);
      const token = this.peekPast();
      if (token.kind === 'comma' && context === 'range' && variables.length < 2) {
        this.nextPast();
        continue;
      }
      if (token.kind === 'declare' || token.kind === 'assign') {
        this.nextPast();
        if (token.kind === 'declare') this.variables.push(...variables);
        return { variables, assigns: token.kind === 'assign' };
      }
      break;
    }
    this.position = from;
    return { variables: [], assigns: false };
  }

  private command(): CommandNode {
    const args: Operand[] = [];
    const at = this.peekPast().at;
    while (this.failure === null) {
      const operand = this.operand();
      if (operand !== null) args.push(operand);
      const token = this.next();
      if (token.kind === 'space') {
        const after = this.peekPast();
        if (after.kind === 'close' || after.kind === 'pipe' || after.text === ')') break;
        continue;
      }
      this.position--;
      if (token.kind !== 'close' && token.kind !== 'pipe' && token.text !== ')')
        this.fail(`unexpected ${shown(token)} in operand`, token);
      break;
    }
    return { at, args };
  }

  private operand(): Operand | null {
    const token = this.nextPast();
    const { at, text } = token;
    switch (token.kind) {
      case 'field': {
        const names = [text.slice(1)];
        // Go gives a chain of fields the place of its second one.
        const second = this.peek();
        names.push(...this.chain());
        return { kind: 'field', at: names.length > 1 ? second.at : at, names };
      }
      case 'variable': {
        if (!this.variables.includes(text)) return this.fail(`undefined variable "${text}"`, token);
        const second = this.peek();
        const names = this.chain();
        return { kind: 'variable', at: names.length > 0 ? second.at : at, name: text, names };
      }
      case 'dot':
        return { kind: 'dot', at };
      case 'number':
        return { kind: 'literal', at, value: Number(text), source: text };
      case 'char':
        return { kind: 'literal', at, value: unquote(`"${text.slice(1, -1)}"`).codePointAt(0) ?? 0, source: text };
      case 'string':
        return { kind: 'literal', at, value: unquote(text), source: text };
      case 'word':
        if (text === 'true' || text === 'false') return { kind: 'literal', at, value: text === 'true', source: text };
        if (text === 'nil') return { kind: 'nil', at };
        if (!this.functions.has(text)) return this.fail(`function "${text}" not defined`, token);
        return { kind: 'function', at, name: text };
      case 'paren': {
        if (text === ')') break;
        const pipe = this.pipe('parenthesized pipeline', 'paren');
        return { kind: 'pipe', at, pipe, names: this.chain() };
      }
      default:
    }
    return this.fail(`unexpected ${shown(token)} in ${token.kind === 'text' ? 'command' : 'command'}`, token);
  }

  private chain(): string[] {
    const names: string[] = [];
    while (this.peek().kind === 'field') names.push(this.next().text.slice(1));
    return names;
  }

  private close(context: string): void {
    const token = this.nextPast();
    if (token.kind !== 'close') this.fail(`unexpected ${shown(token)} in ${context}`, token);
  }

  private next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  private peek(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token;
  }

  private nextPast(): Token {
    this.peekPast();
    return this.next();
  }

  private peekPast(): Token {
    while (this.peek().kind === 'space') this.position++;
    return this.peek();
  }

  private fail(message: string, token: Token): null {
    this.failure ??= { at: token.at, message };
    return null;
  }
}

function shown(token: Token): string {
  if (token.kind === 'end') return 'EOF';
  if (token.kind === 'word' || token.kind === 'field' || token.kind === 'variable') return `<${token.text}>`;
  return `"${token.text}"`;
}
