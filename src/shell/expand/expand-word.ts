import type { DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { checkSignals } from '../run/signals.ts';
import { parameterValue } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';
import { expandArithmetic } from './expand-arithmetic.ts';
import { expandBraces } from './braces.ts';
import { expandPath } from './expand-path.ts';
import { quotePattern } from './pattern.ts';
import { type Chunk, type Field, fieldText, splitFields } from './split-fields.ts';
import { templateParts, wordParts, ansiC } from './word-text.ts';

/**
 * Word expansion (POSIX.1 XCU 2.6): braces, tilde, parameters, substitutions, arithmetic, splitting, pathnames, quote removal. A failed
 * expansion sets `shell.unwinding`; the caller looks.
 */
export type Context =
  | 'plain'
  /** Inside double quotes. */
  | 'double'
  /** A here-document's body, and texts like it: `"` is an ordinary character. */
  | 'document';

/** The words of a command line: each word may become none or many. */
export function* expandWords(shell: Shell, words: readonly Word[]): Sys<string[]> {
  const result: string[] = [];
  for (const word of words) {
    for (const [i, parts] of (yield* bracedParts(shell, word)).entries()) {
      if (i % WORDS_IN_A_SLICE === WORDS_IN_A_SLICE - 1) yield* pause(shell);
      if (shell.unwinding) return result;
      const chunks = yield* wordChunks(shell, parts.text, parts.parts, 'plain');
      if (shell.unwinding) return result;
      for (const field of splitFields(chunks, ifsOf(shell))) yield* addPaths(shell, field, result);
    }
  }
  return result;
}

/** One text, neither split nor matched against files: an assignment's value, a redirect's target, case's word. */
export function* expandText(
  shell: Shell,
  word: Word | undefined,
  options: { readonly tilde?: 'assignment' } = {},
): Sys<string> {
  if (!word) return '';
  const chunks = yield* wordChunks(shell, word.text, word.parts ?? null, 'plain', options.tilde === 'assignment');
  return joinChunks(chunks);
}

/** A pattern: what was quoted matches itself. */
export function* expandPattern(shell: Shell, word: Word, context: Context = 'plain'): Sys<string> {
  const chunks = yield* wordChunks(shell, word.text, word.parts ?? null, context);
  return chunks
    .map((chunk) => (chunk.kind === 'break' ? ' ' : chunk.kind === 'quoted' ? quotePattern(chunk.text) : chunk.text))
    .join('');
}

/** The text of a here-document, of arithmetic, of a prompt. */
export function* expandTemplate(
  shell: Shell,
  text: string,
  parts: readonly WordPart[] | null = templateParts(text),
): Sys<string> {
  return joinChunks(yield* wordChunks(shell, text, parts, 'document'));
}

export function joinChunks(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => (chunk.kind === 'break' ? ' ' : chunk.text)).join('');
}

export function ifsOf(shell: Shell): string {
  return shell.variables.get('IFS') ?? ' \t\n';
}

/** How many words of a brace expansion are made before others get their turn. */
const WORDS_IN_A_SLICE = 500;
/** Nothing in it could be a part of its own. */
const PLAIN = /^[\w.,:+/-]*$/;

interface WordText {
  readonly text: string;
  readonly parts: readonly WordPart[] | null;
}

/** Somebody who has typed too large a number may want the terminal back. */
function* pause(shell: Shell): Sys<void> {
  yield* shell.proc.cpu();
  yield* checkSignals(shell);
}

function* bracedParts(shell: Shell, word: Word): Sys<readonly WordText[]> {
  const plain = { text: word.text, parts: word.parts ?? null };
  if (shell.flavor !== 'bash' || !word.parts?.some(({ type }) => type === 'BraceExpansion')) return [plain];
  const texts = expandBraces(word.text);
  if (typeof texts === 'number') {
    yield* shell.complain(`brace expansion: failed to allocate memory for ${texts} elements`);
    return [{ text: word.text, parts: null }];
  }
  return texts.length === 1 && texts[0] === word.text
    ? [plain]
    : texts.map((text) => ({ text, parts: PLAIN.test(text) ? null : wordParts(text) }));
}

function* addPaths(shell: Shell, field: Field, result: string[]): Sys<void> {
  if (!shell.options.noglob && field.some(({ text, quoted }) => !quoted && /[*?[]|[@!+]\(/.test(text))) {
    const pattern = field.map(({ text, quoted }) => (quoted ? quotePattern(text) : text)).join('');
    const paths = yield* expandPath(shell, pattern);
    if (paths.length > 0 || shell.options.nullglob) {
      for (const path of paths) result.push(path);
      return;
    }
  }
  result.push(fieldText(field));
}

/** The chunks of a word; operands of `${x:-word}` come here too. */
export function* wordChunks(
  shell: Shell,
  text: string,
  parts: readonly WordPart[] | null,
  context: Context,
  assignment = false,
): Sys<Chunk[]> {
  const chunks: Chunk[] = [];
  const tilde = context === 'plain';
  if (!parts) {
    chunks.push(...literalChunks(shell, text, context, tilde, assignment));
    return chunks;
  }
  for (const [i, part] of parts.entries()) {
    yield* addPart(shell, part, chunks, context, tilde && i === 0, assignment);
    if (shell.unwinding) break;
  }
  yield* checkSize(shell, chunks);
  return chunks;
}

/** What a shell may hold of one word. */
const MOST_TEXT = 16 * 2 ** 20;

function* checkSize(shell: Shell, chunks: readonly Chunk[]): Sys<void> {
  let size = 0;
  for (const chunk of chunks) size += chunk.kind === 'break' ? 1 : chunk.text.length;
  if (size <= MOST_TEXT) return;
  yield* shell.complain(shell.flavor === 'bash' ? `xrealloc: cannot allocate ${size} bytes` : 'out of memory');
  shell.fail(2);
}

function* addPart(
  shell: Shell,
  part: WordPart,
  chunks: Chunk[],
  context: Context,
  first: boolean,
  assignment: boolean,
): Sys<void> {
  switch (part.type) {
    case 'Literal':
      chunks.push(...literalChunks(shell, part.text, context, first, assignment));
      return;
    case 'Glob':
      chunks.push({ text: part.text, kind: context === 'plain' ? 'literal' : 'quoted' });
      return;
    case 'SingleQuoted':
      chunks.push({ text: context === 'plain' ? part.value : part.text, kind: 'quoted' });
      return;
    case 'AnsiCQuoted':
      chunks.push({ text: context === 'plain' ? ansiC(part.text.slice(2, -1)) : part.text, kind: 'quoted' });
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      yield* addDoubleQuoted(shell, part, chunks, context);
      return;
    case 'SimpleExpansion':
      addParameter(shell, part.text.slice(1), null, chunks, context);
      if (shell.options.nounset) yield* checkSet(shell, part.text.slice(1));
      return;
    case 'ParameterExpansion':
      yield* shell.interpreter.expandParameter(shell, part, chunks, context);
      return;
    case 'CommandExpansion': {
      const output = yield* shell.interpreter.substitute(shell, part);
      chunks.push({ text: output, kind: context === 'plain' ? 'expanded' : 'quoted' });
      return;
    }
    case 'ArithmeticExpansion': {
      const value = yield* expandArithmetic(shell, arithmeticText(part.text));
      chunks.push({ text: value === null ? '' : String(value), kind: context === 'plain' ? 'expanded' : 'quoted' });
      return;
    }
    case 'ProcessSubstitution':
      yield* shell.complain('process substitution is not supported here: use a pipe or a file');
      shell.fail(1);
      return;
    case 'ExtendedGlob':
    case 'BraceExpansion':
      if (!part.parts) chunks.push(...literalChunks(shell, part.text, context, false, false));
      else yield* addInner(shell, part.text, part.pos, part.parts, chunks, context);
  }
}

/** A part with parts of its own inside: what is between them stands as it is. */
function* addInner(
  shell: Shell,
  text: string,
  base: number,
  parts: readonly WordPart[],
  chunks: Chunk[],
  context: Context,
): Sys<void> {
  let at = 0;
  for (const part of parts) {
    chunks.push({ text: text.slice(at, part.pos - base), kind: 'literal' });
    yield* addPart(shell, part, chunks, context, false, false);
    at = part.end - base;
  }
  chunks.push({ text: text.slice(at), kind: 'literal' });
}

function* addDoubleQuoted(
  shell: Shell,
  { text, parts }: { readonly text: string; readonly parts: readonly DoubleQuotedChild[] },
  chunks: Chunk[],
  context: Context,
): Sys<void> {
  if (context === 'document') {
    const inner = templateParts(text.slice(1, -1));
    chunks.push({ text: '"', kind: 'quoted' }, ...(yield* wordChunks(shell, text.slice(1, -1), inner, 'document')), {
      text: '"',
      kind: 'quoted',
    });
    return;
  }
  if (parts.length === 0) chunks.push({ text: '', kind: 'quoted' });
  for (const part of parts) {
    yield* addPart(shell, part, chunks, 'double', false, false);
    if (shell.unwinding) return;
  }
}

/** Adds the value of `$name`, or of `${name[index]}`. */
export function addParameter(
  shell: Shell,
  name: string,
  index: string | null,
  chunks: Chunk[],
  context: Context,
): void {
  addValue(shell, parameterValue(shell, name, index), name === '*' || index === '*', chunks, context);
}

export function addValue(
  shell: Shell,
  value: string | readonly string[] | null,
  joined: boolean,
  chunks: Chunk[],
  context: Context,
): void {
  if (typeof value === 'string' || value === null) {
    chunks.push({ text: value ?? '', kind: context === 'plain' ? 'expanded' : 'quoted' });
    return;
  }
  if (context !== 'plain' && joined) {
    const ifs = shell.variables.get('IFS');
    chunks.push({ text: value.join(ifs === undefined ? ' ' : (ifs[0] ?? '')), kind: 'quoted' });
    return;
  }
  for (const [i, each] of value.entries()) {
    if (i > 0) chunks.push({ kind: 'break' });
    chunks.push({ text: each, kind: context === 'plain' ? 'expanded' : 'quoted' });
  }
}

function* checkSet(shell: Shell, name: string): Sys<void> {
  if (name === '@' || name === '*' || parameterValue(shell, name) !== null) return;
  yield* shell.complain(shell.flavor === 'bash' ? `${name}: unbound variable` : `${name}: parameter not set`);
  shell.fail(shell.flavor === 'bash' ? 1 : 2);
}

function arithmeticText(text: string): string {
  return text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1);
}

function literalChunks(shell: Shell, text: string, context: Context, first: boolean, assignment: boolean): Chunk[] {
  const chunks: Chunk[] = [];
  let rest = text;
  if (first && context === 'plain') {
    const home = tildePrefix(shell, rest, assignment);
    if (home) {
      chunks.push({ text: home.value, kind: 'quoted' });
      rest = rest.slice(home.length);
    }
  }
  const kind = context === 'plain' ? 'literal' : 'quoted';
  let plain = '';
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i] as string;
    const next = rest[i + 1];
    if (c !== '\\' || next === undefined) plain += c;
    else if (next === '\n') i++;
    else if (context === 'plain') {
      if (plain !== '') chunks.push({ text: plain, kind });
      plain = '';
      chunks.push({ text: next, kind: 'quoted' });
      i++;
    } else if ('$`\\'.includes(next) || (next === '"' && context === 'double')) {
      plain += next;
      i++;
    } else plain += c;
  }
  if (plain !== '' || chunks.length === 0) chunks.push({ text: plain, kind });
  if (!assignment || context !== 'plain') return chunks;
  return chunks.map((chunk) => (chunk.kind === 'literal' ? { ...chunk, text: colonTildes(shell, chunk.text) } : chunk));
}

function tildePrefix(
  shell: Shell,
  text: string,
  assignment: boolean,
): { readonly value: string; readonly length: number } | null {
  const match = (assignment ? /^~([\w.-]*|[+-])(?=[/:]|$)/ : /^~([\w.-]*|[+-])(?=\/|$)/).exec(text);
  if (!match) return null;
  const [all, who = ''] = match;
  const value =
    who === ''
      ? (shell.variables.get('HOME') ?? (shell.proc.uid === 0 ? '/root' : '/'))
      : who === '+'
        ? shell.variables.get('PWD')
        : who === '-'
          ? shell.variables.get('OLDPWD')
          : who === 'root'
            ? '/root'
            : who === shell.variables.get('USER')
              ? shell.variables.get('HOME')
              : undefined;
  return value === undefined ? null : { value, length: all.length };
}

function colonTildes(shell: Shell, text: string): string {
  return text.replace(/:~(?=[/:]|$)/g, () => `:${shell.variables.get('HOME') ?? '/'}`);
}
