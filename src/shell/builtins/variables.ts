import type { Sys } from '../../kernel/syscalls/proc.ts';
import { expandArithmetic } from '../expand/expand-arithmetic.ts';
import { quoteWord } from '../expand/word-text.ts';
import { assignText } from '../run/assignment.ts';
import type { Shell } from '../state/shell.ts';
import type { Variable } from '../state/variables.ts';
import { type Builtin, complainAs, invalidOption, takeOptions } from './builtin.ts';

/** export, readonly, declare, local, unset, let. */

type Attributes = Partial<Omit<Variable, 'value' | 'elements'>>;

/** Splits `name=value`, checks the name, sets and marks it. */
function* declareOne(shell: Shell, command: string, word: string, attributes: Attributes): Sys<boolean> {
  const match = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?(?:(\+?)=([^]*))?$/.exec(word);
  if (!match) {
    yield* complainAs(
      shell,
      command,
      shell.flavor === 'bash' ? `\`${word}': not a valid identifier` : `${word.split('=')[0]}: bad variable name`,
    );
    if (shell.flavor === 'ash') shell.fail(2);
    return false;
  }
  const [, name = '', append, value] = match;
  const { readonly, ...others } = attributes;
  if (Object.keys(others).length > 0) shell.variables.mark(name, others);
  if (value !== undefined && !(yield* assignText(shell, name, value, { append: append === '+' }))) return false;
  if (readonly) shell.variables.mark(name, { readonly });
  else if (value === undefined && Object.keys(others).length === 0) shell.variables.mark(name, {});
  return true;
}

function* declareAll(shell: Shell, command: string, words: readonly string[], attributes: Attributes): Sys<number> {
  let status = 0;
  for (const word of words) if (!(yield* declareOne(shell, command, word, attributes))) status = 1;
  return status;
}

function declaration(name: string, { value, elements, exported, readonly, integer, associative }: Variable): string {
  const letters = `${elements ? (associative ? 'A' : 'a') : ''}${integer ? 'i' : ''}${readonly ? 'r' : ''}${exported ? 'x' : ''}`;
  const body = elements
    ? `=(${[...elements].map(([key, each]) => `[${key}]="${each.replace(/["$`\\]/g, '\\$&')}"`).join(' ')})`
    : value === null
      ? ''
      : `="${value.replace(/["$`\\]/g, '\\$&')}"`;
  return `declare -${letters || '-'} ${name}${body}\n`;
}

function* list(shell: Shell, command: string, wanted: (variable: Variable) => boolean): Sys<number> {
  for (const name of shell.variables.names()) {
    const variable = shell.variables.find(name) as Variable;
    if (!wanted(variable)) continue;
    yield* shell.out(
      shell.flavor === 'bash'
        ? declaration(name, variable)
        : `${command} ${name}${variable.value === null ? '' : `='${variable.value.replace(/'/g, "'\\''")}'`}\n`,
    );
  }
  return 0;
}

export const exportVariable: Builtin = function* (shell, args) {
  const { options, rest, unknown } = takeOptions(args, 'npf');
  if (unknown) return yield* invalidOption(shell, 'export', unknown, 'export [-fn] [name[=value] ...] or export -p');
  if (rest.length === 0) return yield* list(shell, 'export', ({ exported }) => exported);
  return yield* declareAll(shell, 'export', rest, { exported: !options.has('n') });
};

export const readonlyVariable: Builtin = function* (shell, args) {
  const { rest, unknown } = takeOptions(args, 'apAf');
  if (unknown)
    return yield* invalidOption(shell, 'readonly', unknown, 'readonly [-aAf] [name[=value] ...] or readonly -p');
  if (rest.length === 0) return yield* list(shell, 'readonly', ({ readonly }) => readonly);
  return yield* declareAll(shell, 'readonly', rest, { readonly: true });
};

export const declareVariable: Builtin = function* (shell, args) {
  const { options, rest, unknown } = takeOptions(
    args.map((arg) => arg.replace(/^\+/, '-')),
    'aAgilnprtuxfF',
  );
  if (unknown)
    return yield* invalidOption(
      shell,
      'declare',
      unknown,
      'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
    );
  if (options.has('f') || options.has('F')) {
    const names = rest.length > 0 ? rest : [...shell.functions.keys()].sort();
    for (const name of names) {
      if (!shell.functions.has(name)) return 1;
      yield* shell.out(rest.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    }
    return 0;
  }
  if (options.has('p') || rest.length === 0) {
    let status = 0;
    if (rest.length === 0) return yield* list(shell, 'declare', () => true);
    for (const name of rest) {
      const variable = shell.variables.find(name);
      if (variable) yield* shell.out(declaration(name, variable));
      else {
        yield* complainAs(shell, 'declare', `${name}: not found`);
        status = 1;
      }
    }
    return status;
  }
  const local = shell.variables.inFunction && !options.has('g');
  return yield* declareMarked(shell, 'declare', rest, args, options, local);
};

function* declareMarked(
  shell: Shell,
  command: string,
  words: readonly string[],
  args: readonly string[],
  options: ReadonlyMap<string, string>,
  local: boolean,
): Sys<number> {
  const off = args.some((arg) => arg.startsWith('+'));
  const attributes: Attributes = {
    ...(options.has('x') && { exported: !off }),
    ...(options.has('r') && { readonly: true }),
    ...(options.has('i') && { integer: !off }),
  };
  for (const word of words) {
    const name = /^\w+/.exec(word)?.[0];
    if (name && local) shell.variables.local(name);
    if (name && (options.has('a') || options.has('A')) && !shell.variables.find(name)?.elements)
      shell.variables.setArray(name, new Map(), options.has('A'));
  }
  return yield* declareAll(shell, command, words, attributes);
}

export const localVariable: Builtin = function* (shell, args) {
  if (!shell.variables.inFunction || shell.callDepth === 0) {
    yield* complainAs(shell, 'local', shell.flavor === 'bash' ? 'can only be used in a function' : 'not in a function');
    return 1;
  }
  const { options, rest } = takeOptions(args, 'aAilnrtux');
  return yield* declareMarked(shell, 'local', rest, args, options, true);
};

export const unset: Builtin = function* (shell, args) {
  const { options, rest, unknown } = takeOptions(args, 'fvn');
  if (unknown) return yield* invalidOption(shell, 'unset', unknown, 'unset [-f] [-v] [-n] [name ...]');
  let status = 0;
  for (const word of rest) {
    const element = /^(\w+)\[(.*)\]$/.exec(word);
    if (options.has('f')) shell.functions.delete(word);
    else if (element) shell.variables.unsetElement(element[1] as string, element[2] as string);
    else if (!shell.variables.find(word) && shell.functions.has(word) && !options.has('v'))
      shell.functions.delete(word);
    else if (!shell.variables.unset(word)) {
      yield* complainAs(
        shell,
        'unset',
        shell.flavor === 'bash' ? `${word}: cannot unset: readonly variable` : `${word}: is read only`,
      );
      status = 1;
    }
  }
  return status;
};

export const letArithmetic: Builtin = function* (shell, args) {
  if (args.length === 0) {
    yield* complainAs(shell, 'let', 'expression expected');
    return 1;
  }
  let value: bigint | null = 0n;
  for (const arg of args) {
    value = yield* expandArithmetic(shell, arg.replace(/[$`\\]/g, '\\$&'), 'let: ');
    if (value === null) return 1;
  }
  return value === 0n ? 1 : 0;
};

/** What `set` alone prints: all variables, in a form that can be read back. */
export function* listVariables(shell: Shell): Sys<number> {
  for (const name of shell.variables.names()) {
    const { value, elements } = shell.variables.find(name) as Variable;
    if (elements) yield* shell.out(`${name}=(${[...elements].map(([key, each]) => `[${key}]="${each}"`).join(' ')})\n`);
    else if (value !== null)
      yield* shell.out(`${name}=${shell.flavor === 'bash' ? quoteWord(value) : `'${value.replace(/'/g, "'\\''")}'`}\n`);
  }
  return 0;
}
