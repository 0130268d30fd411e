import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';

/** Where shells look where PATH is not set. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file of a command's name, by PATH: the first executable, else the first file of that name. */
export function* findCommand(
  shell: Shell,
  name: string,
  path = shell.variables.get('PATH') ?? DEFAULT_PATH,
): Sys<string | null> {
  if (name.includes('/')) return name;
  if (name === '') return null;
  let other: string | null = null;
  for (const folder of path.split(':')) {
    const candidate = folder === '' ? `./${name}` : folder.endsWith('/') ? folder + name : `${folder}/${name}`;
    const stat = yield* shell.proc.stat(candidate);
    if (!stat.ok || stat.value.type === 'directory') continue;
    if ((stat.value.mode & 0o111) !== 0) return candidate;
    other ??= candidate;
  }
  return other;
}

/** All files of that name on PATH, for `type -a` and `which -a`. */
export function* findAllCommands(shell: Shell, name: string): Sys<readonly string[]> {
  const found: string[] = [];
  for (const folder of (shell.variables.get('PATH') ?? DEFAULT_PATH).split(':')) {
    const path = yield* findCommand(shell, name, folder);
    if (path !== null) found.push(path);
  }
  return found;
}
