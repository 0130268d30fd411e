import { concatBytes } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import type { TarEntry } from '../../../base/tar.ts';
import { strerror, type Errno } from '../../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';

/** Reads a file, or a directory with all that is in it, as entries of an archive that begin with `name`. */
export function* readTree(proc: Proc, path: string, name: string): Sys<Result<readonly TarEntry[], string>> {
  const stat = yield* proc.stat(path, { followLinks: false });
  if (!stat.ok) return err(goError('lstat', path, stat.error));
  const { mode, uid, gid, modified, type } = stat.value;
  const common = { mode, uid, gid, modified: Math.floor(modified / 1000), target: '', data: new Uint8Array(0) };
  if (type === 'symlink') {
    const target = yield* proc.readLink(path);
    return ok([{ ...common, name, type: 'symlink', target: target.ok ? target.value : '' }]);
  }
  if (type !== 'directory') {
    const data = yield* readWhole(proc, path);
    return data.ok ? ok([{ ...common, name, type: 'file', data: data.value }]) : data;
  }
  const entries: TarEntry[] = [{ ...common, name: `${name}/`, type: 'directory' }];
  const listed = yield* proc.readDirectory(path);
  if (!listed.ok) return err(goError('open', path, listed.error));
  for (const { name: child } of listed.value.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (child === '.' || child === '..') continue;
    const below = yield* readTree(proc, `${path}/${child}`, `${name}/${child}`);
    if (!below.ok) return below;
    entries.push(...below.value);
  }
  return ok(entries);
}

/** Writes entries below a directory. */
export function* writeTree(proc: Proc, directory: string, entries: readonly TarEntry[]): Sys<string | null> {
  for (const entry of entries) {
    const path = `${directory}/${entry.name.replace(/\/$/, '')}`;
    const failed =
      entry.type === 'directory'
        ? yield* proc.makeDirectory(path, entry.mode)
        : entry.type === 'symlink'
          ? yield* proc.makeLink(entry.target, path, { symbolic: true })
          : yield* writeFile(proc, path, entry);
    if (!failed.ok && failed.error !== 'EEXIST') return goError('open', path, failed.error);
  }
  return null;
}

/** Go's words: `lstat /x: no such file or directory`. */
export function goError(call: string, path: string, errno: Errno): string {
  return `${call} ${path}: ${strerror(errno, 'glibc').toLowerCase()}`;
}

function* writeFile(proc: Proc, path: string, entry: TarEntry): Sys<Result<void, Errno>> {
  const opened = yield* proc.open(path, { write: true, create: true, truncate: true }, entry.mode);
  if (!opened.ok) return opened;
  const written = yield* proc.write(opened.value, entry.data);
  yield* proc.close(opened.value);
  return written.ok ? ok() : written;
}

function* readWhole(proc: Proc, path: string): Sys<Result<Uint8Array, string>> {
  const opened = yield* proc.open(path, { read: true });
  if (!opened.ok) return err(goError('open', path, opened.error));
  const parts: Uint8Array[] = [];
  for (;;) {
    const chunk = yield* proc.read(opened.value, 65_536);
    if (!chunk.ok) return err(goError('read', path, chunk.error));
    if (chunk.value.length === 0) break;
    parts.push(chunk.value);
  }
  yield* proc.close(opened.value);
  return ok(concatBytes(parts));
}
