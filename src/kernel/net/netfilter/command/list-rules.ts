import { formatIpv4 } from '../../../../wire/address.ts';
import type { Chain } from '../chain.ts';
import type { AddressTest, DeviceTest, Rule } from '../rule.ts';
import { protocolName } from './parse-rule.ts';

export interface ListOptions {
  readonly verbose: boolean;
  readonly numbers: boolean;
  readonly exact: boolean;
}

/** One chain as `iptables -L -n` prints it. */
export function listChain(chain: Chain, options: ListOptions): string {
  const counters = options.verbose
    ? ` ${count(chain.packets, options.exact)} packets, ${count(chain.bytes, options.exact)} bytes`
    : '';
  const head =
    chain.policy === null
      ? `Chain ${chain.name} (${chain.references} references)`
      : `Chain ${chain.name} (policy ${chain.policy}${counters})`;
  const number = options.numbers ? 'num  ' : '';
  const titles = options.verbose
    ? `${number}${options.numbers ? ' ' : ' '}pkts bytes target     prot opt in     out     source               destination         `
    : `${number}target     prot opt source               destination         `;
  return `${[head, titles, ...chain.rules.map((rule, i) => ruleLine(rule, i + 1, options))].join('\n')}\n`;
}

function ruleLine(rule: Rule, number: number, options: ListOptions): string {
  const { spec } = rule;
  const index = options.numbers ? `${String(number).padEnd(4)} ` : '';
  const target = (spec.target?.name ?? '').padEnd(9);
  const protocol = `${spec.protocolNot ? '!' : ''}${protocolName(spec.protocol)}`;
  const words = [...spec.matches.map((match) => match.words), spec.target?.words ?? '']
    .filter((text) => text !== '')
    .join(' ');
  const source = addressText(spec.source).padEnd(20);
  const destination = addressText(spec.destination).padEnd(20);
  const tail = words === '' ? '' : ` ${words}`;
  if (!options.verbose) return `${index}${target}  ${protocol.padEnd(4)} --  ${source} ${destination}${tail}`;
  const counters = `${count(rule.packets, options.exact).padStart(5)} ${count(rule.bytes, options.exact).padStart(5)}`;
  return `${index}${counters} ${target}  ${protocol.padEnd(4)} --  ${deviceText(spec.inDevice).padEnd(6)} ${deviceText(spec.outDevice).padEnd(6)}  ${source} ${destination}${tail}`;
}

function addressText(test: AddressTest | null): string {
  if (!test) return ' 0.0.0.0/0'.slice(1);
  const text = test.prefix === 32 ? formatIpv4(test.address) : `${formatIpv4(test.address)}/${test.prefix}`;
  return test.not ? `!${text}` : text;
}

const deviceText = (test: DeviceTest | null) =>
  test ? `${test.not ? '!' : ''}${test.name}${test.prefix ? '+' : ''}` : '*';

/** 12345 becomes 12345, 123456 becomes 123K. */
function count(n: number, exact: boolean): string {
  if (exact || n <= 99_999) return String(n);
  if (n <= 9_999_000) return `${Math.round(n / 1000)}K`;
  return n <= 9_999_000_000 ? `${Math.round(n / 1e6)}M` : `${Math.round(n / 1e9)}G`;
}
