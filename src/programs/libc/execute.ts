import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** Where execvp(3) looks for a program. */
export function candidatePaths(proc: Proc, name: string): readonly string[] {
  if (name.includes('/')) return [name];
  return (proc.env.get('PATH') ?? '/usr/local/bin:/bin:/usr/bin').split(':').map((folder) => `${folder}/${name}`);
}

/** execvp(3): this process becomes another program, with these descriptors. The caller ends with what that returns. */
export function* executeFromPath(
  proc: Proc,
  argv: readonly string[],
  fds: readonly (readonly [child: Fd, own: Fd])[],
): Sys<Result<Program, Errno>> {
  let problem: Errno = 'ENOENT';
  for (const path of candidatePaths(proc, argv[0] ?? '')) {
    const program = yield* proc.execute({ path, argv, fds });
    if (program.ok) return ok(program.value);
    if (program.error !== 'ENOENT') problem = program.error;
  }
  return err(problem);
}
