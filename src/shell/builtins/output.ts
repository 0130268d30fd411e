import type { Sys } from '../../kernel/syscalls/proc.ts';
import { quoteWord } from '../expand/word-text.ts';
import type { Shell } from '../state/shell.ts';
import { assign } from '../state/parameters.ts';
import { type Builtin, complainAs } from './builtin.ts';
import { echoText } from './echo-text.ts';
import { formatPrintf } from '../../base/printf-format.ts';
import { evaluateTestWords } from './test-expression.ts';

/** echo, printf, test and [. */

export const echo: Builtin = function* (shell, args) {
  return yield* put(shell, 'echo', echoText(args));
};

function* put(shell: Shell, name: string, text: string): Sys<number> {
  if (text === '') return 0;
  const fd = shell.io.get(1);
  const written = fd === undefined ? ({ ok: false, error: 'EBADF' } as const) : yield* shell.proc.write(fd, text);
  if (written.ok) return 0;
  yield* complainAs(shell, name, `write error: ${shell.strerror(written.error)}`);
  return 1;
}

export const printf: Builtin = function* (shell, args) {
  let words = args;
  let variable: string | null = null;
  if (shell.flavor === 'bash' && words[0] === '-v') {
    variable = words[1] ?? '';
    words = words.slice(2);
  }
  if (words[0] === '--') words = words.slice(1);
  const [format, ...rest] = words;
  if (format === undefined) {
    if (shell.flavor === 'bash') yield* shell.error('printf: usage: printf [-v var] format [arguments]\n');
    else yield* complainAs(shell, 'printf', 'usage: printf FORMAT [ARG]...');
    return 2;
  }
  const { text, errors } = formatPrintf(format, rest, quoteWord);
  let status = 0;
  if (variable !== null) yield* assign(shell, variable, text);
  else status = yield* put(shell, 'printf', text);
  for (const error of errors) {
    status = 1;
    const bash = shell.flavor === 'bash';
    if (error.kind === 'number')
      yield* complainAs(
        shell,
        'printf',
        bash ? `${error.argument}: invalid number` : `invalid number '${error.argument}'`,
      );
    else
      yield* complainAs(
        shell,
        'printf',
        bash ? `\`${error.conversion.at(-1)}': invalid format character` : `${error.conversion}: invalid format`,
      );
  }
  return status;
};

export const test: Builtin = function* (shell, args) {
  return yield* tested(shell, 'test', args);
};

export const bracket: Builtin = function* (shell, args) {
  if (args.at(-1) !== ']') {
    yield* complainAs(shell, '[', shell.flavor === 'bash' ? "missing `]'" : 'missing ]');
    return 2;
  }
  return yield* tested(shell, '[', args.slice(0, -1));
};

function* tested(shell: Shell, name: string, args: readonly string[]): Sys<number> {
  const { status, error } = yield* evaluateTestWords(
    shell.proc,
    args,
    shell.flavor === 'bash' ? 'gnu' : 'busybox',
    shell.io,
  );
  if (error !== null) {
    // BusyBox's test is an applet that speaks for itself.
    if (shell.flavor === 'bash') yield* complainAs(shell, name, error);
    else yield* shell.error(`${shell.name}: ${error}\n`);
  }
  return status;
}
