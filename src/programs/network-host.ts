import type { Program } from '../kernel/syscalls/proc.ts';
import { arp } from './arp/arp.ts';
import { brctl } from './bridge/brctl.ts';
import { bridge } from './bridge/bridge.ts';
import { conntrack } from './conntrack/conntrack.ts';
import { bindNslookup } from './dns/bind-nslookup.ts';
import { dig } from './dns/dig.ts';
import { host } from './dns/host.ts';
import { ifconfig } from './ifconfig/ifconfig.ts';
import { ipProgram } from './ip/ip.ts';
import { iptables, iptablesSave } from './iptables.ts';
import { netstat } from './netstat/netstat.ts';
import { nsenter } from './nsenter/nsenter.ts';
import { iputilsPing } from './ping/iputils-ping.ts';
import { route } from './route/route.ts';
import { ss } from './ss/ss.ts';
import { tcpdump } from './tcpdump/tcpdump.ts';
import { traceroute } from './traceroute/traceroute.ts';

/** The host's programs that use or show the network, by name. */
export const NETWORK_HOST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['arp', arp('net-tools')],
  ['brctl', brctl],
  ['bridge', bridge],
  ['conntrack', conntrack],
  ['dig', dig],
  ['host', host],
  ['ifconfig', ifconfig('net-tools')],
  ['ip', ipProgram('iproute2')],
  ['iptables', iptables],
  ['iptables-save', iptablesSave],
  ['netstat', netstat('net-tools')],
  ['nslookup', bindNslookup],
  ['nsenter', nsenter],
  ['ping', iputilsPing],
  ['route', route('net-tools')],
  ['ss', ss],
  ['tcpdump', tcpdump],
  ['traceroute', traceroute('modern')],
]);
