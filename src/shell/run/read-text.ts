import { decodeUtf8 } from '../../base/bytes.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';

/** A file's text, or why there is none. */
export function* readText(shell: Shell, path: string): Sys<string | { readonly error: string }> {
  const file = yield* shell.proc.open(path, { read: true });
  if (!file.ok) return { error: shell.strerror(file.error) };
  let text = '';
  for (;;) {
    const bytes = yield* shell.proc.read(file.value);
    if (!bytes.ok) {
      yield* shell.proc.close(file.value);
      return { error: bytes.error === 'EISDIR' ? 'is a directory' : shell.strerror(bytes.error) };
    }
    if (bytes.value.length === 0) break;
    text += decodeUtf8(bytes.value);
  }
  yield* shell.proc.close(file.value);
  return text;
}
