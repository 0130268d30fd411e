import type { Program } from '../../kernel/syscalls/proc.ts';
import { BASIC_APPLETS } from '../basic/applets.ts';
import { sudo } from './sudo.ts';

/** The host's programs that have nothing to do with the network, by name. */
export const HOST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([...BASIC_APPLETS, ['sudo', sudo]]);
