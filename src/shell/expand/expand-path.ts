import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';
import { compilePattern, isPattern, unquotePattern } from './pattern.ts';

/** The paths that match a pattern, sorted (glob(7)): `*` doesn't cross a slash, nor match a leading dot. */
export function* expandPath(shell: Shell, pattern: string): Sys<string[]> {
  let found = [pattern.startsWith('/') ? '/' : ''];
  const parts = pattern.split(/\/+/).filter((part, i) => part !== '' || i > 0);
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const next: string[] = [];
    for (const base of found) yield* matchIn(shell, base, part, last, next);
    found = next;
    if (found.length === 0) return [];
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function* matchIn(shell: Shell, base: string, part: string, last: boolean, found: string[]): Sys<void> {
  const slash = last ? '' : '/';
  if (part === '') {
    found.push(base);
    return;
  }
  if (!isPattern(part)) {
    const path = base + unquotePattern(part);
    const stat = yield* shell.proc.stat(path, { followLinks: !last });
    if (stat.ok && (last || stat.value.type === 'directory')) found.push(path + slash);
    return;
  }
  const entries = yield* shell.proc.readDirectory(base === '' ? '.' : base);
  if (!entries.ok) return;
  const matches = compilePattern(part);
  const hidden = part.startsWith('.') || shell.options.dotglob;
  for (const { name, type } of entries.value) {
    if ((name.startsWith('.') && !hidden) || !matches(name)) continue;
    if (last || type === 'directory' || (type === 'symlink' && (yield* isDirectory(shell, base + name))))
      found.push(base + name + slash);
  }
}

function* isDirectory(shell: Shell, path: string): Sys<boolean> {
  const stat = yield* shell.proc.stat(path);
  return stat.ok && stat.value.type === 'directory';
}
