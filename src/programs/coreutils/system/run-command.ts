import type { Result } from '../../../base/result.ts';
import { err } from '../../../base/result.ts';
import { type Errno, strerror } from '../../../kernel/syscalls/errno.ts';
import type { Fd, Pid, Proc, Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { SIGNALS } from '../../../kernel/syscalls/signal.ts';

/** Starting other programs by name, as execvp(3) does: for env, xargs, find, timeout, nohup. */

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The files that a name may mean, in the order of PATH. */
export function candidates(proc: Proc, name: string, env: ReadonlyMap<string, string> = proc.env): readonly string[] {
  if (name.includes('/')) return [name];
  return (env.get('PATH') ?? DEFAULT_PATH).split(':').map((folder) => `${folder || '.'}/${name}`);
}

/** The first executable of that name. */
export function* findProgram(proc: Proc, name: string): Sys<string | null> {
  for (const path of candidates(proc, name)) {
    const stat = yield* proc.stat(path);
    if (stat.ok && stat.value.type !== 'directory' && (stat.value.mode & 0o111) !== 0) return path;
  }
  return null;
}

export interface CommandOptions {
  readonly env?: ReadonlyMap<string, string>;
  readonly fds?: readonly (readonly [child: Fd, own: Fd])[];
  readonly uid?: number;
  readonly cwd?: string;
}

/** Starts a command as a child. */
export function* startCommand(
  proc: Proc,
  words: readonly string[],
  options: CommandOptions = {},
): Sys<Result<Pid, Errno>> {
  let failure: Errno = 'ENOENT';
  for (const path of candidates(proc, words[0] ?? '', options.env)) {
    const started = yield* proc.spawn({ run: { path }, argv: words, ...options });
    if (started.ok) return started;
    if (started.error !== 'ENOENT' && started.error !== 'ENOTDIR') failure = started.error;
  }
  return err(failure);
}

/** Becomes a command (execvp(3)): its status, or why it can't be had. */
export function* becomeCommand(
  proc: Proc,
  words: readonly string[],
  env: ReadonlyMap<string, string> = proc.env,
): Sys<number | Errno> {
  let failure: Errno = 'ENOENT';
  for (const path of candidates(proc, words[0] ?? '', env)) {
    const loaded = yield* proc.execute({ path, argv: words, env });
    if (loaded.ok) {
      const program: Program = loaded.value;
      return yield* program(proc);
    }
    if (loaded.error !== 'ENOENT' && loaded.error !== 'ENOTDIR') failure = loaded.error;
  }
  return failure;
}

/** Waits for a child; 128 and the signal's number after a signal. */
export function* awaitCommand(proc: Proc, pid: Pid): Sys<number> {
  for (;;) {
    const change = yield* proc.wait(pid);
    if (change.ok && change.value?.how === 'exited') return change.value.status;
    if (change.ok && change.value?.how === 'signaled') return 128 + SIGNALS[change.value.signal];
    if (!change.ok && change.error !== 'EINTR') return 127;
  }
}

/** Runs a command and waits; 127 or 126, and a message, where it can't be run. */
export function* runCommand(proc: Proc, words: readonly string[], options: CommandOptions = {}): Sys<number> {
  const started = yield* startCommand(proc, words, options);
  if (started.ok) return yield* awaitCommand(proc, started.value);
  yield* proc.write(2, cannotRun(proc, words[0] ?? '', started.error));
  return started.error === 'ENOENT' ? 127 : 126;
}

/** `env: 'foo': No such file or directory`, `xargs: foo: …`: as each tool says it. */
export function cannotRun(proc: Proc, name: string, error: Errno): string {
  const tool = (proc.argv[0] ?? '').replace(/.*\//, '');
  const words = strerror(error, proc.library);
  if (proc.library === 'musl')
    return `${tool}: ${tool === 'xargs' || tool === 'find' ? `${name}: ${words}` : `can't execute '${name}': ${words}`}\n`;
  if (tool === 'xargs') return `xargs: ${name}: ${words}\n`;
  if (tool === 'timeout' || tool === 'nohup') return `${tool}: failed to run command ‘${name}’: ${words}\n`;
  return `${tool}: ‘${name}’: ${words}\n`;
}
