import { Kernel, type ProgramTable } from '../kernel/kernel.ts';
import { setUp } from '../kernel/net/link/lifecycle.ts';
import type { EventQueue } from '../sim/event-queue.ts';
import type { Random } from '../sim/random.ts';
import { type Ipv4, ipv4 } from '../wire/address.ts';
import { cidr } from '../wire/cidr.ts';
import { dnsServer } from '../programs/servers/dns-server.ts';
import { httpServer } from '../programs/servers/http-server.ts';
import { hostFiles } from './host-files.ts';
import { HOST_BINARY_NAMES } from './program-names.ts';

export const GATEWAY = ipv4('192.168.0.1');
const INTERNET_HOST = ipv4('203.0.113.10');

export interface MachineOptions {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly startDate: number;
  readonly programs: ProgramTable;
}

/**
 * The machine beyond the host's cable: gateway and name server of the LAN, and what stands for the internet behind it,
 * `example.com` at 203.0.113.10.
 */
export function createLanMachine(options: MachineOptions): Kernel {
  const files = hostFiles('gateway', '127.0.0.1', HOST_BINARY_NAMES);
  return new Kernel({ ...options, name: 'lan', hostname: 'gateway', files, indexes: { next: 5 } });
}

/** Gives it its addresses and starts its services, once its cable is plugged in as eth0. */
export function startLanMachine(kernel: Kernel): void {
  setUp(kernel.netns.loopback, true);
  kernel.netns.admin.addAddress('eth0', cidr('192.168.0.1/24'));
  kernel.netns.admin.setLink('eth0', { up: true });
  kernel.netns.admin.addLink({ name: 'internet', kind: 'dummy' });
  kernel.netns.admin.setLink('internet', { up: true });
  kernel.netns.admin.addAddress('internet', { address: INTERNET_HOST, prefix: 32 });
  kernel.netns.sysctlSet('net.ipv4.ip_forward', '1');
  const names = new Map<string, Ipv4>([['example.com', INTERNET_HOST]]);
  kernel.spawn({ run: { program: dnsServer(names) }, argv: ['named'] });
  const page = {
    body: 'Hello from example.com\n',
    server: 'SimpleHTTP/0.6 (example.com; LAN)',
    modified: 'Mon, 23 Nov 2026 18:40:52 GMT',
  };
  kernel.spawn({ run: { program: httpServer(page) }, argv: ['python3', '-m', 'http.server', '80'] });
}
