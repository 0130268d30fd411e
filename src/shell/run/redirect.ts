import type { HereDoc, HereString, Redirect, Redirection } from 'unbash';
import { encodeUtf8 } from '../../base/bytes.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { OpenFlags } from '../../kernel/syscalls/file.ts';
import type { Fd, Sys } from '../../kernel/syscalls/proc.ts';
import { expandTemplate, expandText, expandWords } from '../expand/expand-word.ts';
import { assignNumber } from '../expand/expand-arithmetic.ts';
import type { Shell } from '../state/shell.ts';

/** Descriptors after redirections, and those that have to be closed when they are over. */
export interface Redirected {
  readonly io: ReadonlyMap<number, Fd>;
  readonly opened: readonly Fd[];
}

/** Carries out redirections from left to right; null: one failed, which has been told. */
export function* redirect(shell: Shell, redirects: readonly Redirection[]): Sys<Redirected | null> {
  if (redirects.length === 0) return { io: shell.io, opened: [] };
  const io = new Map(shell.io);
  const opened: Fd[] = [];
  for (const each of redirects) {
    const done =
      each.type === 'Redirect' ? yield* one(shell, each, io, opened) : yield* document(shell, each, io, opened);
    if (done && !shell.unwinding) continue;
    yield* closeAll(shell, opened);
    return null;
  }
  return { io, opened };
}

export function* closeAll(shell: Shell, fds: readonly Fd[]): Sys<void> {
  for (const fd of fds) yield* shell.proc.close(fd);
}

function* one(
  shell: Shell,
  { operator, descriptor, target }: Redirect,
  io: Map<number, Fd>,
  opened: Fd[],
): Sys<boolean> {
  const number = descriptor?.type === 'FileDescriptor' ? descriptor.value : null;
  const word = yield* target1(shell, target);
  if (word === null) return false;
  if (descriptor?.type === 'FileDescriptorVariable')
    return yield* intoVariable(shell, descriptor.name, operator, word, io);
  const input = operator === '<' || operator === '<&' || operator === '<>';
  const fd = number ?? (input ? 0 : 1);
  if (operator === '<&' || operator === '>&') {
    if (word === '-') {
      io.delete(fd);
      return true;
    }
    if (/^\d+-?$/.test(word)) {
      const from = io.get(Number.parseInt(word, 10));
      if (from === undefined || !(yield* shell.proc.fstat(from)).ok) {
        yield* shell.complain(`${word}: ${shell.flavor === 'bash' ? 'Bad file descriptor' : 'bad file descriptor'}`);
        return false;
      }
      io.set(fd, from);
      if (word.endsWith('-')) io.delete(Number.parseInt(word, 10));
      return true;
    }
    if (operator === '<&' || number !== null) {
      yield* shell.complain(shell.flavor === 'bash' ? `${word}: ambiguous redirect` : 'syntax error: bad fd number');
      return false;
    }
  }
  const file = yield* openTarget(shell, word, operator);
  if (file === null) return false;
  opened.push(file);
  io.set(fd, file);
  if (operator === '&>' || operator === '&>>' || operator === '>&') io.set(2, file);
  return true;
}

/** `{name}>file`: a free descriptor from 10 on, whose number the variable gets. */
function* intoVariable(shell: Shell, name: string, operator: string, word: string, io: Map<number, Fd>): Sys<boolean> {
  const file = yield* openTarget(shell, word, operator);
  if (file === null) return false;
  let fd = 10;
  while (io.has(fd)) fd++;
  io.set(fd, file);
  shell.io = new Map([...shell.io, [fd, file]]);
  return yield* assignNumber(shell, name, BigInt(fd));
}

function* target1(shell: Shell, target: Redirect['target']): Sys<string | null> {
  if (!target) return null;
  if (shell.flavor === 'ash') return yield* expandText(shell, target);
  const words = yield* expandWords(shell, [target]);
  if (shell.unwinding) return null;
  if (words.length === 1) return words[0] as string;
  yield* shell.complain(`${target.text}: ambiguous redirect`);
  return null;
}

function* openTarget(shell: Shell, path: string, operator: string): Sys<Fd | null> {
  const write: OpenFlags = { write: true, create: true };
  const flags: OpenFlags =
    operator === '<'
      ? { read: true }
      : operator === '<>'
        ? { read: true, write: true, create: true }
        : operator === '>>' || operator === '&>>'
          ? { ...write, append: true }
          : { ...write, truncate: true };
  if (shell.options.noclobber && (operator === '>' || operator === '&>')) {
    const stat = yield* shell.proc.stat(path);
    if (stat.ok && stat.value.type === 'file') {
      yield* shell.complain(
        shell.flavor === 'bash' ? `${path}: cannot overwrite existing file` : `can't create ${path}: File exists`,
      );
      return null;
    }
  }
  const file = yield* shell.proc.open(path, flags);
  if (file.ok) return file.value;
  yield* shell.complain(openFailure(shell, path, file.error, operator === '<'));
  return null;
}

/** ash names what it could not do; a missing file or folder has words of its own (shell/ash.c, openredirect). */
function openFailure(shell: Shell, path: string, error: Errno, reading: boolean): string {
  if (shell.flavor === 'bash') return `${path}: ${shell.strerror(error)}`;
  const missing = error === 'ENOENT' || error === 'ENOTDIR';
  if (reading) return `can't open ${path}: ${missing ? 'no such file' : shell.strerror(error)}`;
  return `can't create ${path}: ${missing ? 'nonexistent directory' : shell.strerror(error)}`;
}

function* document(shell: Shell, node: HereDoc | HereString, io: Map<number, Fd>, opened: Fd[]): Sys<boolean> {
  const text =
    node.type === 'HereString' ? `${yield* expandText(shell, node.target)}\n` : yield* documentText(shell, node);
  if (shell.unwinding) return false;
  const pipe = yield* shell.proc.pipe();
  if (!pipe.ok) {
    yield* shell.complain(`cannot create pipe for here-document: ${shell.strerror(pipe.error)}`);
    return false;
  }
  opened.push(pipe.value.read);
  io.set(node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : 0, pipe.value.read);
  yield* feed(shell, pipe.value.write, encodeUtf8(text));
  yield* shell.proc.close(pipe.value.write);
  return true;
}

/** As much fits into a pipe; more is written by a process of its own. */
const PIPE_CAPACITY = 65536;

function* feed(shell: Shell, fd: Fd, bytes: Uint8Array): Sys<void> {
  if (bytes.length < PIPE_CAPACITY) {
    if (bytes.length > 0) yield* shell.proc.write(fd, bytes);
    return;
  }
  yield* shell.proc.spawn({
    run: {
      *program(proc) {
        yield* proc.write(1, bytes);
        return 0;
      },
    },
    argv: shell.proc.argv,
    fds: [[1, fd]],
  });
}

function* documentText(shell: Shell, node: HereDoc): Sys<string> {
  const tabs = node.operator === '<<-';
  const { text, parts } = node.body;
  if (node.delimiter?.quoted) return tabs ? text.replace(/^\t+/gm, '') : text;
  if (!tabs) return yield* expandTemplate(shell, text, parts ?? null);
  return yield* expandTemplate(shell, text.replace(/^\t+/gm, ''));
}
