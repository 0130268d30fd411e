import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';
export function* interactiveLoop(
  _shell: Shell,
  _options: { readonly login: boolean; readonly startFiles: boolean },
): Sys<number> {
  return 0;
}
