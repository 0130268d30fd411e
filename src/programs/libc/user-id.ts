import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { readWholeFile } from './resolve.ts';

/** The number of a user of this root (getpwnam(3)); null where /etc/passwd doesn't have it. */
export function* userId(proc: Proc, name: string): Sys<number | null> {
  const text = (yield* readWholeFile(proc, '/etc/passwd')) ?? '';
  const line = text.split('\n').find((each) => each.startsWith(`${name}:`));
  const id = line?.split(':')[2];
  return id === undefined ? null : Number(id);
}
