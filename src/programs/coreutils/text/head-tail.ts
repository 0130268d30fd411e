import { concatBytes, NO_BYTES } from '../../../base/bytes.ts';
import type { Fd, Sys } from '../../../kernel/syscalls/proc.ts';
import { MEMORY } from '../../libc/io.ts';
import { defineTool, type Tool } from '../tool.ts';

/** head(1) and tail(1). */

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, K: 1024, m: 1 << 20, M: 1 << 20 };

interface Count {
  readonly sign: '' | '-' | '+';
  readonly count: number;
}

function* countOf(tool: Tool, what: 'lines' | 'bytes', text: string): Sys<Count | null> {
  const match = /^([-+]?)(\d+)([bkKmM]?)$/.exec(text);
  if (match) return { sign: match[1] as Count['sign'], count: Number(match[2]) * (UNITS[match[3] as string] ?? 1) };
  yield* tool.complain(tool.face === 'gnu' ? `invalid number of ${what}: ‘${text}’` : `invalid number '${text}'`);
  return null;
}

/** GNU's head and tail tell it in words of their own. */
function* openForReading(tool: Tool, path: string): Sys<Fd | null> {
  if (path === '-') return 0;
  const file = yield* tool.proc.open(path, { read: true });
  if (file.ok) return file.value;
  if (tool.face === 'busybox') yield* tool.complain(`${path}: ${tool.strerror(file.error)}`);
  else yield* tool.complain(`cannot open '${path}' for reading: ${tool.strerror(file.error)}`);
  return null;
}

function* title(tool: Tool, path: string, first: boolean): Sys<void> {
  const many = tool.operands.length > 1 || tool.has('v');
  if (many && !tool.has('q'))
    yield* tool.write(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
}

/** The place behind the n-th newline; -1 where there are fewer. */
function afterLines(bytes: Uint8Array, n: number): number {
  let at = 0;
  for (let i = 0; i < n; i++) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return -1;
    at = end + 1;
  }
  return at;
}

/** Where the last n lines begin. */
function lastLines(bytes: Uint8Array, n: number): number {
  if (n === 0) return bytes.length;
  let at = bytes.length - 1;
  for (let i = 0; i < n; i++) {
    at = bytes.lastIndexOf(10, at - 1);
    if (at < 0) return 0;
    if (at === 0 && i < n - 1) return 0;
  }
  return at + 1;
}

export const head = defineTool({
  name: 'head',
  options: 'n:c:qvz',
  long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' },
  numberOption: 'n',
  limits: { z: 'lines end with a newline' },
  usage: `[OPTIONS] [FILE]...

Print first 10 lines of FILEs to stdout. With more than one FILE, a title comes before each.

	-n N[bkm]	Print first N lines
	-n -N[bkm]	Print all except N last lines
	-c [-]N[bkm]	Print first N bytes, all except N last bytes
	-q		Never print titles
	-v		Always print titles`,
  *run(tool) {
    const bytes = tool.value('c');
    const wanted = yield* countOf(tool, bytes === undefined ? 'lines' : 'bytes', bytes ?? tool.value('n') ?? '10');
    if (!wanted) return 1;
    for (const [i, path] of tool.inputs.entries()) {
      const fd = yield* openForReading(tool, path);
      if (fd === null) continue;
      yield* title(tool, path, i === 0);
      if (wanted.sign === '-') {
        const all = yield* rest(tool, fd, path, () => false);
        yield* tool.write(
          all.subarray(0, bytes === undefined ? lastLines(all, wanted.count) : Math.max(0, all.length - wanted.count)),
        );
      } else yield* first(tool, fd, path, wanted.count, bytes !== undefined);
      yield* tool.close(fd);
    }
    return tool.status;
  },
});

function* first(tool: Tool, fd: Fd, path: string, count: number, bytes: boolean): Sys<void> {
  let left = count;
  while (left > 0) {
    const chunk = yield* tool.proc.read(fd);
    if (!chunk.ok) yield* tool.readFailed(path, chunk.error);
    if (!chunk.ok || chunk.value.length === 0) return;
    const all = chunk.value;
    const end = bytes ? Math.min(left, all.length) : afterLines(all, left);
    const part = end < 0 ? all : all.subarray(0, end);
    if (!(yield* tool.write(part))) return;
    left = bytes ? left - part.length : end >= 0 ? 0 : left - countNewlines(all);
  }
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count++;
  return count;
}

/** All that is left of a file. @param needs how much of its end will do: what comes before is let go */
function* rest(tool: Tool, fd: Fd, path: string, needs: (bytes: Uint8Array) => boolean): Sys<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = yield* tool.proc.read(fd);
    if (!chunk.ok) yield* tool.readFailed(path, chunk.error);
    if (!chunk.ok || chunk.value.length === 0) break;
    parts.push(chunk.value);
    size += chunk.value.length;
    if (size <= MEMORY) continue;
    const end = concatBytes(parts).subarray(size >> 1);
    if (!needs(end)) {
      yield* tool.memoryExhausted();
      return NO_BYTES;
    }
    parts = [end];
    size = end.length;
  }
  return parts.length === 0 ? NO_BYTES : concatBytes(parts);
}

/** How often a followed file is looked at. */
const POLL = 1e9;

export const tail = defineTool({
  name: 'tail',
  options: 'n:c:fFqvs:',
  long: { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q', silent: 'q', verbose: 'v', 'sleep-interval': 's' },
  numberOption: 'n',
  limits: { s: 'new lines are seen at once' },
  usage: `[OPTIONS] [FILE]...

Print last 10 lines of FILEs to stdout. With more than one FILE, a title comes before each.

	-c [+]N[bkm]	Print last N bytes
	-n N[bkm]	Print last N lines
	-n +N[bkm]	Start on Nth line and print the rest
	-f		Print data as the file grows
	-q		Never print titles
	-v		Always print titles`,
  *run(tool) {
    const bytes = tool.value('c');
    const wanted = yield* countOf(tool, bytes === undefined ? 'lines' : 'bytes', bytes ?? tool.value('n') ?? '10');
    if (!wanted) return 1;
    const followed: { fd: Fd; path: string }[] = [];
    let shown: string | null = null;
    for (const [i, path] of tool.inputs.entries()) {
      const fd = yield* openForReading(tool, path);
      if (fd === null) continue;
      yield* title(tool, path, i === 0);
      shown = path;
      const all = yield* rest(tool, fd, path, (end) =>
        wanted.sign === '+'
          ? false
          : bytes === undefined
            ? lastLines(end, wanted.count) > 0
            : end.length > wanted.count,
      );
      const skip = Math.max(0, wanted.count - 1);
      const from =
        wanted.sign === '+'
          ? bytes === undefined
            ? afterLines(all, skip)
            : skip
          : bytes === undefined
            ? lastLines(all, wanted.count)
            : Math.max(0, all.length - wanted.count);
      if (from >= 0) yield* tool.write(all.subarray(from));
      if (tool.has('f') || tool.has('F')) followed.push({ fd, path });
      else yield* tool.close(fd);
    }
    while (followed.length > 0 && !(followed.length === 1 && followed[0]?.path === '-')) {
      yield* tool.proc.sleep(POLL);
      for (const { fd, path } of followed) {
        const chunk = yield* tool.proc.read(fd);
        if (!chunk.ok || chunk.value.length === 0) continue;
        if (shown !== path) yield* title(tool, path, false);
        shown = path;
        if (!(yield* tool.write(chunk.value))) return 1;
      }
    }
    return tool.status;
  },
});
