import { err, ok } from '../../../../base/result.ts';
import { TcpFlag, TcpSegment, UdpDatagram } from '../../../../wire/packet.ts';
import { portRangeText, readPortRange, usage } from '../command/options.ts';
import { destinationPortOf, sourcePortOf } from '../tuple.ts';
import type { MatchExtension } from './match-extension.ts';

type Range = readonly [number, number];
interface PortTest {
  readonly range: Range;
  readonly not: boolean;
}

/** -m tcp and -m udp: ports, and for TCP its flags (xt_tcpudp.c). */
function transport(name: 'tcp' | 'udp', number: number): MatchExtension {
  return {
    name,
    begin({ protocol }) {
      let source: PortTest | null = null;
      let destination: PortTest | null = null;
      let flags: { readonly mask: number; readonly set: number; readonly not: boolean; readonly text: string } | null =
        null;
      return {
        option(option, not, words) {
          if (['--sport', '--source-port', '--dport', '--destination-port'].includes(option)) {
            const value = words.value(option);
            if (!value.ok) return value;
            const range = readPortRange(value.value);
            if (!range.ok) return range;
            const test = { range: range.value, not };
            if (option.startsWith('--s')) source = test;
            else destination = test;
            return ok(true);
          }
          if (name === 'tcp' && option === '--syn') {
            flags = {
              mask: TcpFlag.fin | TcpFlag.syn | TcpFlag.rst | TcpFlag.ack,
              set: TcpFlag.syn,
              not,
              text: '--tcp-flags FIN,SYN,RST,ACK SYN',
            };
            return ok(true);
          }
          if (name === 'tcp' && option === '--tcp-flags') {
            const mask = readFlags(words.next());
            const set = readFlags(words.next());
            if (mask === null || set === null) return usage('tcp: unknown flags for "--tcp-flags"');
            flags = { mask, set, not, text: `--tcp-flags ${flagNames(mask)} ${flagNames(set)}` };
            return ok(true);
          }
          return ok(false);
        },
        end() {
          if (protocol !== number) return err({ exit: 2, text: `${name}: needs "-p ${name}"` });
          const tests = [source && ['sport', source], destination && ['dport', destination]].filter(
            (each) => each !== null,
          ) as ['sport' | 'dport', PortTest][];
          const parts = tests.map(([which, { range, not }]) => `${not ? '! ' : ''}--${which} ${portRangeText(range)}`);
          if (flags) parts.push(`${flags.not ? '! ' : ''}${flags.text}`);
          const words = tests.map(
            ([which, { range, not }]) =>
              `${which === 'sport' ? 'spt' : 'dpt'}${range[0] === range[1] ? '' : 's'}:${not ? '!' : ''}${portRangeText(range)}`,
          );
          if (flags)
            words.push(
              `flags:${flags.not ? '!' : ''}0x${flags.mask.toString(16).toUpperCase().padStart(2, '0')}/0x${flags.set.toString(16).toUpperCase().padStart(2, '0')}`,
            );
          const [from, to, wantedFlags] = [source, destination, flags] as const;
          return ok({
            spec: ['-m', name, ...parts].join(' '),
            words: words.length === 0 ? name : [name, ...words].join(' '),
            matches({ packet }) {
              if (!(packet.payload instanceof (name === 'tcp' ? TcpSegment : UdpDatagram))) return false;
              if (from !== null && !within(from, sourcePortOf(packet))) return false;
              if (to !== null && !within(to, destinationPortOf(packet))) return false;
              return (
                wantedFlags === null ||
                (((packet.payload as TcpSegment).flags & wantedFlags.mask) === wantedFlags.set) !== wantedFlags.not
              );
            },
          });
        },
      };
    },
  };
}

export const tcp = transport('tcp', 6);
export const udp = transport('udp', 17);

/** -m multiport: up to 15 ports or ranges at once (xt_multiport.c). */
export const multiport: MatchExtension = {
  name: 'multiport',
  begin() {
    let test: {
      readonly which: 'sports' | 'dports' | 'ports';
      readonly ranges: readonly Range[];
      readonly not: boolean;
    } | null = null;
    return {
      option(option, not, words) {
        const which = {
          '--sports': 'sports',
          '--source-ports': 'sports',
          '--dports': 'dports',
          '--destination-ports': 'dports',
          '--ports': 'ports',
        }[option] as 'sports' | 'dports' | 'ports' | undefined;
        if (!which) return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const ranges: Range[] = [];
        for (const part of value.value.split(',')) {
          const range = readPortRange(part);
          if (!range.ok) return range;
          ranges.push(range.value);
        }
        test = { which, ranges, not };
        return ok(true);
      },
      end() {
        const found = test;
        if (found === null) return usage('multiport expects "--sports", "--dports" or "--ports"');
        const text = found.ranges.map(portRangeText).join(',');
        const inside = (port: number) => found.ranges.some(([first, last]) => port >= first && port <= last);
        return ok({
          spec: `-m multiport ${found.not ? '! ' : ''}--${found.which} ${text}`,
          words: `multiport ${found.which} ${found.not ? '!' : ''}${text}`,
          matches: ({ packet }) =>
            ((found.which !== 'dports' && inside(sourcePortOf(packet))) ||
              (found.which !== 'sports' && inside(destinationPortOf(packet)))) !== found.not,
        });
      },
    };
  },
};

const within = ({ range, not }: PortTest, port: number) => (port >= range[0] && port <= range[1]) !== not;

const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;

function readFlags(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === 'ALL') return 63;
  if (text === 'NONE') return 0;
  let flags = 0;
  for (const name of text.split(',')) {
    const bit = FLAG_NAMES.indexOf(name.toUpperCase() as 'FIN');
    if (bit < 0) return null;
    flags |= 1 << bit;
  }
  return flags;
}

const flagNames = (flags: number) => FLAG_NAMES.filter((_, bit) => (flags & (1 << bit)) !== 0).join(',') || 'NONE';
