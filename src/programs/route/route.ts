import type { NewRoute } from '../../kernel/syscalls/net-admin.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { parseIpv4 } from '../../wire/address.ts';
import { type Cidr, maskOf, networkOf } from '../../wire/cidr.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { getopt } from '../libc/getopt.ts';
import { resolveHost } from '../libc/resolve.ts';
import { routeTable } from './route-table-text.ts';

const USAGE = `route [-ne] [-A inet] [{add|del} TARGET [netmask MASK] [gw ADDRESS] [metric N] [[dev] IFACE]]

Show or change the routes

	-n	No names
	-e	Other columns
	TARGET	default, or [-net|-host] ADDRESS[/BITS]`;

const SPEC = 'A:ne46v';
const LIMITS = { 6: 'IPv4 alone is here', A: 'inet alone is here' };

/** route, which is nearly the same in BusyBox (networking/route.c) and net-tools. Left out: IPv6, mss, window, irtt. */
export const route = (face: 'busybox' | 'net-tools') =>
  declareProgram({ options: getoptOptions(SPEC, { limits: LIMITS }) }, function* (proc) {
    // Minus signs of -net and -host belong to the target.
    const args = proc.argv.slice(1).map((arg) => arg.replace(/^-(net|host)$/, '#$1'));
    const { given, rest, problem } = getopt(args, SPEC);
    const has = (letter: string) => given.some(({ name }) => name === letter);
    if (problem) return yield* misused(proc, face);
    const [verb, ...words] = rest;
    if (verb === undefined) {
      const form = has('e') ? 'netstat' : 'route';
      yield* proc.write(1, yield* routeTable(proc, { numeric: has('n'), form }));
      return 0;
    }
    if (verb !== 'add' && verb !== 'del' && verb !== 'delete') return yield* misused(proc, face);
    const change = yield* readRoute(proc, words);
    if (change === null) return yield* misused(proc, face);
    if (typeof change === 'string') {
      yield* proc.write(2, `route: ${change}\n`);
      return 1;
    }
    const call = verb === 'add' ? 'SIOCADDRT' : 'SIOCDELRT';
    const done =
      proc.uid !== 0
        ? ({ ok: false, error: 'EPERM' } as const)
        : verb === 'add'
          ? proc.net.addRoute(change)
          : proc.net.removeRoute(change);
    if (done.ok) return 0;
    yield* proc.write(2, `${face === 'busybox' ? 'route: ' : ''}${call}: ${strerror(done.error, proc.library)}\n`);
    return face === 'busybox' ? 1 : 7;
  });

function* misused(proc: Proc, face: 'busybox' | 'net-tools'): Sys<number> {
  if (face === 'busybox') return yield* showUsage(proc, USAGE);
  yield* proc.write(2, `Usage: ${USAGE}\n`);
  return 4;
}

/** The route that the words name; a text: what is wrong; null: it makes no sense. */
function* readRoute(proc: Proc, words: readonly string[]): Sys<NewRoute | string | null> {
  const rest = [...words];
  const kind = rest[0] === '#net' || rest[0] === '#host' ? rest.shift() : undefined;
  const target = rest.shift();
  if (target === undefined) return null;
  const [name = '', bits] = target.split('/');
  const found = name === 'default' ? null : yield* resolveHost(proc, name);
  if (found && !found.ok) return `resolving ${name}`;
  const address = found?.ok ? (found.value[0] as Cidr['address']) : (0 as Cidr['address']);
  let prefix = bits === undefined ? (name === 'default' || address === 0 ? 0 : 32) : Number(bits);
  // A network without a mask has that of its class, as in 1985.
  if (kind === '#net' && bits === undefined) prefix = classPrefix(address);
  const change: { gateway?: Cidr['address']; device?: string; metric?: number; type?: 'unreachable' } = {};
  while (rest.length > 0) {
    const word = rest.shift() as string;
    if (word === 'reject') change.type = 'unreachable';
    else if (rest.length === 0) change.device = word;
    else {
      const value = rest.shift() as string;
      const parsed = parseIpv4(value);
      if (word === 'gw' || word === 'gateway') {
        const gateway = yield* resolveHost(proc, value);
        if (!gateway.ok) return `resolving ${value}`;
        change.gateway = gateway.value[0] as Cidr['address'];
      } else if (word === 'netmask') {
        if (!parsed.ok) return `resolving ${value}`;
        prefix = 32 - Math.log2(1 + (~parsed.value >>> 0));
        if (!Number.isInteger(prefix)) return `bogus netmask ${value}`;
      } else if (word === 'metric') change.metric = Number(value);
      else if (word === 'dev' || word === 'device') change.device = value;
      else return null;
    }
  }
  const destination = { address, prefix };
  if ((address & ~maskOf(prefix)) !== 0 || networkOf(destination) !== address)
    return 'netmask and route address conflict';
  return { destination, ...change };
}

function classPrefix(address: number): number {
  const first = address >>> 24;
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
