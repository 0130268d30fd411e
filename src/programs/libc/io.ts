import { concatBytes, decodeUtf8 } from '../../base/bytes.ts';
import { err, ok } from '../../base/result.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Call, Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** What a program takes of the machine's memory for a text that it has to hold as a whole: what is read may never end. */
export const MEMORY = 8 * 2 ** 20;

/** All bytes up to the end of an open file; ENOMEM where they are too many. */
export function* readAll(proc: Proc, fd: Fd): Call<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = yield* proc.read(fd);
    if (!part.ok) return part;
    if (part.value.length === 0) return ok(concatBytes(parts));
    parts.push(part.value);
    size += part.value.length;
    if (size > MEMORY) return err('ENOMEM');
  }
}

/** All bytes of a file, or of standard input for `-`. */
export function* readFile(proc: Proc, path: string): Call<Uint8Array> {
  if (path === '-') return yield* readAll(proc, 0);
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return file;
  const bytes = yield* readAll(proc, file.value);
  yield* proc.close(file.value);
  return bytes;
}

/** Lines of each named file, or of standard input; complains about those that can't be read. The last line may lack its end. */
export function* eachInput(
  proc: Proc,
  program: string,
  paths: readonly string[],
  take: (text: string, path: string) => Sys<void>,
): Sys<number> {
  let exit = 0;
  for (const path of paths.length > 0 ? paths : ['-']) {
    const bytes = yield* readFile(proc, path);
    if (bytes.ok) yield* take(decodeUtf8(bytes.value), path);
    else {
      yield* proc.write(2, cantOpen(proc, program, path, bytes.error));
      exit = 1;
    }
  }
  return exit;
}

/** The complaint about a file in the words of the program's family. */
export function cantOpen(proc: Proc, program: string, path: string, error: Parameters<typeof strerror>[0]): string {
  const words = strerror(error, proc.library);
  return proc.library === 'musl' ? `${program}: can't open '${path}': ${words}\n` : `${program}: ${path}: ${words}\n`;
}

/** Lines without their ends. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
