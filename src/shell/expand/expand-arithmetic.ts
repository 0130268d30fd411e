import type { Sys } from '../../kernel/syscalls/proc.ts';
import { assign, parameterValue } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';
import { type ArithmeticScope, evaluateArithmetic } from './arithmetic.ts';

/** The variables of a shell, as arithmetic sees them. */
export function arithmeticScope(shell: Shell): ArithmeticScope {
  return {
    get: (name, index) => {
      const value = parameterValue(shell, name, index);
      return typeof value === 'string' ? value : value === null ? undefined : value[0];
    },
    set: (name, index, value) =>
      index === null ? shell.variables.set(name, value) : shell.variables.setElement(name, index, value),
  };
}

/** The value of an arithmetic text after its `$` expansions; null when it has none, which has been told. */
export function* expandArithmetic(shell: Shell, text: string, command = ''): Sys<bigint | null> {
  const plain = /[$`\\]/.test(text) ? yield* shell.interpreter.expandTemplate(shell, text) : text;
  if (shell.unwinding) return null;
  const expression = plain.replace(/["']/g, '').trim();
  const value = evaluateArithmetic(expression, arithmeticScope(shell));
  if (value.ok) return value.value;
  const { reason, at } = value.error;
  yield* shell.complain(
    shell.flavor === 'bash'
      ? `${command}${expression === '' ? '' : `${expression}: `}${reason}${reason.endsWith('readonly variable') ? '' : ` (error token is "${at}")`}`
      : reason === 'division by 0'
        ? 'divide by zero'
        : 'arithmetic syntax error',
  );
  if (command === '') shell.fail(shell.flavor === 'bash' ? 1 : 2);
  return null;
}

/** Sets a variable to a number. */
export function* assignNumber(shell: Shell, name: string, value: bigint): Sys<boolean> {
  return yield* assign(shell, name, String(value));
}
