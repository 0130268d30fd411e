import { decodeUtf8 } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { strerror } from '../../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';

/** The lines of `--env-file` and `--label-file`, and what the flags add; `fill` gives a name without `=` its value. */
export function* readKeyValues(
  proc: Proc,
  files: readonly string[],
  given: readonly string[],
  fill: (name: string) => string | undefined,
): Sys<Result<string[], string>> {
  const values: string[] = [];
  for (const file of files) {
    const text = yield* readText(proc, file);
    if (!text.ok) return text;
    for (const raw of text.value.split('\n')) {
      const line = raw.replace(/\r$/, '').trimStart();
      if (line === '' || line.startsWith('#')) continue;
      const [name] = line.split('=', 1) as [string];
      if (name === '') return err(`invalid env file (${file}): no variable name on line '${line}'`);
      if (/\s/.test(name)) return err(`invalid env file (${file}): variable '${name}' contains whitespaces`);
      if (line.includes('=')) values.push(line);
      else if (fill(name) !== undefined) values.push(`${name}=${fill(name)}`);
    }
  }
  for (const each of given) {
    const value = each.includes('=') ? undefined : fill(each);
    values.push(value === undefined ? each : `${each}=${value}`);
  }
  return ok(values);
}

/** A whole file as text, or Go's words about why not. */
export function* readText(proc: Proc, path: string): Sys<Result<string, string>> {
  const opened = yield* proc.open(path, { read: true });
  if (!opened.ok) return err(`open ${path}: ${strerror(opened.error, 'glibc').toLowerCase()}`);
  let text = '';
  for (;;) {
    const chunk = yield* proc.read(opened.value, 65_536);
    if (!chunk.ok || chunk.value.length === 0) break;
    text += decodeUtf8(chunk.value);
  }
  yield* proc.close(opened.value);
  return ok(text);
}

/** `a=1` and `b` to `{a: '1', b: ''}`. */
export function toRecord(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((each) => {
      const at = each.indexOf('=');
      return at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
    }),
  );
}
