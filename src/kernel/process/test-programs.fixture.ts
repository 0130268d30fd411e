import { decodeUtf8 } from '../../base/bytes.ts';
import { SECOND } from '../../sim/clock.ts';
import type { Proc, Program, Sys } from '../syscalls/proc.ts';

/** Small programs that tests run. */
export const TEST_PROGRAMS = {
  *cat(proc) {
    for (;;) {
      const bytes = yield* proc.read(0, 4096);
      if (!bytes.ok) return bytes.error === 'EINTR' ? 130 : 1;
      if (bytes.value.length === 0) return 0;
      const written = yield* proc.write(1, bytes.value);
      if (!written.ok) return 2;
    }
  },
  *echo(proc) {
    yield* proc.write(1, `${proc.argv.slice(1).join(' ')}\n`);
    return 0;
  },
  *sleep(proc) {
    const slept = yield* proc.sleep(Number(proc.argv[1]) * SECOND);
    return slept.ok ? 0 : 1;
  },
  *spin(proc) {
    for (;;) yield* proc.cpu();
  },
  *yes(proc) {
    for (;;) {
      const written = yield* proc.write(1, 'y\n');
      if (!written.ok) return 1;
    }
  },
} satisfies Record<string, Program>;

/** Writes a line to standard output. */
export function* say(proc: Proc, text: unknown): Sys<void> {
  yield* proc.write(1, `${typeof text === 'string' ? text : JSON.stringify(text)}\n`);
}

/** All text until the end of the file. */
export function* readAll(proc: Proc, fd: number): Sys<string> {
  let text = '';
  for (;;) {
    const bytes = yield* proc.read(fd);
    if (!bytes.ok || bytes.value.length === 0) return text;
    text += decodeUtf8(bytes.value);
  }
}
