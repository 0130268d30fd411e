import { ok } from '../../../../base/result.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../../../wire/address.ts';
import { usage } from '../command/options.ts';
import type { MatchExtension } from './match-extension.ts';

interface Range {
  readonly first: Ipv4;
  readonly last: Ipv4;
  readonly not: boolean;
}

/** -m iprange: addresses from one to another (xt_iprange.c). */
export const iprange: MatchExtension = {
  name: 'iprange',
  begin() {
    let source: Range | null = null;
    let destination: Range | null = null;
    return {
      option(option, not, words) {
        if (option !== '--src-range' && option !== '--dst-range') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const [from = '', to = from] = value.value.split('-');
        const first = parseIpv4(from);
        const last = parseIpv4(to);
        if (!first.ok || !last.ok) return usage(`iprange: Bad value for "${option}" option: "${value.value}"`);
        const range = { first: first.value, last: last.value, not };
        if (option === '--src-range') source = range;
        else destination = range;
        return ok(true);
      },
      end() {
        const [from, to] = [source, destination];
        if (from === null && to === null)
          return usage("iprange match: You must specify `--src-range' or `--dst-range'");
        const text = ({ first, last }: Range) => `${formatIpv4(first)}-${formatIpv4(last)}`;
        const each = (source: string, destination: string) =>
          [
            from && `${from.not ? '! ' : ''}${source} ${text(from)}`,
            to && `${to.not ? '! ' : ''}${destination} ${text(to)}`,
          ]
            .filter((part) => part !== null)
            .join(' ');
        return ok({
          spec: `-m iprange ${each('--src-range', '--dst-range')}`,
          words: each('source IP range', 'destination IP range'),
          matches: ({ packet }) =>
            (from === null || isIn(from, packet.source)) && (to === null || isIn(to, packet.destination)),
        });
      },
    };
  },
};

const isIn = ({ first, last, not }: Range, address: Ipv4): boolean =>
  (first >>> 0 <= address >>> 0 && address >>> 0 <= last >>> 0) !== not;
