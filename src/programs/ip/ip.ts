import type { Sys } from '../../kernel/syscalls/proc.ts';
import { type CommandLine, declareProgram, wordOptions } from '../libc/command-line.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { address } from './address.ts';
import { link } from './link.ts';
import type { Face } from './link-text.ts';
import { neighbor } from './neighbor.ts';
import { complain, print, type Request } from './request.ts';
import { route } from './route.ts';

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
where  OBJECT := { address | link | neigh | netns | route | rule }
       OPTIONS := { -4 | -6 | -br[ief] | -o[neline] | -s[tatistics] | -d[etails] | -j[son] | -p[retty] }
`;

const APPLET_USAGE = `ip [OPTIONS] address|link|neigh|route|rule [ARGS]

OPTIONS := -f[amily] inet|inet6|link | -4 | -6 | -o[neline]`;

/** In the order in which shortened names are looked up. */
const OBJECTS = [
  'address',
  'addrlabel',
  'maddress',
  'route',
  'rule',
  'neighbor',
  'neighbour',
  'link',
  'netns',
] as const;

const SHOWS_ALONE = 'shows alone';
const REFUSED = 'refused: address, link, neigh, netns, route and rule are here';
const COMMAND_LINE: Readonly<Record<Face, CommandLine>> = {
  iproute2: {
    options: wordOptions(
      [...OBJECTS, '-4', '-6', '-f=', '-br', '-o', '-s', '-d', '-j', '-p', '-c', '-r', '-h', '-iec', '-t', '-V'],
      {
        rule: SHOWS_ALONE,
        d: 'in JSON, without the settings of bridges and their ports',
        netns: 'its list is empty, as on every Docker host',
        addrlabel: REFUSED,
        maddress: REFUSED,
        c: 'no colours',
        r: 'without effect',
        h: 'without effect',
        iec: 'without effect',
        t: 'without effect',
      },
    ),
  },
  busybox: {
    options: wordOptions(['address', 'link', 'route', 'rule', 'neigh', '-4', '-6', '-f=', '-o'], { rule: SHOWS_ALONE }),
  },
};

type Options = Omit<Request, 'proc' | 'face' | 'args'>;

/** `ip`, in iproute2's face on the host and BusyBox's in the images: what it shows and changes are the kernel's own tables. */
export const ipProgram = (face: Face) =>
  declareProgram(COMMAND_LINE[face], function* (proc) {
    const read = readOptions(proc.argv.slice(1), face);
    if (typeof read === 'string') {
      if (face === 'busybox') return yield* showUsage(proc, APPLET_USAGE);
      return yield* complain({ proc, face }, read, read.startsWith('ip utility') ? 0 : 255);
    }
    const [object, ...args] = read.rest;
    if (object === undefined || object === 'help') {
      if (face === 'busybox') return yield* showUsage(proc, APPLET_USAGE);
      yield* proc.write(2, USAGE);
      return object === undefined ? 255 : 0;
    }
    const found = OBJECTS.find((each) => each.startsWith(object));
    const request: Request = { proc, face, ...read.options, args };
    if (args[0] === 'help') {
      yield* proc.write(2, USAGE);
      return 255;
    }
    switch (found) {
      case 'address':
        return yield* address(request);
      case 'link':
        return yield* link(request);
      case 'route':
        return yield* route(request);
      case 'neighbour':
      case 'neighbor':
        return yield* neighbor(request);
      case 'rule':
        return yield* rule(request);
      case 'netns':
        return yield* netns(request);
      case undefined:
        return face === 'busybox'
          ? yield* complain(request, `invalid argument '${object}' to 'ip'`, 1)
          : yield* complain(request, `Object "${object}" is unknown, try "ip help".`, 1);
      default:
        return yield* complain(
          request,
          `ip ${found} is not on this simulated host; address, link, neigh, netns, route and rule are.`,
          1,
        );
    }
  });

/** A text: what is wrong with an option. */
function readOptions(words: readonly string[], face: Face): { options: Options; rest: readonly string[] } | string {
  let family: 4 | 6 | null = null;
  let [json, pretty] = [false, false];
  const flags = { brief: false, oneLine: false, statistics: false, details: false };
  let i = 0;
  for (; words[i]?.startsWith('-'); i++) {
    const word = words[i] as string;
    const option = word.replace(/^--/, '-');
    const is = (name: string, least = 2) => `-${name}`.startsWith(option) && option.length >= least;
    if (option === '-4') family = 4;
    else if (option === '-6') family = 6;
    else if (option === '-0') family = null;
    else if (is('family')) family = words[++i] === 'inet6' ? 6 : 4;
    else if (is('brief', 3)) flags.brief = true;
    else if (is('oneline')) flags.oneLine = true;
    else if (is('statistics') || is('stats')) flags.statistics = true;
    else if (is('details')) flags.details = true;
    else if (is('json')) json = true;
    else if (is('pretty')) pretty = true;
    else if (option === '-V' || is('Version')) return 'ip utility, iproute2-6.14.0';
    else if (
      !(
        is('color') ||
        option.startsWith('-c=') ||
        is('resolve') ||
        is('human') ||
        is('iec') ||
        is('numeric', 3) ||
        is('timestamp')
      )
    )
      return `Option "${word}" is unknown, try "ip -help".`;
  }
  if (face === 'busybox' && (flags.brief || flags.details || json || pretty)) return 'unknown';
  return { options: { family, ...flags, json: json ? (pretty ? 'pretty' : 'plain') : null }, rest: words.slice(i) };
}

/** Policy routing has only the three rules that every kernel begins with. */
function* rule(request: Request): Sys<number> {
  const [verb] = request.args;
  if (verb !== undefined && !'show'.startsWith(verb) && !'list'.startsWith(verb))
    return yield* complain(request, `ip rule ${verb} is not on this simulated host; ip rule show is.`, 1);
  const end = request.face === 'busybox' ? ' ' : '';
  const rules: readonly (readonly [number, string])[] = [
    [0, 'local'],
    [32766, 'main'],
    [32767, 'default'],
  ];
  return yield* print(
    request,
    () => rules.map(([priority, table]) => `${priority}:\tfrom all lookup ${table}${end}\n`).join(''),
    () => rules.map(([priority, table]) => ({ priority, src: 'all', table })),
  );
}

/** Docker's namespaces have no names in /run/netns, so the list is empty, as on a real host. */
function* netns(request: Request): Sys<number> {
  const [verb, name = ''] = request.args;
  if (verb === undefined || 'list'.startsWith(verb) || verb === 'show') return 0;
  if ('exec'.startsWith(verb) || 'delete'.startsWith(verb))
    return yield* complain(
      request,
      `Cannot ${verb.startsWith('d') ? 'remove namespace file' : 'open network namespace'} "${verb.startsWith('d') ? `/run/netns/${name}` : name}": No such file or directory`,
      255,
    );
  return yield* complain(
    request,
    `ip netns ${verb} is not on this simulated host; enter a container's namespace with nsenter -t PID -n.`,
    1,
  );
}
