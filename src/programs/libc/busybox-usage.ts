import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** Prints an applet's usage after a mistake, as BusyBox's bb_show_usage does, and gives its exit status. */
export function* showUsage(proc: Proc, usage: string, problem?: string): Sys<number> {
  const head = 'BusyBox v1.37.0 multi-call binary.\n\nUsage: ';
  yield* proc.write(2, `${problem === undefined ? '' : `${problem}\n`}${head}${usage}\n`);
  return 1;
}
