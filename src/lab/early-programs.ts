import type { Program } from '../kernel/syscalls/proc.ts';
import { shellProgram } from '../shell/shell-program.ts';
import type { PartsHolder } from './parts.ts';

/** What a terminal's prompt needs: bash up to the first Enter. */
export const earlyPrograms = (parts: () => PartsHolder): ReadonlyMap<string, Program> =>
  new Map([
    [
      'bash',
      shellProgram('bash', {
        interpreter: () => parts().all.interpreter,
        completions: () => parts().all.completions,
      }),
    ],
  ]);
