import type { Program } from '../kernel/syscalls/proc.ts';
import { ipProgram } from './ip/ip.ts';
import { iptables, iptablesSave } from './iptables.ts';

/** The host's programs that use or show the network, by name. */
export const NETWORK_HOST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['ip', ipProgram('iproute2')],
  ['iptables', iptables],
  ['iptables-save', iptablesSave],
]);
