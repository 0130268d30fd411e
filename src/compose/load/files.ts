import { decodeUtf8, concatBytes } from '../../base/bytes.ts';
import type { Call, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** What a loader needs of the world: a process has it, and so have files in memory. */
export type Surroundings = Pick<Proc, 'open' | 'read' | 'close' | 'stat' | 'cwd' | 'env'>;

/** The whole text of a file. */
export function* readText(world: Surroundings, path: string): Call<string> {
  const file = yield* world.open(path, { read: true });
  if (!file.ok) return file;
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = yield* world.read(file.value, 65536);
    if (!part.ok) {
      yield* world.close(file.value);
      return part;
    }
    if (part.value.length === 0) break;
    parts.push(part.value);
  }
  yield* world.close(file.value);
  return { ok: true, value: decodeUtf8(concatBytes(parts)) };
}

export function* isFile(world: Surroundings, path: string): Sys<boolean> {
  const stat = yield* world.stat(path);
  return stat.ok && stat.value.type === 'file';
}

export const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
