import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { getoptOptions, type Limits } from '../libc/command-line.ts';
import { hostOptions } from '../libc/options.ts';
import type { DumpStyle } from './dump.ts';

const SPEC = 'AbB:c:C:dDeE:fF:G:hHi:Ij:JKlLm:M:nNOpqQ:r:s:StuUvV:w:W:xXy:z:Z:#';
const LONG = {
  interface: 'i',
  'list-interfaces': 'D',
  'absolute-tcp-sequence-numbers': 'S',
  'no-promiscuous-mode': 'p',
  'packet-buffered': 'U',
  direction: 'Q',
  'snapshot-length': 's',
  help: 'h',
  number: '#',
};
const ELSEWHERE = "refused: packets aren't kept in files on this simulated host";
const REFUSED: Readonly<Record<string, string>> = {
  w: ELSEWHERE,
  r: ELSEWHERE,
  C: ELSEWHERE,
  G: ELSEWHERE,
  W: ELSEWHERE,
  z: ELSEWHERE,
  V: ELSEWHERE,
  d: 'refused: filters are not compiled on this simulated host',
  E: 'refused: nothing is encrypted on this simulated host',
  I: 'refused: there is no wireless device on this simulated host',
  F: 'refused: write the expression on the command line',
};
const WITHOUT_EFFECT = 'without effect';
const LIMITS: Limits = {
  ...REFUSED,
  ...Object.fromEntries([...'bBfHjJKLmMNOsuyZ'].map((letter) => [letter, WITHOUT_EFFECT])),
};

export const TCPDUMP_OPTIONS = getoptOptions(SPEC, { long: LONG, limits: LIMITS });

const VERSION = 'tcpdump version 4.99.6\nlibpcap version 1.10.6 (with TPACKET_V3)\n';
const USAGE = `Usage: tcpdump [-AdDefhHlnpqStuUvxX#] [ -c count ] [ -i interface ]
		[ -Q in|out|inout ] [ -s snaplen ] [ expression ]
`;

export interface TcpdumpSettings {
  /** null: the first one that is up; `any`: all. */
  readonly device: string | null;
  readonly list: boolean;
  readonly promiscuous: boolean;
  /** 0: no end. */
  readonly count: number;
  readonly numeric: boolean;
  readonly link: boolean;
  readonly quick: boolean;
  readonly absolute: boolean;
  readonly numbered: boolean;
  readonly verbosity: number;
  readonly timestamps: number;
  readonly lineBuffered: boolean;
  readonly direction: 'in' | 'out' | 'inout';
  readonly dump: { readonly style: DumpStyle; readonly fromLink: boolean } | null;
  readonly expression: string;
}

/** The command line; after a mistake, or when all has been said, the exit status. */
export function* readSettings(proc: Proc): Sys<TcpdumpSettings | number> {
  const options = yield* hostOptions(proc, 'tcpdump', SPEC, VERSION + USAGE, { long: LONG });
  if (!options) return 1;
  if (options.has('h')) {
    yield* proc.write(1, VERSION + USAGE);
    return 0;
  }
  const refused = Object.keys(REFUSED).find((letter) => options.has(letter));
  if (refused !== undefined)
    return yield* fail(
      proc,
      `-${refused} is ${REFUSED[refused]}: -i, -c, -n, -e, -v, -A, -x, -X and an expression are here`,
    );
  const count = options.value('c');
  if (count !== undefined && !(/^\d+$/.test(count) && Number(count) > 0))
    return yield* fail(proc, `invalid packet count ${count}`);
  const direction = options.value('Q') ?? 'inout';
  if (direction !== 'in' && direction !== 'out' && direction !== 'inout')
    return yield* fail(proc, `unknown capture direction '${direction}'`);
  const hex = options.has('X') ? 'hex and ascii' : options.has('x') ? 'hex' : null;
  const style = options.has('A') ? 'ascii' : hex;
  return {
    device: options.value('i') ?? null,
    list: options.has('D'),
    promiscuous: !options.has('p'),
    count: Number(count ?? 0),
    numeric: options.has('n'),
    link: options.has('e'),
    quick: options.has('q'),
    absolute: options.has('S'),
    numbered: options.has('#'),
    verbosity: options.count('v'),
    timestamps: options.count('t'),
    lineBuffered: options.has('l') || options.has('U'),
    direction,
    dump:
      style === null
        ? null
        : { style, fromLink: Math.max(options.count('X'), options.count('x'), options.count('A')) > 1 },
    expression: options.operands.join(' '),
  };
}

export function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `tcpdump: ${text}\n`);
  return 1;
}
