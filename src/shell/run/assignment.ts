import type { ArrayValue, Assignment, Word } from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { expandArithmetic } from '../expand/expand-arithmetic.ts';
import { expandText, expandWords } from '../expand/expand-word.ts';
import { assign } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';

/** `name=value`, `name+=value`, `name[index]=value`, `name=(…)`. False: it failed, and that has been told. */
export function* assignNode(shell: Shell, node: Assignment): Sys<boolean> {
  const { name, value, append } = node;
  if (value.type === 'ArrayValue') return yield* assignArray(shell, name, value, append ?? false);
  const text = yield* expandText(shell, value, { tilde: 'assignment' });
  if (shell.unwinding) return false;
  const index = node.index ? yield* elementIndex(shell, name, node.index) : null;
  return yield* assignText(shell, name, text, { append: append ?? false, index });
}

/** Sets a variable to an expanded value, as its attributes want it. */
export function* assignText(
  shell: Shell,
  name: string,
  text: string,
  { append = false, index = null }: { readonly append?: boolean; readonly index?: string | null } = {},
): Sys<boolean> {
  const old = index === null ? shell.variables.get(name) : shell.variables.find(name)?.elements?.get(index);
  let value = text;
  if (shell.variables.find(name)?.integer) {
    const number = yield* expandArithmetic(shell, append ? `${old ?? 0}+(${text})` : text);
    if (number === null) return false;
    value = String(number);
  } else if (append) value = (old ?? '') + text;
  return yield* assign(shell, name, value, index);
}

function* elementIndex(shell: Shell, name: string, word: Word): Sys<string> {
  if (shell.variables.find(name)?.associative) return yield* expandText(shell, word);
  return String((yield* expandArithmetic(shell, word.text)) ?? 0n);
}

function* assignArray(shell: Shell, name: string, { elements }: ArrayValue, append: boolean): Sys<boolean> {
  if (shell.flavor === 'ash') {
    yield* shell.complain('syntax error: unexpected "("');
    shell.fail(2);
    return false;
  }
  const old = shell.variables.find(name);
  const associative = old?.associative ?? false;
  const result = new Map(append ? (old?.elements ?? (old?.value != null ? [['0', old.value]] : [])) : []);
  let next = Math.max(-1, ...(associative ? [] : [...result.keys()].map(Number))) + 1;
  for (const word of elements) {
    const keyed = /^\[([^\]]*)\]=/.exec(word.text);
    const words = yield* expandWords(shell, [word]);
    if (shell.unwinding) return false;
    if (keyed) {
      const text = words.join(' ');
      const end = text.indexOf(']=');
      const key = text.slice(1, end).replace(/^(["'])(.*)\1$/, '$2');
      const index = associative ? key : String((yield* expandArithmetic(shell, key)) ?? 0n);
      result.set(index, text.slice(end + 2));
      if (!associative) next = Number(index) + 1;
    } else for (const each of words) result.set(String(next++), each);
  }
  if (shell.variables.setArray(name, result, associative)) return true;
  yield* shell.complain(`${name}: readonly variable`);
  shell.fail(1);
  return false;
}
