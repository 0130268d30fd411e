import { decodeUtf8 } from '../../base/bytes.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Cli } from './cli.ts';

/** Asks with `[y/N]`; anything but y is a no. */
export function* confirm(cli: Cli, question: string): Sys<boolean> {
  yield* cli.out(`${question} [y/N] `);
  const answer = yield* cli.proc.read(0);
  return answer.ok && /^y$/i.test(decodeUtf8(answer.value).trim());
}
