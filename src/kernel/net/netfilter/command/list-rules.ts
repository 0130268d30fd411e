import { formatIpv4 } from '../../../../wire/address.ts';
import type { Chain } from '../chain.ts';
import type { AddressTest, DeviceTest, Rule } from '../rule.ts';
import { protocolName } from './parse-rule.ts';

export interface ListOptions {
  readonly verbose: boolean;
  readonly numbers: boolean;
  readonly exact: boolean;
  /** -n. Without it 0.0.0.0/0 is `anywhere`; other addresses and ports have no names here. */
  readonly numeric: boolean;
}

/** One chain as `iptables -L -n` prints it (iptables/xshared.c: print_header, print_rule_details). */
export function listChain(chain: Chain, options: ListOptions): string {
  const { exact } = options;
  const counters = options.verbose
    ? ` ${count(chain.packets, { exact })} packets, ${count(chain.bytes, { exact })} bytes`
    : '';
  const head =
    chain.policy === null
      ? `Chain ${chain.name} (${chain.references} references)`
      : `Chain ${chain.name} (policy ${chain.policy}${counters})`;
  const number = options.numbers ? 'num  ' : '';
  const counted = !options.verbose ? '' : exact ? '    pkts      bytes ' : ' pkts bytes ';
  const devices = options.verbose ? ' in     out   ' : '';
  const titles = `${number}${counted}target     prot opt${devices} source               destination         `;
  return `${[head, titles, ...chain.rules.map((rule, i) => ruleLine(rule, i + 1, options))].join('\n')}\n`;
}

function ruleLine(rule: Rule, number: number, options: ListOptions): string {
  const { spec } = rule;
  const { exact } = options;
  const index = options.numbers ? `${String(number).padEnd(4)} ` : '';
  const counters = options.verbose
    ? `${count(rule.packets, { exact, padded: true })} ${count(rule.bytes, { exact, padded: true })} `
    : '';
  const target = (spec.target?.name ?? '').padEnd(9);
  const protocol = `${spec.protocolNot ? '!' : ' '}${protocolName(spec.protocol).padEnd(4)}`;
  const devices = options.verbose
    ? ` ${deviceText(spec.inDevice).padEnd(6)} ${deviceText(spec.outDevice).padEnd(6)} `
    : '';
  const words = [...spec.matches.map((match) => match.words), spec.target?.words ?? ''].filter((text) => text !== '');
  const tail = words.map((text) => ` ${text}`).join('');
  return `${index}${counters}${target} ${protocol} -- ${devices}${addressText(spec.source, options)} ${addressText(spec.destination, options)} ${tail}`;
}

/** The sign of an inverted test stands before the column. */
function addressText(test: AddressTest | null, { numeric }: ListOptions): string {
  if (!test) return ` ${(numeric ? '0.0.0.0/0' : 'anywhere').padEnd(19)}`;
  const text = test.prefix === 32 ? formatIpv4(test.address) : `${formatIpv4(test.address)}/${test.prefix}`;
  return `${test.not ? '!' : ' '}${text.padEnd(19)}`;
}

const deviceText = (test: DeviceTest | null) =>
  test ? `${test.not ? '!' : ''}${test.name}${test.prefix ? '+' : ''}` : '*';

/** Large numbers in thousands (K), millions (M) and so on, unless exact ones are asked for (xtables_print_num). */
function count(n: number, { exact, padded = false }: { readonly exact: boolean; readonly padded?: boolean }): string {
  if (exact) return padded ? String(n).padStart(8) : String(n);
  let text = String(n);
  let rest = n;
  for (const unit of n <= 99_999 ? [] : 'KMGT') {
    rest = Math.floor((rest + 500) / 1000);
    text = `${rest}${unit}`;
    if (rest <= 9999) break;
  }
  return padded ? text.padStart(5) : text;
}
