import type { Program } from '../kernel/syscalls/proc.ts';
import { arp } from './arp/arp.ts';
import { ifconfig } from './ifconfig/ifconfig.ts';
import { ipProgram } from './ip/ip.ts';
import { iptables, iptablesSave } from './iptables.ts';
import { netstat } from './netstat/netstat.ts';
import { route } from './route/route.ts';
import { traceroute } from './traceroute/traceroute.ts';

/** The host's programs that use or show the network, by name. */
export const NETWORK_HOST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['arp', arp('net-tools')],
  ['ifconfig', ifconfig('net-tools')],
  ['ip', ipProgram('iproute2')],
  ['iptables', iptables],
  ['iptables-save', iptablesSave],
  ['netstat', netstat('net-tools')],
  ['route', route('net-tools')],
  ['traceroute', traceroute('modern')],
]);
