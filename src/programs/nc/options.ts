import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS } from '../../wire/address.ts';
import type { IpAddress } from '../../wire/ipv6-address.ts';
import { appletOptions, readNumber } from '../libc/options.ts';
import { readServices } from '../libc/services.ts';
import { addressOfHost, fail } from './words.ts';

export const NC_USAGE = `nc [OPTIONS] HOST PORT  - open a connection
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - wait for one

	-e PROG ARGS	Run PROG with the connection as its input and output (last option)
	-l		Listen
	-lk		With -e: serve one connection after another
	-p PORT		Local port
	-s ADDR		Local address
	-w SEC		Give up after so long without a connection or data
	-i SEC		Pause before every line
	-o FILE		Hex dump of all that passes
	-n		No DNS
	-u		UDP
	-b		Allow broadcasts
	-v		Say what happens
	-z		Only see whether the port is open`;

export interface NcOptions {
  readonly listen: boolean;
  /** -k: with a command, serve all that come. */
  readonly persistent: boolean;
  readonly udp: boolean;
  readonly broadcast: boolean;
  readonly verbose: number;
  readonly numeric: boolean;
  readonly scan: boolean;
  /** 0: any. */
  readonly localPort: number;
  readonly localAddress: IpAddress;
  /** Nanoseconds; 0: none. */
  readonly timeout: number;
  readonly interval: number;
  readonly dump: string | null;
  readonly command: readonly string[] | null;
  /** The other side, with port 0 for any. */
  readonly remote: { readonly host: string; readonly address: IpAddress; readonly port: number } | null;
}

/** `-e` is cut off before, with all that follows it. */
export const NC_SPEC = 'np:s:ubvw:lki:o:z';

/** What follows `-e` belongs to the command, so it is cut off before the options are read. */
export function cutCommand(
  args: readonly string[],
): readonly [args: readonly string[], command: readonly string[] | null] {
  const at = args.findIndex((arg) => /^-[nuvlkz]*e$/.test(arg));
  if (at < 0) return [args, null];
  const others = (args[at] as string).slice(0, -1);
  return [[...args.slice(0, at), ...(others === '-' ? [] : [others])], args.slice(at + 1)];
}

/** Reads the command line; a number is the exit status after something wrong in it, which has been told. */
export function* readNcOptions(proc: Proc): Sys<NcOptions | number> {
  const [args, command] = cutCommand(proc.argv.slice(1));
  const options = yield* appletOptions(proc, 'nc', NC_SPEC, NC_USAGE, { argv: args, maximum: 2 });
  if (!options) return 1;
  const seconds = (letter: string, least: number) => readNumber(options.value(letter) ?? String(least), least, 0xffff);
  const wait = options.has('w') ? seconds('w', 0) : 0;
  const interval = options.has('i') ? seconds('i', 1) : 0;
  for (const number of [wait, interval]) if (typeof number === 'string') return yield* fail(proc, number);
  const udp = options.has('u');
  const services = yield* readServices(proc);
  const portOf = (text: string | undefined) => (text === undefined ? 0 : services.port(text, udp ? 'udp' : 'tcp'));
  const localPort = portOf(options.value('p'));
  if (localPort === undefined) return yield* fail(proc, `bad port '${options.value('p')}'`);
  const [host, portText] = options.operands;
  const port = portOf(portText);
  if (port === undefined) return yield* fail(proc, `bad port '${portText}'`);
  let remote: NcOptions['remote'] = null;
  if (host !== undefined) {
    const address = yield* addressOfHost(proc, host);
    if (address === null) return 1;
    remote = { host, address, port };
  }
  const source = options.value('s');
  const localAddress = source === undefined ? ANY_ADDRESS : yield* addressOfHost(proc, source);
  if (localAddress === null) return 1;
  if (udp && (typeof remote?.address === 'bigint' || typeof localAddress === 'bigint'))
    return yield* fail(proc, 'UDP over IPv6 is not on this simulated host; TCP to ::1 is');
  return {
    listen: options.has('l') || options.has('k'),
    persistent: options.has('k') || options.count('l') > 1,
    udp,
    broadcast: options.has('b'),
    verbose: options.count('v'),
    numeric: options.has('n'),
    scan: options.has('z'),
    localPort,
    localAddress,
    timeout: (wait as number) * 1e9,
    interval: (interval as number) * 1e9,
    dump: command === null ? (options.value('o') ?? null) : null,
    command,
    remote,
  };
}
