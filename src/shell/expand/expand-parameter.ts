import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { assign, type ParameterValue, parameterValue } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';
import { expandArithmetic } from './expand-arithmetic.ts';
import { addValue, type Context, expandPattern, expandText, joinChunks, wordChunks } from './expand-word.ts';
import { compilePattern, patternSource, regexOf, unquotePattern } from './pattern.ts';
import type { Chunk } from './split-fields.ts';
import { quoteWord } from './word-text.ts';

/** `${…}` in all its forms (bash(1), "Parameter Expansion"); ash knows the POSIX ones, slices and replacement. */
export function* expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  chunks: Chunk[],
  context: Context,
): Sys<void> {
  const { parameter, operation, prefix } = part;
  if (operation?.type === 'Unknown' || !/^(?:\w+|[@*#?$!-])$/.test(parameter))
    return yield* badSubstitution(shell, part);
  if (
    shell.flavor === 'ash' &&
    (part.index || prefix === '!' || operation?.type === 'Transform' || operation?.type === 'CaseModification')
  )
    return yield* badSubstitution(shell, part);
  const index = yield* indexOf(shell, parameter, part.index);
  let name = parameter;
  if (operation?.type === 'Names') {
    addValue(
      shell,
      shell.variables.names().filter((each) => each.startsWith(parameter)),
      operation.operator === '*',
      chunks,
      context,
    );
    return;
  }
  if (prefix === '!') {
    const elements = shell.variables.find(parameter)?.elements;
    if (index === '@' || index === '*') {
      addValue(shell, elements ? [...elements.keys()] : [], index === '*', chunks, context);
      return;
    }
    const target = parameterValue(shell, parameter, index);
    if (typeof target !== 'string' || !/^(?:\w+|[@*#?$!-])$/.test(target)) {
      yield* shell.complain(`${parameter}: invalid indirect expansion`);
      shell.fail(1);
      return;
    }
    name = target;
  }
  const value = parameterValue(shell, name, prefix === '!' ? null : index);
  if (prefix === '#') {
    const length = value === null ? 0 : typeof value === 'string' ? [...value].length : value.length;
    chunks.push({ text: String(length), kind: context === 'plain' ? 'expanded' : 'quoted' });
    return;
  }
  const joined = name === '*' || index === '*';
  if (!operation) {
    if (value === null && shell.options.nounset) return yield* unbound(shell, name);
    addValue(shell, value, joined, chunks, context);
    return;
  }
  if (operation.type === 'Default')
    return yield* withDefault(shell, { name, index, value, joined, operation, chunks, context });
  if (value === null && shell.options.nounset) return yield* unbound(shell, name);
  if (operation.type === 'Slice') {
    addValue(shell, yield* slice(shell, name, value, operation), joined, chunks, context);
    return;
  }
  const change = yield* changeOf(shell, operation);
  if (shell.unwinding) return;
  addValue(
    shell,
    typeof value === 'string' || value === null ? change(value ?? '') : value.map(change),
    joined,
    chunks,
    context,
  );
}

function* badSubstitution(shell: Shell, part: ParameterExpansionPart): Sys<void> {
  yield* shell.complain(shell.flavor === 'bash' ? `${part.text}: bad substitution` : 'syntax error: bad substitution');
  shell.fail(shell.flavor === 'bash' ? 1 : 2);
}

function* unbound(shell: Shell, name: string): Sys<void> {
  yield* shell.complain(shell.flavor === 'bash' ? `${name}: unbound variable` : `${name}: parameter not set`);
  shell.fail(shell.flavor === 'bash' ? 1 : 2);
}

/** The index of `${name[…]}`: `@`, `*`, a key, or the value of an expression. */
export function* indexOf(shell: Shell, name: string, word: Word | undefined): Sys<string | null> {
  if (!word) return null;
  if (word.text === '@' || word.text === '*') return word.text;
  if (shell.variables.find(name)?.associative) return yield* expandText(shell, word);
  return String((yield* expandArithmetic(shell, word.text)) ?? 0n);
}

function* withDefault(
  shell: Shell,
  request: {
    readonly name: string;
    readonly index: string | null;
    readonly value: ParameterValue;
    readonly joined: boolean;
    readonly operation: Extract<ParameterOperation, { type: 'Default' }>;
    readonly chunks: Chunk[];
    readonly context: Context;
  },
): Sys<void> {
  const { name, index, value, joined, operation, chunks, context } = request;
  const { operator, operand } = operation;
  const colon = operator.startsWith(':');
  const isSet =
    value !== null &&
    (typeof value === 'string' ? !colon || value !== '' : value.length > 0 && (!colon || value.join('') !== ''));
  const add = function* (): Sys<void> {
    const inner = yield* wordChunks(shell, operand.text, operand.parts ?? null, context);
    chunks.push(
      ...inner.map((chunk): Chunk => (chunk.kind === 'literal' ? { text: chunk.text, kind: 'expanded' } : chunk)),
    );
  };
  switch (operator.at(-1)) {
    case '+':
      if (isSet) yield* add();
      else if (context !== 'plain') chunks.push({ text: '', kind: 'quoted' });
      return;
    case '-':
      if (isSet) addValue(shell, value, joined, chunks, context);
      else yield* add();
      return;
    case '=':
      if (!isSet) {
        const text = joinChunks(yield* wordChunks(shell, operand.text, operand.parts ?? null, context));
        if (shell.unwinding) return;
        if (!/^[A-Za-z_]\w*$/.test(name)) {
          yield* shell.complain(`$${name}: cannot assign in this way`);
          shell.fail(1);
          return;
        }
        if (!(yield* assign(shell, name, text, index))) return;
      }
      addValue(shell, parameterValue(shell, name, index), joined, chunks, context);
      return;
    default: {
      if (isSet) {
        addValue(shell, value, joined, chunks, context);
        return;
      }
      const text = joinChunks(yield* wordChunks(shell, operand.text, operand.parts ?? null, context));
      yield* shell.complain(
        `${name}: ${text === '' ? (shell.flavor === 'bash' ? `parameter ${colon ? 'null or ' : ''}not set` : `parameter not set${colon ? ' or null' : ''}`) : text}`,
      );
      shell.fail(shell.flavor === 'bash' && !shell.interactive ? 127 : shell.flavor === 'bash' ? 1 : 2);
    }
  }
}

function* slice(
  shell: Shell,
  name: string,
  value: ParameterValue,
  operation: Extract<ParameterOperation, { type: 'Slice' }>,
): Sys<ParameterValue> {
  const offset = yield* expandArithmetic(shell, operation.offset.text);
  const length = operation.length ? yield* expandArithmetic(shell, operation.length.text) : null;
  if (offset === null || shell.unwinding) return '';
  const isList = typeof value !== 'string' && value !== null;
  // $@ counts from 1, with $0 in front.
  const items = isList ? (name === '@' || name === '*' ? [shell.name, ...value] : value) : [...(value ?? '')];
  const count = BigInt(items.length);
  const from = offset < 0n ? offset + count : offset;
  if (from < 0n) return isList ? [] : '';
  const to = length === null ? count : length < 0n ? count + length : from + length;
  if (to < from) {
    if (length !== null && length < 0n) {
      yield* shell.complain(`${operation.length?.text ?? ''}: substring expression < 0`);
      shell.fail(1);
    }
    return isList ? [] : '';
  }
  const part = items.slice(Number(from > count ? count : from), Number(to > count ? count : to));
  return isList ? part : part.join('');
}

function* changeOf(shell: Shell, operation: ParameterOperation): Sys<(text: string) => string> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandPattern(shell, operation.operand, 'plain');
      return remover(pattern, operation.operator);
    }
    case 'Replace': {
      const pattern = yield* expandPattern(shell, operation.pattern, 'plain');
      const replacement = joinChunks(
        yield* wordChunks(shell, operation.replacement.text, operation.replacement.parts ?? null, 'plain'),
      );
      return replacer(pattern, operation.operator, replacement);
    }
    case 'CaseModification': {
      const matches = operation.operand ? compilePattern(yield* expandPattern(shell, operation.operand)) : () => true;
      const upper = operation.operator.startsWith('^');
      const one = (c: string) => (matches(c) ? (upper ? c.toUpperCase() : c.toLowerCase()) : c);
      return operation.operator.length === 2
        ? (text) => [...text].map(one).join('')
        : (text) => [...text].map((c, i) => (i === 0 ? one(c) : c)).join('');
    }
    case 'Transform':
      switch (operation.operand.text) {
        case 'U':
          return (text) => text.toUpperCase();
        case 'u':
          return (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
        case 'L':
          return (text) => text.toLowerCase();
        case 'Q':
          return (text) => (/^[\w@%+=:,./-]+$/.test(text) ? `'${text}'` : quoteWord(text));
        default:
          return (text) => text;
      }
    default:
      return (text) => text;
  }
}

function remover(pattern: string, operator: '#' | '##' | '%' | '%%'): (text: string) => string {
  const shortest = operator.length === 1;
  const source = `(?:${patternSource(pattern, { shortest })})`;
  if (operator.startsWith('#')) {
    const regex = regexOf(`^${source}`);
    return (text) => (regex ? text.replace(regex, '') : text);
  }
  if (!shortest) {
    const regex = regexOf(`${source}$`);
    return (text) => (regex ? text.replace(regex, '') : text);
  }
  // The shortest suffix: the last place from which the pattern reaches the end.
  const matches = compilePattern(pattern);
  return (text) => {
    for (let at = text.length; at >= 0; at--) if (matches(text.slice(at))) return text.slice(0, at);
    return text;
  };
}

function replacer(pattern: string, operator: '/' | '//' | '/#' | '/%', replacement: string): (text: string) => string {
  if (pattern === '' && operator !== '/#' && operator !== '/%') return (text) => text;
  const source = `(?:${patternSource(pattern)})`;
  const regex =
    operator === '/#'
      ? regexOf(`^${source}`)
      : operator === '/%'
        ? regexOf(`${source}$`)
        : regexOf(source, operator === '//' ? 'gu' : 'u');
  if (!regex) return (text) => text.split(unquotePattern(pattern)).join(replacement);
  return (text) => text.replace(regex, (match) => (match === '' && operator === '//' ? '' : replacement));
}
