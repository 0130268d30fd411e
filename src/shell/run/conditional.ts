import type { TestExpression, Word } from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { fileTest } from '../builtins/file-test.ts';
import { arithmeticScope } from '../expand/expand-arithmetic.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { expandPattern, expandText } from '../expand/expand-word.ts';
import { compilePattern, regexOf, unquotePattern } from '../expand/pattern.ts';
import { parameterValue } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';

/** `[[ … ]]` (bash(1)): no splitting, `==` matches patterns, `=~` regular expressions. The status: 0 true, 1 false, 2 an error. */
export function* evaluateTest(shell: Shell, node: TestExpression): Sys<number> {
  switch (node.type) {
    case 'TestGroup':
      return yield* evaluateTest(shell, node.expression);
    case 'TestNot': {
      const status = yield* evaluateTest(shell, node.operand);
      return status > 1 || node.negations.length % 2 === 0 ? status : 1 - status;
    }
    case 'TestLogical': {
      let status = 0;
      for (const operand of node.operands) {
        status = yield* evaluateTest(shell, operand);
        if (status > 1 || (node.operator === '&&') === (status === 1)) return status;
      }
      return status;
    }
    case 'TestUnary':
      return yield* unary(shell, node.operator, node.operand);
    case 'TestBinary':
      return yield* binary(shell, node.operator, node.left, node.right);
  }
}

const truth = (value: boolean) => (value ? 0 : 1);

function* unary(shell: Shell, operator: string, operand: Word): Sys<number> {
  const text = yield* expandText(shell, operand);
  if (shell.unwinding) return shell.status;
  switch (operator) {
    case '-n':
      return truth(text !== '');
    case '-z':
      return truth(text === '');
    case '-v':
      return truth(parameterValue(shell, text) !== null);
    case '-o':
      return truth((shell.options as unknown as Record<string, boolean>)[text] ?? false);
    default:
      return truth(yield* fileTest(shell.proc, operator, text, shell.io));
  }
}

function* binary(shell: Shell, operator: string, left: Word, right: Word): Sys<number> {
  const a = yield* expandText(shell, left);
  if (shell.unwinding) return shell.status;
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const matches = compilePattern(yield* expandPattern(shell, right));
      return truth(matches(a) === (operator !== '!='));
    }
    case '=~':
      return yield* regexMatch(shell, a, right);
    case '<':
      return truth(a < (yield* expandText(shell, right)));
    case '>':
      return truth(a > (yield* expandText(shell, right)));
    case '-nt':
    case '-ot':
    case '-ef': {
      const b = yield* expandText(shell, right);
      const [first, second] = [yield* shell.proc.stat(a), yield* shell.proc.stat(b)];
      if (!first.ok || !second.ok)
        return truth(operator === '-nt' ? first.ok && !second.ok : operator === '-ot' ? second.ok && !first.ok : false);
      const [x, y] = [first.value, second.value];
      return truth(
        operator === '-nt'
          ? x.modified > y.modified
          : operator === '-ot'
            ? x.modified < y.modified
            : x.inode === y.inode && x.device === y.device,
      );
    }
    default: {
      const b = yield* expandText(shell, right);
      return yield* numeric(shell, operator, a, b);
    }
  }
}

function* numeric(shell: Shell, operator: string, a: string, b: string): Sys<number> {
  const values: bigint[] = [];
  for (const text of [a, b]) {
    const value = evaluateArithmetic(text, arithmeticScope(shell));
    if (!value.ok) {
      yield* shell.complain(`[[: ${text}: ${value.error.reason} (error token is "${value.error.at}")`);
      return 1;
    }
    values.push(value.value);
  }
  const [x, y] = values as [bigint, bigint];
  switch (operator) {
    case '-eq':
      return truth(x === y);
    case '-ne':
      return truth(x !== y);
    case '-lt':
      return truth(x < y);
    case '-le':
      return truth(x <= y);
    case '-gt':
      return truth(x > y);
    case '-ge':
      return truth(x >= y);
    default:
      yield* shell.complain(`conditional binary operator expected: ${operator}`);
      return 2;
  }
}

function* regexMatch(shell: Shell, text: string, right: Word): Sys<number> {
  const pattern = yield* expandPattern(shell, right);
  if (shell.unwinding) return shell.status;
  // What was quoted came with backslashes; those are what a regular expression wants, too.
  const source = pattern.replace(
    /\[\[:(\w+):\]\]/g,
    (_all, name: string) =>
      `[${{ digit: '0-9', alpha: 'A-Za-z', alnum: 'A-Za-z0-9', space: '\\s', upper: 'A-Z', lower: 'a-z' }[name] ?? ''}]`,
  );
  const regex = regexOf(source, '') ?? regexOf(unquotePattern(source), '');
  if (!regex) return 2;
  const match = regex.exec(text);
  shell.variables.setArray('BASH_REMATCH', new Map((match ?? []).map((group, i) => [String(i), group ?? ''])));
  return truth(match !== null);
}
