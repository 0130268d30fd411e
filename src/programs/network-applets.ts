import type { Program } from '../kernel/syscalls/proc.ts';
import { httpd } from './httpd/httpd.ts';
import { ipProgram } from './ip/ip.ts';
import { nc } from './nc/nc.ts';
import { nslookup } from './nslookup/nslookup.ts';
import { ping } from './ping/ping.ts';
import { busyboxWget } from './wget/wget.ts';

/** BusyBox's applets that use the network, by name. */
export const NETWORK_APPLETS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['httpd', httpd],
  ['ip', ipProgram('busybox')],
  ['nc', nc],
  ['nslookup', nslookup],
  ['ping', ping],
  ['wget', busyboxWget],
]);
