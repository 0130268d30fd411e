import type { PidNamespace } from '../../kernel/process/namespaces.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { FileInode } from '../../kernel/fs/inode.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Container } from './container.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a process of a container finds in its environment (container.go, CreateDaemonEnvironment): later ones win. */
export function processEnvironment(
  container: Container,
  {
    tty = container.config.Tty,
    linked = [],
    extra = [],
    home = '/root',
  }: {
    readonly tty?: boolean;
    /** From links of the default bridge. */
    readonly linked?: readonly string[];
    /** An exec's own. */
    readonly extra?: readonly string[] | undefined;
    readonly home?: string;
  } = {},
): Map<string, string> {
  const env = new Map<string, string>([
    ['PATH', PATH],
    ['HOSTNAME', container.hostname],
  ]);
  if (tty) env.set('TERM', 'xterm');
  for (const variable of [...linked, ...container.config.Env, ...extra]) {
    const at = variable.indexOf('=');
    if (at > 0) env.set(variable.slice(0, at), variable.slice(at + 1));
  }
  if (!env.has('HOME')) env.set('HOME', home);
  return env;
}

/** The file that a word names inside of a container, as runc looks for it; the failure is runc's text. */
export function resolveProgram(
  namespaces: Namespaces,
  word: string,
  env: ReadonlyMap<string, string>,
  cwd: string,
): Result<string, string> {
  const isExecutable = (path: string) => {
    const at = namespaces.mounts.resolve(cwd, path, true);
    return at.ok && at.value.inode instanceof FileInode
      ? (at.value.inode.mode & 0o111) !== 0
        ? 'yes'
        : 'no'
      : at.ok && at.value.inode
        ? 'directory'
        : 'missing';
  };
  if (word.includes('/')) {
    const found = isExecutable(word);
    if (found === 'yes') return ok(word);
    return err(
      `exec: "${word}": ${found === 'missing' ? `stat ${word}: no such file or directory` : found === 'directory' ? 'is a directory' : 'permission denied'}`,
    );
  }
  let denied = false;
  for (const folder of (env.get('PATH') ?? PATH).split(':')) {
    const found = isExecutable(`${folder}/${word}`);
    if (found === 'yes') return ok(`${folder}/${word}`);
    denied ||= found === 'no';
  }
  return err(`exec: "${word}": ${denied ? 'permission denied' : 'executable file not found in $PATH'}`);
}

/** The Go threads of runc's init, before it becomes the program: the next process has a number six higher. */
const RUNC_THREADS = 5;

export function countRuncThreads(pids: PidNamespace): void {
  pids.skip(RUNC_THREADS);
}
