import { ok, type Result } from '../../../../base/result.ts';
import { formatIpv4 } from '../../../../wire/address.ts';
import { maskOf, parseCidr } from '../../../../wire/cidr.ts';
import { type Complaint, portRangeText, readPortRange, usage } from '../command/options.ts';
import type { ConntrackEntry } from '../conntrack.ts';
import type { SkBuff } from '../../skb.ts';
import { readStates } from './conntrack-state.ts';
import type { MatchExtension } from './match-extension.ts';

interface Test {
  /** Behind the option, as iptables prints it. */
  readonly text: string;
  matches(skb: SkBuff): boolean;
}
type Reader = (value: string, not: boolean) => Result<Test, Complaint>;

/** What a test of the connection itself says of a packet that has none: it doesn't fit. */
const ofEntry = (text: string, not: boolean, fits: (entry: ConntrackEntry) => boolean): Result<Test, Complaint> =>
  ok({ text, matches: ({ conntrack }) => conntrack !== null && fits(conntrack) !== not });

const address =
  (side: 'original' | 'reply', end: 'source' | 'destination'): Reader =>
  (value, not) => {
    const network = parseCidr(value.includes('/') ? value : `${value}/32`);
    if (!network.ok) return usage(`host/network \`${value}' not found`);
    const { address: wanted, prefix } = network.value;
    const mask = maskOf(prefix);
    const text = `${formatIpv4(wanted)}${prefix === 32 ? '' : `/${prefix}`}`;
    return ofEntry(text, not, (entry) => ((entry[side][end] ^ wanted) & mask) === 0);
  };

const port =
  (side: 'original' | 'reply', end: 'sourcePort' | 'destinationPort'): Reader =>
  (value, not) => {
    const range = readPortRange(value);
    if (!range.ok) return range;
    const [first, last] = range.value;
    return ofEntry(portRangeText(range.value), not, (entry) => first <= entry[side][end] && entry[side][end] <= last);
  };

const direction: Reader = (value, not) => {
  const text = value.toUpperCase();
  if (text !== 'ORIGINAL' && text !== 'REPLY') return usage(`conntrack: Bad value for "--ctdir" option: "${value}"`);
  const wanted = text === 'REPLY' ? 1 : 0;
  return ok({ text, matches: (skb) => skb.conntrack !== null && (skb.direction === wanted) !== not });
};

/** Its options, in the order in which iptables prints them (conntrack_dump). */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['ctstate', (value, not) => readStates('conntrack', value, not)],
  ['ctorigsrc', address('original', 'source')],
  ['ctorigdst', address('original', 'destination')],
  ['ctreplsrc', address('reply', 'source')],
  ['ctrepldst', address('reply', 'destination')],
  ['ctorigsrcport', port('original', 'sourcePort')],
  ['ctorigdstport', port('original', 'destinationPort')],
  ['ctreplsrcport', port('reply', 'sourcePort')],
  ['ctrepldstport', port('reply', 'destinationPort')],
  ['ctdir', direction],
]);

/**
 * -m conntrack: the state of a packet's connection, its ends before and after NAT, its direction (xt_conntrack.c). Left out:
 * --ctproto, --ctstatus, --ctexpire.
 */
export const conntrackMatch: MatchExtension = {
  name: 'conntrack',
  begin() {
    const given = new Map<string, Test & { readonly not: boolean }>();
    return {
      option(option, not, words) {
        const name = option.slice(2);
        const reader = option.startsWith('--') ? READERS.get(name) : undefined;
        if (!reader) return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const test = reader(value.value, not);
        if (!test.ok) return test;
        given.set(name, { ...test.value, not });
        return ok(true);
      },
      end() {
        const tests = [...READERS.keys()].flatMap((name) => {
          const test = given.get(name);
          return test ? [{ name, ...test }] : [];
        });
        if (tests.length === 0) return usage('conntrack: At least one option is required');
        const text = (dashes: string) =>
          tests.map(({ name, text, not }) => `${not ? '! ' : ''}${dashes}${name} ${text}`).join(' ');
        return ok({
          spec: `-m conntrack ${text('--')}`,
          words: text(''),
          needsConntrack: true,
          matches(skb) {
            for (let i = 0; i < tests.length; i++) if (!(tests[i] as Test).matches(skb)) return false;
            return true;
          },
        });
      },
    };
  },
};
