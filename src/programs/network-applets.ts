import type { Program } from '../kernel/syscalls/proc.ts';
import { httpd } from './httpd/httpd.ts';
import { arp } from './arp/arp.ts';
import { ifconfig } from './ifconfig/ifconfig.ts';
import { ipProgram } from './ip/ip.ts';
import { nc } from './nc/nc.ts';
import { netstat } from './netstat/netstat.ts';
import { nslookup } from './nslookup/nslookup.ts';
import { ping } from './ping/ping.ts';
import { route } from './route/route.ts';
import { traceroute } from './traceroute/traceroute.ts';
import { busyboxWget } from './wget/wget.ts';

/** BusyBox's applets that use the network, by name. */
export const NETWORK_APPLETS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['httpd', httpd],
  ['arp', arp('busybox')],
  ['ifconfig', ifconfig('busybox')],
  ['ip', ipProgram('busybox')],
  ['nc', nc],
  ['netstat', netstat('busybox')],
  ['nslookup', nslookup],
  ['ping', ping],
  ['ping6', ping],
  ['route', route('busybox')],
  ['traceroute', traceroute('busybox')],
  ['wget', busyboxWget],
]);
