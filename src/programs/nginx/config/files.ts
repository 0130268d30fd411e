import { decodeUtf8 } from '../../../base/bytes.ts';
import { err, ok } from '../../../base/result.ts';
import type { Proc } from '../../../kernel/syscalls/proc.ts';
import { wildcard } from '../../coreutils/wildcard.ts';
import { numberedError } from '../../libc/errno-number.ts';
import { readFile } from '../../libc/io.ts';
import type { ConfigFiles } from './read-config.ts';

/** Configuration files as a process finds them. */
export function configFiles(proc: Proc): ConfigFiles {
  return {
    *read(path) {
      const bytes = yield* readFile(proc, path);
      return bytes.ok
        ? ok(decodeUtf8(bytes.value))
        : err(
            bytes.error === 'EISDIR'
              ? `read() "${path}" failed (${numberedError(bytes.error, proc.library)})`
              : `open() "${path}" failed (${numberedError(bytes.error, proc.library)})`,
          );
    },
    *glob(pattern) {
      const at = pattern.lastIndexOf('/');
      const folder = pattern.slice(0, at) || '/';
      const matches = wildcard(pattern.slice(at + 1));
      const listed = yield* proc.readDirectory(folder);
      if (!listed.ok) return [];
      return listed.value
        .map(({ name }) => name)
        .filter((name) => matches(name) && !name.startsWith('.'))
        .sort()
        .map((name) => `${folder === '/' ? '' : folder}/${name}`);
    },
  };
}
