import type { SocketInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, formatIpv4 } from '../../wire/address.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { formatIpv6 } from '../../wire/ipv6-address.ts';
import { hostOptions } from '../libc/options.ts';
import { readServices, type Services } from '../libc/services.ts';
import { type ColumnName, renderColumns, type Row } from './columns.ts';
import { parseSocketFilter } from './filter.ts';

const USAGE = `Usage: ss [ OPTIONS ] [ FILTER ]
   -H, --no-header     no heading
   -n, --numeric       ports as numbers
   -a, --all           all sockets
   -l, --listening     sockets that wait for connections
   -p, --processes     processes of sockets
   -s, --summary       how many there are
   -4, --ipv4          IPv4 only
   -6, --ipv6          IPv6 only
   -t, --tcp           TCP
   -u, --udp           UDP
   -w, --raw           raw sockets

   FILTER := [ state STATE ] { sport | dport | src | dst } ...
`;

const SPEC = 'Hnalps46tuw';
const LONG = {
  'no-header': 'H',
  numeric: 'n',
  all: 'a',
  listening: 'l',
  processes: 'p',
  summary: 's',
  ipv4: '4',
  ipv6: '6',
  tcp: 't',
  udp: 'u',
  raw: 'w',
};

const STATES: Readonly<Record<string, string>> = {
  LISTEN: 'LISTEN',
  ESTABLISHED: 'ESTAB',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  CLOSE: 'UNCONN',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  CLOSING: 'CLOSING',
};

/** ss (iproute2's misc/ss.c): the sockets of a namespace. Left out: internals (-i, -m, -o, -e), Unix sockets (-x). */
export const ss = declareProgram({ options: getoptOptions(SPEC, { long: LONG }) }, function* (proc) {
  const options = yield* hostOptions(proc, 'ss', SPEC, USAGE, { long: LONG });
  if (!options) return 255;
  const services = yield* readServices(proc);
  const portOf = (name: string) => services.port(name, 'tcp') ?? null;
  const words = [...options.operands];
  let wanted: string | null = null;
  if (words[0] === 'state') wanted = words.splice(0, 2)[1] ?? '';
  const filter = parseSocketFilter(words, portOf);
  if (!filter.ok) {
    yield* proc.write(2, `ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n${USAGE}`);
    return 255;
  }
  if (options.has('s')) {
    yield* proc.write(1, summary(proc.net.sockets()));
    return 0;
  }
  const asked = (['t', 'u', 'w'] as const).filter((letter) => options.has(letter));
  const names = { u: 'udp', w: 'raw', t: 'tcp' } as const;
  const kinds = (['w', 'u', 't'] as const).filter((each) => asked.length === 0 || asked.includes(each));
  const shown = kinds.flatMap((kind) =>
    (['inet', 'inet6'] as const).flatMap((family) =>
      proc.net
        .sockets()
        .filter(
          (socket) =>
            socket.protocol === names[kind] &&
            socket.family === family &&
            (!options.has('4') || family === 'inet' || options.has('6')) &&
            (!options.has('6') || family === 'inet6' || options.has('4')) &&
            isAsked(stateOf(socket), wanted, { all: options.has('a'), listening: options.has('l') }) &&
            filter.value(socket),
        ),
    ),
  );
  const columns: ColumnName[] = [
    ...(asked.length === 1 ? [] : (['netid'] as const)),
    ...(wanted === null || isGroup(wanted) ? (['state'] as const) : []),
    'receive',
    'send',
    'local',
    'localPort',
    'peer',
    'peerPort',
    ...(options.has('p') ? (['process'] as const) : []),
  ];
  const rows = shown.map((socket) => rowOf(proc, socket, options.has('n') ? null : services));
  const width = proc.isTty(1) ? (proc.windowSize(1)?.columns ?? null) : null;
  yield* proc.write(1, renderColumns(columns, rows, { width, header: !options.has('H') }));
  return 0;
});

const stateOf = ({ protocol, state, remote }: SocketInfo): string =>
  protocol === 'tcp' ? (STATES[state] ?? state) : remote.port === 0 ? 'UNCONN' : 'ESTAB';

const isGroup = (state: string) => ['all', 'connected', 'synchronized', 'bucket', 'big'].includes(state);

function isAsked(
  state: string,
  wanted: string | null,
  { all, listening }: { all: boolean; listening: boolean },
): boolean {
  const waits = state === 'LISTEN' || state === 'UNCONN';
  if (wanted !== null) {
    if (wanted === 'all') return true;
    if (wanted === 'connected') return !waits;
    if (wanted === 'synchronized') return !waits && state !== 'SYN-SENT';
    const name = wanted.toUpperCase();
    return (
      state === name || (name === 'ESTABLISHED' && state === 'ESTAB') || (name === 'LISTENING' && state === 'LISTEN')
    );
  }
  if (all) return true;
  return listening ? waits : !waits && state !== 'TIME-WAIT' && state !== 'SYN-RECV';
}

function rowOf(proc: Proc, socket: SocketInfo, services: Services | null): Row {
  const { protocol, local, remote } = socket;
  const port = (number: number) =>
    number === 0
      ? '*'
      : ((protocol === 'tcp' || protocol === 'udp' ? services?.name(number, protocol) : undefined) ?? String(number));
  const state = stateOf(socket);
  return {
    netid: protocol,
    state,
    receive: String(socket.receiveQueue),
    send: String(socket.sendQueue),
    local: `${addressText(socket, local.address)}:`,
    localPort: port(local.port),
    peer: `${addressText(socket, remote.address)}:`,
    peerPort: port(remote.port),
    process: ownerText(proc, socket),
  };
}

function addressText({ family }: SocketInfo, address: SocketInfo['local']['address']): string {
  if (typeof address === 'bigint') return `[${formatIpv6(address)}]`;
  if (family !== 'inet6') return formatIpv4(address);
  return address === ANY_ADDRESS ? '[::]' : `[::ffff:${formatIpv4(address)}]`;
}

/** Only processes that /proc shows here. */
function ownerText(proc: Proc, { hostPid, program, descriptor }: SocketInfo): string {
  const owner = hostPid === null ? undefined : proc.processes().find((each) => each.hostPid === hostPid);
  return owner === undefined ? '' : ` users:(("${program?.slice(0, 15)}",pid=${owner.pid},fd=${descriptor}))`;
}

function summary(sockets: readonly SocketInfo[]): string {
  const count = (protocol: string, test: (socket: SocketInfo) => boolean = () => true) =>
    sockets.filter((socket) => socket.protocol === protocol && test(socket)).length;
  const state = (name: string) => count('tcp', (socket) => stateOf(socket) === name);
  const line = (name: string, protocols: readonly string[]) => {
    const of = (family: string) =>
      protocols.reduce(
        (sum, protocol) =>
          sum + count(protocol, (socket) => socket.family === family && stateOf(socket) !== 'TIME-WAIT'),
        0,
      );
    const [v4, v6] = [of('inet'), of('inet6')];
    return `${name.padEnd(10)}${String(v4 + v6).padEnd(10)}${String(v4).padEnd(10)}${String(v6).padEnd(10)}\n`;
  };
  const timeWait = state('TIME-WAIT');
  return `Total: ${sockets.length}
TCP:   ${count('tcp')} (estab ${state('ESTAB')}, closed ${timeWait}, orphaned 0, timewait ${timeWait})

Transport Total     IP        IPv6
${line('RAW', ['raw'])}${line('UDP', ['udp'])}${line('TCP', ['tcp'])}${line('INET', ['raw', 'udp', 'tcp'])}${'FRAG'.padEnd(10)}${'0         '.repeat(3)}

`;
}
