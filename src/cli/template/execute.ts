import { err, ok, type Result } from '../../base/result.ts';
import type { Functions } from './functions.ts';
import {
  commandSource,
  sourceOf,
  type BlockNode,
  type CommandNode,
  type Node,
  type Operand,
  type Pipe,
} from './node.ts';
import { lineAt, type Template } from './parse.ts';
import {
  GoNil,
  GoStruct,
  isList,
  isMap,
  isTrue,
  NO_VALUE,
  printValue,
  sorted,
  typeName,
  type GoValue,
} from './value.ts';

export interface ExecuteOptions {
  readonly functions: Functions;
  /** `error`: a key that a map doesn't have ends it, as with Go's option missingkey=error. */
  readonly missingKey?: 'error';
}

/** The template's text for this data; the error has Go's words, with the place and the part that failed. */
export function executeTemplate(template: Template, data: GoValue, options: ExecuteOptions): Result<string, string> {
  const execution = new Execution(template, data, options);
  execution.walk(template.nodes, data);
  return execution.failure === null ? ok(execution.text) : err(execution.failure);
}

class Execution {
  text = '';
  failure: string | null = null;
  private readonly variables: { name: string; value: GoValue }[];
  private leaving: 'break' | 'continue' | null = null;

  constructor(
    private readonly template: Template,
    data: GoValue,
    private readonly options: ExecuteOptions,
  ) {
    this.variables = [{ name: '$', value: data }];
  }

  walk(nodes: readonly Node[], dot: GoValue): void {
    for (const node of nodes) {
      if (this.failure !== null || this.leaving !== null) return;
      const known = this.variables.length;
      switch (node.kind) {
        case 'text':
          this.text += node.text;
          break;
        case 'break':
        case 'continue':
          this.leaving = node.kind;
          break;
        case 'action': {
          const value = this.pipe(node.pipe, dot);
          if (node.pipe.variables.length === 0 && this.failure === null) this.text += printValue(value);
          // A variable that is declared here lives on to the end of the enclosing block.
          continue;
        }
        case 'range':
          this.range(node, dot);
          break;
        case 'if':
        case 'with': {
          const value = this.pipe(node.pipe, dot);
          const holds = isTrue(value);
          if (this.failure === null)
            this.walk(holds ? node.body : node.otherwise, holds && node.kind === 'with' ? value : dot);
          break;
        }
      }
      this.variables.length = known;
    }
  }

  private range(node: BlockNode, dot: GoValue): void {
    const value = this.pipe(node.pipe, dot);
    if (this.failure !== null) return;
    const items = this.itemsOf(value, node);
    if (items === null) return;
    if (items.length === 0) return this.walk(node.otherwise, dot);
    const declared = node.pipe.variables;
    for (const [key, item] of items) {
      const known = this.variables.length;
      if (declared.length > 0) this.variables.push({ name: declared.at(-1) as string, value: item });
      if (declared.length > 1) this.variables.push({ name: declared[0] as string, value: key });
      this.walk(node.body, item);
      this.variables.length = known;
      const { leaving } = this;
      this.leaving = null;
      if (leaving === 'break' || this.failure !== null) return;
    }
  }

  private itemsOf(value: GoValue, node: BlockNode): [GoValue, GoValue][] | null {
    if (value instanceof GoNil) return [];
    if (isMap(value)) return sorted(value);
    if (isList(value)) return value.map((each, i) => [i, each]);
    if (typeof value === 'number') return Array.from({ length: Math.max(0, value) }, (_, i) => [i, i]);
    this.fail(node.pipe.at, sourceOfFirst(node.pipe), `range can't iterate over ${printValue(value)}`);
    return null;
  }

  private pipe(pipe: Pipe, dot: GoValue): GoValue {
    let value: GoValue | undefined;
    for (const command of pipe.commands) {
      value = this.command(command, dot, value);
      if (this.failure !== null) return NO_VALUE;
    }
    const result = value ?? NO_VALUE;
    const inRange = pipe.variables.length > 1;
    for (const name of inRange ? [] : pipe.variables) {
      const known = pipe.assigns ? this.variables.findLast((each) => each.name === name) : undefined;
      if (known !== undefined) known.value = result;
      else this.variables.push({ name, value: result });
    }
    return result;
  }

  private command(command: CommandNode, dot: GoValue, piped: GoValue | undefined): GoValue {
    const [first, ...rest] = command.args as [Operand, ...Operand[]];
    if (first.kind === 'function') return this.call(first.name, command, rest, dot, piped);
    const takes = rest.length > 0 || piped !== undefined;
    if (first.kind === 'field' || first.kind === 'variable' || first.kind === 'pipe') {
      const base = this.base(first, dot);
      if (this.failure !== null) return NO_VALUE;
      const args = takes ? { rest, piped, dot } : null;
      if (first.names.length === 0 && args !== null) return this.giveArguments(first, command);
      return this.fields(base, first, args);
    }
    if (takes) return this.giveArguments(first, command);
    if (first.kind === 'nil') return this.fail(first.at, 'nil', 'nil is not a command');
    return this.operand(first, dot);
  }

  private giveArguments(first: Operand, command: CommandNode): GoValue {
    return this.fail(command.at, commandSource(command), `can't give argument to non-function ${sourceOf(first)}`);
  }

  private operand(operand: Operand, dot: GoValue): GoValue {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return NO_VALUE;
      case 'literal':
        return operand.value;
      case 'function':
        return this.call(operand.name, { at: operand.at, args: [operand] }, [], dot, undefined);
      default:
        return this.fields(this.base(operand, dot), operand, null);
    }
  }

  private base(operand: Extract<Operand, { names: readonly string[] }>, dot: GoValue): GoValue {
    if (operand.kind === 'field') return dot;
    if (operand.kind === 'pipe') return this.pipe(operand.pipe, dot);
    return this.variables.findLast((each) => each.name === operand.name)?.value ?? NO_VALUE;
  }

  private fields(
    base: GoValue,
    operand: Extract<Operand, { names: readonly string[] }>,
    args: { rest: readonly Operand[]; piped: GoValue | undefined; dot: GoValue } | null,
  ): GoValue {
    let value = base;
    operand.names.forEach((name, i) => {
      if (this.failure !== null) return;
      const last = i === operand.names.length - 1;
      value = this.field(value, name, operand, last ? args : null);
    });
    return value;
  }

  private field(
    value: GoValue,
    name: string,
    operand: Operand,
    args: { rest: readonly Operand[]; piped: GoValue | undefined; dot: GoValue } | null,
  ): GoValue {
    const fail = (message: string): GoValue => this.fail(operand.at, sourceOf(operand), message);
    if (value instanceof GoStruct) {
      const method = value.methods.get(name);
      if (method !== undefined) {
        const given = (args?.rest ?? []).map((each) => printValue(this.operand(each, args?.dot ?? NO_VALUE)));
        if (args?.piped !== undefined) given.push(printValue(args.piped));
        if (given.length !== method.length)
          return fail(`wrong number of args for ${name}: want ${method.length} got ${given.length}`);
        return this.failure === null ? method(...given) : NO_VALUE;
      }
      const field = value.field(name);
      if (field === undefined) return fail(`can't evaluate field ${name} in type ${value.type}`);
      if (args !== null) return fail(`${name} has arguments but cannot be invoked as function`);
      return field;
    }
    if (isMap(value)) {
      const entry = value.get(name);
      if (args !== null) return fail(`${name} is not a method but has arguments`);
      if (entry !== undefined) return entry;
      return this.options.missingKey === 'error' ? fail(`map has no entry for key "${name}"`) : NO_VALUE;
    }
    if (value instanceof GoNil) {
      if (value.kind === 'none') return fail(`nil data; no entry for key "${name}"`);
      if (value.kind === 'map') return NO_VALUE;
      return fail(`nil pointer evaluating interface {}.${name}`);
    }
    return fail(`can't evaluate field ${name} in type ${typeName(value)}`);
  }

  private call(
    name: string,
    command: CommandNode,
    rest: readonly Operand[],
    dot: GoValue,
    piped: GoValue | undefined,
  ): GoValue {
    const fn = this.options.functions.get(name);
    if (fn === undefined) return this.fail(command.at, name, `"${name}" is not a defined function`);
    const count = rest.length + (piped === undefined ? 0 : 1);
    if (count < fn.least || count > fn.most) {
      const wanted = fn.most === Number.POSITIVE_INFINITY ? `at least ${fn.least}` : String(fn.least);
      return this.fail(command.at, name, `wrong number of args for ${name}: want ${wanted} got ${count}`);
    }
    const args: GoValue[] = [];
    for (const each of rest) {
      const value = this.operand(each, dot);
      if (this.failure !== null) return NO_VALUE;
      args.push(value);
      // `and` and `or` look no further than they need to.
      if ((name === 'and' && !isTrue(value)) || (name === 'or' && isTrue(value))) return value;
    }
    if (piped !== undefined) args.push(piped);
    const result = fn.call(args);
    if (result.ok) return result.value;
    return this.fail(command.at, commandSource(command), `error calling ${name}: ${result.error}`);
  }

  /** `template: :1:2: executing "" at <.Nope>: …`; the first failure stands. */
  private fail(at: number, source: string, message: string): GoValue {
    const before = this.template.source.slice(0, at);
    const line = lineAt(this.template.source, at);
    const column = at - (before.lastIndexOf('\n') + 1);
    this.failure ??= `template: :${line}:${column}: executing "" at <${source}>: ${message}`;
    return NO_VALUE;
  }
}

function sourceOfFirst(pipe: Pipe): string {
  return pipe.commands.map(commandSource).join(' | ');
}
