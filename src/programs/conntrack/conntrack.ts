import type { ConntrackInfo, ConntrackSide } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { contains, parseCidr } from '../../wire/cidr.ts';
import { IpProtocol } from '../../wire/packet.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { hostOptions, type Options } from '../libc/options.ts';

const VERSION = 'conntrack v1.4.8 (conntrack-tools)';
const USAGE = `Try \`conntrack -h' or 'conntrack --help' for more information.\n`;
const HELP = `Usage: conntrack [commands] [options]

Commands:
  -L [table] [options]          List the connections
  -C [table]                    Count them
  -D [table] [options]          Forget those that fit
  -F [table]                    Forget all of them

Options:
  -p, --proto proto             Protocol: tcp, udp, icmp
  -s, --src, -d, --dst ADDRESS  Ends of the original direction
  -r, --reply-src, -q, --reply-dst ADDRESS  Ends of the reply direction
  --sport, --dport PORT         Ports of the original direction
  --state STATE                 State of TCP
`;

const LONG = {
  dump: 'L',
  count: 'C',
  flush: 'F',
  delete: 'D',
  event: 'E',
  help: 'h',
  proto: 'p',
  protonum: 'p',
  src: 's',
  'orig-src': 's',
  dst: 'd',
  'orig-dst': 'd',
  'reply-src': 'r',
  'reply-dst': 'q',
  sport: '1',
  'orig-port-src': '1',
  dport: '2',
  'orig-port-dst': '2',
  state: '3',
  stats: 'S',
  family: 'f',
  version: 'V',
};

const SPEC = 'LCFDEShVp:s:d:r:q:1:2:3:f:';
const LIMITS = { E: 'refused: -L, -C, -D and -F are here', S: 'refused: -L, -C, -D and -F are here' };

const PROTOCOLS: Readonly<Record<string, number>> = { ...IpProtocol, '1': 1, '6': 6, '17': 17 };
const NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };

/** conntrack(8): the namespace's tracked connections. Left out: -I, -U, -S and -E, of which it says the last two. */
export const conntrack = declareProgram(
  { options: getoptOptions(SPEC, { long: LONG, limits: LIMITS }) },
  function* (proc) {
    const fail = function* (text: string, status = 2) {
      yield* proc.write(2, `${VERSION}: ${text}\n`);
      return status;
    };
    const options = yield* hostOptions(proc, 'conntrack', SPEC, USAGE, { long: LONG });
    if (!options) return 2;
    if (options.has('h')) {
      yield* proc.write(1, HELP);
      return 0;
    }
    if (options.has('V')) {
      yield* proc.write(1, `${VERSION}\n`);
      return 0;
    }
    for (const letter of ['E', 'S'] as const)
      if (options.has(letter)) return yield* fail(`-${letter} is not on this simulated host; -L, -C, -D and -F are.`);
    if (proc.uid !== 0)
      return yield* fail('Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this', 1);
    if (options.has('F')) {
      proc.net.flushConntrack();
      return yield* fail('connection tracking table has been emptied.', 0);
    }
    if (options.has('C')) {
      yield* proc.write(1, `${proc.net.conntrack().length}\n`);
      return 0;
    }
    if (!options.has('L') && !options.has('D')) return yield* fail(`You need to supply a command!\n${USAGE.trimEnd()}`);
    const protocol = options.value('p');
    if (protocol !== undefined && PROTOCOLS[protocol.toLowerCase()] === undefined)
      return yield* fail(`\`${protocol}' unsupported protocol`);
    const meant = proc.net.conntrack().filter((each) => isAsked(each, options));
    yield* proc.write(1, meant.map((each) => `${conntrackLine(each)}\n`).join(''));
    if (!options.has('D')) return yield* fail(`${meant.length} flow entries have been shown.`, 0);
    for (const each of meant) proc.net.forgetConntrack(each);
    return yield* fail(`${meant.length} flow entries have been deleted.`, meant.length > 0 ? 0 : 1);
  },
);

function isAsked({ protocol, state, original, reply }: ConntrackInfo, options: Options): boolean {
  const isIn = (letter: string, address: ConntrackSide['source']) => {
    const text = options.value(letter);
    if (text === undefined) return true;
    const network = parseCidr(text.includes('/') ? text : `${text}/32`);
    return network.ok && contains(network.value, address);
  };
  const is = (letter: string, value: string | number | null) => {
    const text = options.value(letter);
    return text === undefined || text.toUpperCase() === String(value);
  };
  const asked = options.value('p');
  return (
    (asked === undefined || PROTOCOLS[asked.toLowerCase()] === protocol) &&
    isIn('s', original.source) &&
    isIn('d', original.destination) &&
    isIn('r', reply.source) &&
    isIn('q', reply.destination) &&
    is('1', original.sourcePort) &&
    is('2', original.destinationPort) &&
    is('3', state)
  );
}

/** One connection as `conntrack -L` prints it. */
export function conntrackLine({
  protocol,
  timeout,
  state,
  original,
  reply,
  unreplied,
  assured,
  mark,
}: ConntrackInfo): string {
  const words = [
    `${(NAMES[protocol] ?? 'unknown').padEnd(8)} ${protocol}`,
    String(timeout),
    ...(state === null ? [] : [state]),
    sideText(original, protocol),
    ...(unreplied ? ['[UNREPLIED]'] : []),
    sideText(reply, protocol),
    ...(assured ? ['[ASSURED]'] : []),
    `mark=${mark}`,
    'use=1',
  ];
  return words.join(' ');
}

function sideText({ source, destination, sourcePort, destinationPort }: ConntrackSide, protocol: number): string {
  const ends = `src=${formatIpv4(source)} dst=${formatIpv4(destination)}`;
  if (protocol === IpProtocol.icmp)
    return `${ends} type=${destinationPort >> 8} code=${destinationPort & 0xff} id=${sourcePort}`;
  if (protocol === IpProtocol.tcp || protocol === IpProtocol.udp)
    return `${ends} sport=${sourcePort} dport=${destinationPort}`;
  return ends;
}
