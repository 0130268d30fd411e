import { decodeUtf8 } from '../../base/bytes.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { ifsOf } from '../expand/expand-word.ts';
import { collectSignals, checkSignals } from '../run/signals.ts';
import { assign } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';
import { COOKED } from '../../kernel/syscalls/tty.ts';
import { type Builtin, complainAs, invalidOption, takeOptions } from './builtin.ts';

/** Nanoseconds. */
const SECOND = 1e9;
const BYTES_IN_A_SLICE = 256;
const LONGEST_LINE = 2 ** 20;

/** read: one line, byte by byte so that nothing of the next one is taken. Left out: -e and -i, which edit. */
export const read: Builtin = function* (shell, args) {
  const { options, rest, unknown } = takeOptions(args, 'rsp:n:N:t:d:u:a:e');
  if (unknown)
    return yield* invalidOption(
      shell,
      'read',
      unknown,
      'read [-Eers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
    );
  for (const name of rest) {
    if (/^[A-Za-z_]\w*$/.test(name)) continue;
    yield* complainAs(
      shell,
      'read',
      shell.flavor === 'bash' ? `\`${name}': not a valid identifier` : `'${name}': bad variable name`,
    );
    return shell.flavor === 'bash' ? 1 : 2;
  }
  const fd = shell.io.get(Number(options.get('u') ?? 0));
  if (fd === undefined) {
    yield* complainAs(shell, 'read', `${options.get('u') ?? 0}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  const tty = shell.proc.isTty(fd);
  const prompt = options.get('p');
  if (prompt !== undefined && tty) yield* shell.error(prompt);
  const keys = options.has('n') || options.has('N') || options.has('s');
  const termios = tty && keys ? shell.proc.termios(fd) : null;
  if (termios)
    yield* shell.proc.setTermios(fd, {
      ...COOKED,
      canonical: !(options.has('n') || options.has('N')),
      echo: !options.has('s'),
    });
  const line = yield* readLine(shell, fd, options);
  if (termios) yield* shell.proc.setTermios(fd, termios);
  if (shell.unwinding) return shell.status;
  const whole = yield* assignLine(shell, line.text, rest, options);
  return whole ? line.status : 1;
};

function* readLine(
  shell: Shell,
  fd: number,
  options: ReadonlyMap<string, string>,
): Sys<{ readonly text: string; readonly status: number }> {
  const delimiter = (options.get('d') ?? '\n').charCodeAt(0) || 0;
  const most = Number(options.get('n') ?? options.get('N') ?? Number.POSITIVE_INFINITY);
  const exact = options.has('N');
  const deadline = options.has('t') ? shell.proc.now() + Number(options.get('t')) * SECOND : null;
  const bytes: number[] = [];
  let taken = 0;
  let escaped = false;
  let count = 0;
  let status = 0;
  while (count < most) {
    if (deadline !== null) {
      const ready = yield* shell.proc.poll([{ fd, read: true }], Math.max(0, deadline - shell.proc.now()));
      if (ready.ok && ready.value.length === 0) {
        status = 142;
        break;
      }
    }
    const chunk = yield* shell.proc.read(fd, 1);
    if (!chunk.ok && chunk.error === 'EINTR') {
      collectSignals(shell);
      yield* checkSignals(shell);
      if (shell.unwinding) break;
      continue;
    }
    // Input that never ends and never waits gives no other occasion.
    if (++taken % BYTES_IN_A_SLICE === 0) yield* checkSignals(shell);
    if (shell.unwinding) break;
    const byte = chunk.ok ? chunk.value[0] : undefined;
    if (byte === undefined) {
      status = 1;
      break;
    }
    if (escaped && byte === 10) {
      // A backslash joins lines.
      bytes.pop();
      escaped = false;
      continue;
    }
    if (byte === delimiter && !escaped && !exact) break;
    if (byte === 0) continue;
    if (bytes.length > LONGEST_LINE) {
      yield* shell.complain(
        shell.flavor === 'bash' ? `xrealloc: cannot allocate ${bytes.length} bytes` : 'out of memory',
      );
      shell.fail(2);
      break;
    }
    escaped = byte === 92 && !escaped && !options.has('r');
    if ((byte & 0xc0) !== 0x80) count++;
    bytes.push(byte);
  }
  return { text: decodeUtf8(Uint8Array.from(bytes)), status };
}

/** Splits the line over the names; the last takes the rest. */
function* assignLine(
  shell: Shell,
  line: string,
  names: readonly string[],
  options: ReadonlyMap<string, string>,
): Sys<boolean> {
  const raw = options.has('r');
  const array = options.get('a');
  if (names.length === 0 && array === undefined)
    return yield* assign(shell, 'REPLY', raw ? line : line.replace(/\\([^])/g, '$1'));
  const words = splitLine(line, ifsOf(shell), raw, array !== undefined ? Number.POSITIVE_INFINITY : names.length);
  if (array !== undefined) return shell.variables.setArray(array, new Map(words.map((word, i) => [String(i), word])));
  for (const [i, name] of names.entries()) if (!(yield* assign(shell, name, words[i] ?? ''))) return false;
  return true;
}

function splitLine(line: string, ifs: string, raw: boolean, most: number): readonly string[] {
  const isSpace = (c: string) => ifs.includes(c) && (c === ' ' || c === '\t' || c === '\n');
  const words: string[] = [];
  let i = 0;
  while (i < line.length && isSpace(line[i] as string)) i++;
  while (i < line.length && words.length < most) {
    const last = words.length === most - 1;
    let word = '';
    /** How much of the word is no white space at its end. */
    let kept = 0;
    for (; i < line.length; i++) {
      const c = line[i] as string;
      if (c === '\\' && !raw) {
        word += line[++i] ?? '';
        kept = word.length;
      } else if (ifs.includes(c) && !last) break;
      else {
        word += c;
        if (!isSpace(c)) kept = word.length;
      }
    }
    words.push(last ? word.slice(0, kept) : word);
    while (i < line.length && isSpace(line[i] as string)) i++;
    if (
      !last &&
      i < line.length &&
      ifs.includes(line[i] as string) &&
      !isSpace(line[i] as string) &&
      !isSpace(line[i - 1] ?? 'x')
    )
      i++;
    while (i < line.length && isSpace(line[i] as string)) i++;
  }
  return words;
}
