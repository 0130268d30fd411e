import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { appletOptions, hostOptions } from '../libc/options.ts';
import { routeTable } from '../route/route-table-text.ts';
import { interfaceTable } from './interface-table.ts';
import { socketTable } from './socket-lines.ts';

const APPLET_USAGE = `netstat [-ral] [-tuwx] [-enWp]

Show connections, sockets and routes

	-r	Routes
	-a	All sockets
	-l	Only those that wait for connections
	-t	TCP
	-u	UDP
	-w	Raw
	-x	Unix
	-e	More columns
	-n	No names
	-W	Wide columns
	-p	Processes`;

const HOST_USAGE = `usage: netstat [-vWnNep] [-r | -i | <sockets>]

        -r, --route              routes
        -i, --interfaces         devices
        -l, --listening          sockets that wait for connections
        -a, --all                all sockets
        -n, --numeric            no names
        -p, --programs           processes of sockets
        -W, --wide               wide columns

  <sockets>={-t|--tcp} {-u|--udp} {-w|--raw} {-x|--unix}
`;

const SPECS = { busybox: 'laentuwxrWp', 'net-tools': 'laentuwxrWpivN46' };
const LIMITS = { 4: 'shows IPv6 too', 6: 'shows IPv4 too', N: 'without effect', v: 'without effect' };
const LONG = {
  route: 'r',
  interfaces: 'i',
  listening: 'l',
  all: 'a',
  numeric: 'n',
  programs: 'p',
  wide: 'W',
  tcp: 't',
  udp: 'u',
  raw: 'w',
  unix: 'x',
  extend: 'e',
  verbose: 'v',
};

/** netstat in BusyBox's form and in that of net-tools: the namespace's sockets, routes and devices. */
export const netstat = (face: 'busybox' | 'net-tools') =>
  declareProgram(
    { options: getoptOptions(SPECS[face], { limits: LIMITS, ...(face === 'net-tools' && { long: LONG }) }) },
    function* (proc) {
      const options =
        face === 'busybox'
          ? yield* appletOptions(proc, 'netstat', SPECS[face], APPLET_USAGE)
          : yield* hostOptions(proc, 'netstat', SPECS[face], HOST_USAGE, { long: LONG });
      if (!options) return face === 'busybox' ? 1 : 4;
      const numeric = options.has('n');
      if (options.has('r')) {
        const form = options.has('e') ? 'route' : 'netstat';
        yield* proc.write(1, yield* routeTable(proc, { numeric, form }));
        return 0;
      }
      if (options.has('i')) {
        yield* proc.write(1, interfaceTable(proc.net.links(), options.has('a')));
        return 0;
      }
      const listening = options.has('l') || options.has('a');
      const connected = !options.has('l') || options.has('a');
      const asked = (['t', 'u', 'w', 'x'] as const).filter((letter) => options.has(letter));
      const names = { t: 'tcp', u: 'udp', w: 'raw', x: 'unix' } as const;
      const kinds = (asked.length > 0 ? asked : (['t', 'u', 'w', 'x'] as const)).map((letter) => names[letter]);
      const internet = kinds.filter((kind) => kind !== 'unix');
      const settings = { face, numeric, listening, connected, programs: options.has('p'), wide: options.has('W') };
      if (internet.length > 0) yield* proc.write(1, yield* socketTable(proc, internet, settings));
      if (kinds.includes('unix')) {
        const which = listening && connected ? 'servers and established' : listening ? 'only servers' : 'w/o servers';
        const column = options.has('p') ? 'PID/Program name     ' : '';
        yield* proc.write(
          1,
          `Active UNIX domain sockets (${which})\nProto RefCnt Flags       Type       State         I-Node ${face === 'busybox' ? '' : '  '}${column}Path\n`,
        );
      }
      return 0;
    },
  );
