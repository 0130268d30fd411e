import type { SocketInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { formatIpv6 } from '../../wire/ipv6-address.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';
import { readServices, type Services } from '../libc/services.ts';

export interface NetstatOptions {
  readonly face: 'busybox' | 'net-tools';
  readonly numeric: boolean;
  readonly listening: boolean;
  readonly connected: boolean;
  readonly programs: boolean;
  readonly wide: boolean;
}

type End = SocketInfo['local'];

/** The addresses of a socket table in text, with names where they are asked for. */
class EndTexts {
  private readonly names = new Map<Ipv4, string | null>();

  constructor(
    private readonly proc: Proc,
    private readonly numeric: boolean,
    private readonly services: Services,
  ) {}

  *text({ address, port }: End, { family, protocol }: SocketInfo): Sys<string> {
    const service =
      this.numeric || protocol === 'raw' || protocol === 'unix' ? undefined : this.services.name(port, protocol);
    return `${yield* this.host(address, family)}:${port === 0 ? '*' : (service ?? port)}`;
  }

  private *host(address: Ipv4 | bigint, family: SocketInfo['family']): Sys<string> {
    if (typeof address === 'bigint') return formatIpv6(address);
    if (!this.numeric && address !== ANY_ADDRESS) {
      if (!this.names.has(address)) this.names.set(address, yield* nameOfAddress(this.proc, address));
      const name = this.names.get(address);
      if (typeof name === 'string') return name;
    }
    return `${family === 'inet6' ? '::ffff:' : ''}${formatIpv4(address)}`;
  }
}

/** The table of Internet sockets as netstat prints it, from the kernel's list of sockets. */
export function* socketTable(proc: Proc, protocols: readonly string[], options: NetstatOptions): Sys<string> {
  const ends = new EndTexts(proc, options.numeric, yield* readServices(proc));
  const width = options.wide ? 51 : 23;
  const { listening, connected } = options;
  const which = listening && connected ? 'servers and established' : listening ? 'only servers' : 'w/o servers';
  const head = `Proto Recv-Q Send-Q ${'Local Address'.padEnd(width)} ${'Foreign Address'.padEnd(width)} State       ${options.programs ? 'PID/Program name    ' : ''}`;
  let text = `Active Internet connections (${which})\n${head}\n`;
  for (const protocol of protocols)
    for (const family of ['inet', 'inet6'] as const)
      for (const socket of proc.net.sockets()) {
        if (socket.protocol !== protocol || socket.family !== family) continue;
        const isConnected = protocol === 'tcp' ? socket.remote.port !== 0 : isSet(socket.remote.address);
        if (!(isConnected ? connected : listening)) continue;
        const local = (yield* ends.text(socket.local, socket)).padEnd(width);
        const remote = (yield* ends.text(socket.remote, socket)).padEnd(width);
        const name = options.face === 'net-tools' && family === 'inet6' ? `${protocol}6` : protocol;
        const state = (protocol === 'raw' ? '7' : socket.state).padEnd(12);
        const owner = options.programs ? ownerOf(proc, socket) : '';
        // /proc/net/tcp has no place for a listener's backlog, which ss shows here.
        const unsent = socket.state === 'LISTEN' ? 0 : socket.sendQueue;
        const queues = `${String(socket.receiveQueue).padStart(6)} ${String(unsent).padStart(6)}`;
        text += `${name.padEnd(4)}  ${queues} ${local} ${remote} ${state}${owner}\n`;
      }
  return text;
}

const isSet = (address: Ipv4 | bigint) => (typeof address === 'bigint' ? address !== 0n : address !== ANY_ADDRESS);

/** Programs of other process namespaces, and of other users, aren't to be seen in /proc. */
function ownerOf(proc: Proc, { hostPid }: SocketInfo): string {
  const process = hostPid === null ? undefined : proc.processes().find((each) => each.hostPid === hostPid);
  const shown = process?.argv[0]?.replace(/.*\//, '');
  return process === undefined || shown === undefined ? '-' : `${process.pid}/${shown}`.slice(0, 19);
}
