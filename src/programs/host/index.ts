import type { Program } from '../../kernel/syscalls/proc.ts';
import { COREUTILS_APPLETS, HOST_EDITORS } from '../coreutils/applets.ts';
import { jq } from './jq/jq.ts';
import { su, sudo } from './sudo.ts';

/** The host's programs that have nothing to do with the network, by name. `sudo` and `su` want the set-user-ID bit (0o4755). */
export const HOST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...COREUTILS_APPLETS,
  ...HOST_EDITORS,
  ['jq', jq],
  ['su', su],
  ['sudo', sudo],
]);
