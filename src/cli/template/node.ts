/** The tree of a template (Go's text/template/parse), as far as docker's formats use it. */
export type Node =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'action'; readonly at: number; readonly pipe: Pipe }
  | BlockNode
  | { readonly kind: 'break' | 'continue'; readonly at: number };

export interface BlockNode {
  readonly kind: 'if' | 'with' | 'range';
  readonly at: number;
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** `$k, $v := .Networks` or `.Names | upper`. */
export interface Pipe {
  readonly at: number;
  readonly variables: readonly string[];
  /** `:=` makes them, `=` sets them. */
  readonly assigns: boolean;
  readonly commands: readonly CommandNode[];
}

export interface CommandNode {
  readonly at: number;
  readonly args: readonly Operand[];
}

export type Operand =
  | { readonly kind: 'dot' | 'nil'; readonly at: number }
  | {
      readonly kind: 'literal';
      readonly at: number;
      readonly value: string | number | boolean;
      readonly source: string;
    }
  | { readonly kind: 'field'; readonly at: number; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly at: number; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly at: number; readonly name: string }
  | { readonly kind: 'pipe'; readonly at: number; readonly pipe: Pipe; readonly names: readonly string[] };

/** The node's source as Go writes it in error messages. */
export function sourceOf(operand: Operand): string {
  switch (operand.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'literal':
      return operand.source;
    case 'field':
      return fields(operand.names);
    case 'variable':
      return operand.name + fields(operand.names);
    case 'function':
      return operand.name;
    case 'pipe':
      return `(${pipeSource(operand.pipe)})${fields(operand.names)}`;
  }
}

export function commandSource(command: CommandNode): string {
  return command.args.map(sourceOf).join(' ');
}

export function pipeSource(pipe: Pipe): string {
  const assigned = pipe.variables.length === 0 ? '' : `${pipe.variables.join(', ')} ${pipe.assigns ? '=' : ':='} `;
  return assigned + pipe.commands.map(commandSource).join(' | ');
}

function fields(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('');
}
