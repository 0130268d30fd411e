import { decodeUtf8, concatBytes } from '../../base/bytes.ts';
import type { Call, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** The whole text of a file. */
export function* readText(proc: Proc, path: string): Call<string> {
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return file;
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = yield* proc.read(file.value, 65536);
    if (!part.ok) {
      yield* proc.close(file.value);
      return part;
    }
    if (part.value.length === 0) break;
    parts.push(part.value);
  }
  yield* proc.close(file.value);
  return { ok: true, value: decodeUtf8(concatBytes(parts)) };
}

export function* isFile(proc: Proc, path: string): Sys<boolean> {
  const stat = yield* proc.stat(path);
  return stat.ok && stat.value.type === 'file';
}

export const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
