import { quoteWord } from '../expand/word-text.ts';
import { formatPrintf } from '../../base/printf-format.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Program, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';
import { echoText } from '../builtins/echo-text.ts';
import { evaluateTestWords } from '../builtins/test-expression.ts';

/** The commands that shells carry out themselves, as the programs of the same name in /bin. */

const nameOf = (proc: Proc) => (proc.argv[0] ?? '').replace(/.*\//, '');

const echo: Program = function* (proc) {
  return (yield* proc.write(1, echoText(proc.argv.slice(1)))).ok ? 0 : 1;
};

const printf: Program = function* (proc) {
  const [format, ...args] = proc.argv.slice(1);
  const gnu = proc.library === 'glibc';
  if (format === undefined) {
    yield* proc.write(
      2,
      gnu
        ? "printf: missing operand\nTry 'printf --help' for more information.\n"
        : 'BusyBox v1.37.0 multi-call binary.\n\nUsage: printf FORMAT [ARG]...\n\nFormat and print ARG(s) according to FORMAT (a-la C printf)\n',
    );
    return 1;
  }
  const { text, errors } = formatPrintf(format, args, quoteWord);
  yield* proc.write(1, text);
  for (const error of errors)
    yield* proc.write(
      2,
      error.kind === 'number'
        ? gnu
          ? `printf: ‘${error.argument}’: expected a numeric value\n`
          : `printf: invalid number '${error.argument}'\n`
        : gnu
          ? `printf: ${error.conversion}: invalid conversion specification\n`
          : `printf: ${error.conversion}: invalid format\n`,
    );
  return errors.length > 0 ? 1 : 0;
};

function* tested(proc: Proc, words: readonly string[]): Sys<number> {
  const { status, error } = yield* evaluateTestWords(proc, words, proc.library === 'glibc' ? 'gnu' : 'busybox');
  if (error !== null) yield* proc.write(2, `${nameOf(proc)}: ${error}\n`);
  return status;
}

const test: Program = function* (proc) {
  return yield* tested(proc, proc.argv.slice(1));
};

const bracket: Program = function* (proc) {
  if (proc.argv.at(-1) === ']' && proc.argv.length > 1) return yield* tested(proc, proc.argv.slice(1, -1));
  yield* proc.write(2, proc.library === 'glibc' ? '[: missing ‘]’\n' : '[: missing ]\n');
  return 2;
};

const succeed: Program = function* () {
  return 0;
};

const fail: Program = function* () {
  return 1;
};

const pwd: Program = function* (proc) {
  return (yield* proc.write(1, `${proc.cwd()}\n`)).ok ? 0 : 1;
};

const kill: Program = function* (proc) {
  const gnu = proc.library === 'glibc';
  let words = proc.argv.slice(1);
  let signal: Signal | 0 = 'SIGTERM';
  if (words[0] === '-l' || words[0] === '-L') {
    const listed = Object.entries(SIGNALS).map(([name, number]) =>
      gnu ? name.slice(3) : `${String(number).padStart(2)}) ${name.slice(3)}`,
    );
    yield* proc.write(1, gnu ? `${listed.join(' ')}\n` : `${listed.join('\n')}\n`);
    return 0;
  }
  const option =
    words[0] === '-s'
      ? words[1]
      : /^-./.test(words[0] ?? '') && words[0] !== '--'
        ? (words[0] as string).slice(1)
        : undefined;
  if (option !== undefined) {
    const named = option === '0' ? 0 : parseSignal(option);
    if (named === undefined) {
      yield* proc.write(2, gnu ? `kill: unknown signal: ${option}\n` : `kill: bad signal name '${option}'\n`);
      return 1;
    }
    signal = named;
    words = words.slice(words[0] === '-s' ? 2 : 1);
  }
  if (words[0] === '--') words = words.slice(1);
  if (words.length === 0) {
    yield* proc.write(2, gnu ? 'kill: not enough arguments\n' : 'kill: you need to specify whom to kill\n');
    return 1;
  }
  let status = 0;
  for (const word of words) {
    const sent = /^-?\d+$/.test(word) ? yield* proc.kill(Number(word), signal) : null;
    if (sent?.ok) continue;
    status = 1;
    if (!sent)
      yield* proc.write(2, gnu ? `kill: failed to parse argument: '${word}'\n` : `kill: invalid number '${word}'\n`);
    else
      yield* proc.write(
        2,
        gnu
          ? `kill: (${word}): ${strerror(sent.error, 'glibc')}\n`
          : `kill: can't kill pid ${word}: ${strerror(sent.error, 'musl')}\n`,
      );
  }
  return status;
};

/** By name: what an image's BusyBox and the host's /usr/bin have besides the shells themselves. */
export const SHELL_APPLETS: ReadonlyMap<string, Program> = new Map([
  ['[', bracket],
  ['echo', echo],
  ['false', fail],
  ['kill', kill],
  ['printf', printf],
  ['pwd', pwd],
  ['test', test],
  ['true', succeed],
]);
