import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { appletOptions, hostOptions, type Options, readNumber } from '../libc/options.ts';
import { resolveHost } from '../libc/resolve.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';
import { markOf, PORT_UNREACHABLE, Prober } from './probe.ts';

type Face = 'busybox' | 'modern';

const USAGE = `traceroute [-FIlnrv] [-f 1ST_TTL] [-m MAX_TTL] [-q PROBES] [-p PORT]
	[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE] [-z PAUSE_MSEC] HOST [BYTES]

Show the routers on the way to HOST

	-F	Don't fragment
	-I	ICMP echo instead of UDP
	-l	Show the TTL of answers
	-n	No names
	-f N	First TTL
	-m N	Last TTL
	-q N	Probes a hop (3)
	-p N	First UDP port (33434)
	-w SEC	How long to wait for an answer
	-s IP	Source address
	-i IF	Source device
	-z MSEC	Pause between probes`;

const SPEC = 'FIlnrdvt:i:m:p:q:s:w:z:f:46';
const LIMITS = { t: 'the type of service stays 0', r: 'routes are used in any case', 6: 'IPv4 alone is here' };
const LONG = {
  icmp: 'I',
  'max-hops': 'm',
  queries: 'q',
  port: 'p',
  wait: 'w',
  first: 'f',
  interface: 'i',
  source: 's',
};

/** traceroute: BusyBox's (networking/traceroute.c) and the host's newer one, which differ in sizes and spaces. */
export const traceroute = (face: Face) =>
  declareProgram(
    { options: getoptOptions(SPEC, face === 'modern' ? { long: LONG, limits: LIMITS } : { limits: LIMITS }) },
    function* (proc) {
      const options =
        face === 'busybox'
          ? yield* appletOptions(proc, 'traceroute', SPEC, USAGE, { minimum: 1 })
          : yield* hostOptions(proc, 'traceroute', SPEC, `Usage:\n  ${USAGE}\n`, { long: LONG });
      if (!options) return face === 'busybox' ? 1 : 2;
      const [host, bytes] = options.operands;
      if (host === undefined) {
        yield* proc.write(2, `Usage:\n  ${USAGE}\n`);
        return 2;
      }
      const found = yield* resolveHost(proc, host);
      if (!found.ok) {
        const words =
          face === 'busybox' ? `traceroute: bad address '${host}'\n` : `${host}: Name or service not known\n`;
        yield* proc.write(2, words);
        return face === 'busybox' ? 1 : 2;
      }
      const settings = readSettings(options, face);
      if (typeof settings === 'string') {
        yield* proc.write(2, `traceroute: ${settings}\n`);
        return face === 'busybox' ? 1 : 2;
      }
      const target = found.value[0] as Ipv4;
      const least = face === 'busybox' ? 46 : options.has('I') ? 60 : 60;
      const length = bytes === undefined ? least : Math.max(face === 'busybox' ? least : 28, Number(bytes) || least);
      const source = parseIpv4(options.value('s') ?? '');
      const prober = yield* Prober.open(proc, {
        target,
        icmp: options.has('I'),
        port: settings.port,
        size: length - 28,
        wait: settings.wait * 1e9,
        source: source.ok ? source.value : null,
        device: options.value('i') ?? null,
      });
      if (!prober.ok) {
        const words = strerror(prober.error, proc.library);
        const text =
          face === 'busybox'
            ? `traceroute: can't connect to remote host (${formatIpv4(target)}): ${words}\n`
            : `connect: ${words}\n`;
        yield* proc.write(2, text);
        return 1;
      }
      const from = source.ok ? ` from ${options.value('s')}` : '';
      yield* proc.write(
        1,
        `traceroute to ${host} (${formatIpv4(target)})${face === 'busybox' ? from : ''}, ${settings.last} hops max, ${length} byte packets\n`,
      );
      return yield* trace(proc, prober.value, settings, options, face);
    },
  );

interface Settings {
  readonly first: number;
  readonly last: number;
  readonly probes: number;
  readonly port: number;
  readonly wait: number;
  readonly pause: number;
}

function readSettings(options: Options, face: Face): Settings | string {
  const read = (letter: string, least: number, most: number, otherwise: number) => {
    const text = options.value(letter);
    return text === undefined ? otherwise : readNumber(text, least, most);
  };
  const numbers = {
    last: read('m', 1, 255, 30),
    probes: read('q', 1, 1000, 3),
    port: read('p', 0, 65535, face === 'busybox' ? 33434 : 33433),
    wait: read('w', 1, 86400, 5),
    pause: read('z', 0, 3_600_000, 0),
    first: read('f', 1, 255, 1),
  };
  const wrong = Object.values(numbers).find((each) => typeof each === 'string');
  return wrong === undefined ? (numbers as Settings) : (wrong as string);
}

function* trace(proc: Proc, prober: Prober, settings: Settings, options: Options, face: Face): Sys<number> {
  const gap = face === 'busybox' ? '  ' : ' ';
  let sequence = 0;
  for (let ttl = settings.first; ttl <= settings.last; ttl++) {
    yield* proc.write(1, `${String(ttl).padStart(2)}${face === 'busybox' ? '' : ' '}`);
    let previous: Ipv4 | null = null;
    let arrived = false;
    let unreachable = 0;
    for (let probe = 0; probe < settings.probes; probe++) {
      if (probe > 0 && settings.pause > 0) yield* proc.sleep(settings.pause * 1e6);
      const answer = yield* prober.send(++sequence, ttl);
      if (!answer.ok) {
        if (answer.error === 'EINTR') return 130;
        yield* proc.write(2, `\ntraceroute: sendto: ${strerror(answer.error, proc.library)}\n`);
        return 1;
      }
      if (answer.value === null) {
        yield* proc.write(1, `${gap}*`);
        continue;
      }
      const { from, time, code, ttl: left } = answer.value;
      let text = '';
      if (previous !== from) {
        previous = from;
        text += gap;
        if (options.has('n')) text += formatIpv4(from);
        else text += `${(yield* nameOfAddress(proc, from)) ?? formatIpv4(from)} (${formatIpv4(from)})`;
      }
      text += `  ${(Math.floor(time / 1000) / 1000).toFixed(3)} ms`;
      if (options.has('l')) text += ` (${left})`;
      yield* proc.write(1, text + markOf(answer.value));
      if (code === PORT_UNREACHABLE || code === 2) arrived = true;
      else if (code !== null) unreachable++;
    }
    yield* proc.write(1, '\n');
    if (arrived || (unreachable > 0 && unreachable >= settings.probes - 1)) return 0;
  }
  return 0;
}
