import { ok, type Result } from '../../../../base/result.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../../../wire/address.ts';
import { maskOf } from '../../../../wire/cidr.ts';
import type { MatchContext, MatchReader } from '../matches/match-extension.ts';
import { MATCHES } from '../matches/all.ts';
import { type AddressTest, type DeviceTest, Rule, type Target } from '../rule.ts';
import { TARGETS, type TargetReader } from '../targets/all.ts';
import type { Table } from '../table.ts';
import { type Complaint, refused, usage, type Words } from './options.ts';

export const PROTOCOLS: Readonly<Record<string, number>> = {
  all: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  sctp: 132,
};

/** Options of a rule that stand for others. */
const LONG: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--protocol': '-p',
  '--proto': '-p',
  '--jump': '-j',
  '--goto': '-g',
  '--match': '-m',
};

/** Reads a rule from the words behind the chain's name. */
export function parseRule(
  words: Words,
  table: Table,
  context: Omit<MatchContext, 'protocol'>,
): Result<Rule, Complaint> {
  let source: AddressTest | null = null;
  let destination: AddressTest | null = null;
  let inDevice: DeviceTest | null = null;
  let outDevice: DeviceTest | null = null;
  let protocol = 0;
  let protocolNot = false;
  let target: TargetReader | { readonly chain: string; readonly goto: boolean } | null = null;
  const readers: { readonly name: string; readonly reader: MatchReader }[] = [];
  const load = (name: string): MatchReader | null => {
    const reader = MATCHES.get(name)?.begin({
      ...context,
      get protocol() {
        return protocol;
      },
    });
    if (!reader) return null;
    readers.push({ name, reader });
    return reader;
  };
  let not = false;
  while (!words.done) {
    const word = words.next() as string;
    if (word === '!') {
      not = true;
      continue;
    }
    const option = LONG[word] ?? word;
    if ('sdiop'.includes(option[1] ?? '?') && option.length === 2) {
      // The old way of saying no: behind the option.
      if (words.peek() === '!') {
        words.next();
        not = true;
      }
      const value = words.value(option);
      if (!value.ok) return value;
      if (option === '-s' || option === '-d') {
        const test = readAddress(value.value, not);
        if (!test.ok) return test;
        if (option === '-s') source = test.value;
        else destination = test.value;
      } else if (option === '-p') {
        const number = readProtocol(value.value);
        if (number === null) return usage(`unknown protocol "${value.value}" specified`);
        protocol = number;
        protocolNot = not;
      } else {
        if (value.value.length > 15)
          return usage(`interface name \`${value.value}' must be shorter than IFNAMSIZ (15)`);
        const prefix = value.value.endsWith('+');
        const test = { name: prefix ? value.value.slice(0, -1) : value.value, prefix, not };
        if (option === '-i') inDevice = test;
        else outDevice = test;
      }
    } else if (option === '-m') {
      const name = words.value(option);
      if (!name.ok) return name;
      if (!load(name.value))
        return usage(
          REAL.match.includes(name.value)
            ? notHere('match', name.value, MATCHES.keys())
            : `Couldn't load match \`${name.value}':No such file or directory`,
        );
    } else if (option === '-j' || option === '-g') {
      const name = words.value(option);
      if (!name.ok) return name;
      const extension = option === '-j' ? TARGETS.get(name.value) : undefined;
      if (!extension && REAL.target.includes(name.value) && !table.chains.has(name.value))
        return usage(notHere('target', name.value, TARGETS.keys()));
      if (extension && !extension.tables.includes(table.name)) return refused('No chain/target/match by that name.');
      target = extension ? extension.begin() : { chain: name.value, goto: option === '-g' };
    } else {
      const taken = takeOption(option, not, words, readers, target && 'end' in target ? target : null, () =>
        load(implied(option, protocol) ?? ''),
      );
      if (!taken.ok) return taken;
      if (!taken.value)
        return option.startsWith('-') ? usage(`unknown option "${option}"`) : usage(`Bad argument \`${option}'`);
    }
    not = false;
  }
  const matches = [];
  for (const { reader } of readers) {
    const match = reader.end();
    if (!match.ok) return match;
    matches.push(match.value);
  }
  const decided = finishTarget(target, table);
  if (!decided.ok) return decided;
  const spec = { source, destination, inDevice, outDevice, protocol, protocolNot, matches, target: decided.value };
  return ok(new Rule(spec, ruleText(spec)));
}

/** Offers an option to the matches that are loaded, then to the target, then to the match that the protocol implies. */
function takeOption(
  option: string,
  not: boolean,
  words: Words,
  readers: readonly { readonly reader: MatchReader }[],
  target: TargetReader | null,
  load: () => MatchReader | null,
): Result<boolean, Complaint> {
  for (const { reader } of [...readers].reverse()) {
    const taken = reader.option(option, not, words);
    if (!taken.ok || taken.value) return taken;
  }
  const byTarget = target?.option(option, words);
  if (byTarget && (!byTarget.ok || byTarget.value)) return byTarget;
  return load()?.option(option, not, words) ?? ok(false);
}

/** The match that `-p tcp` and its kin bring with them. */
function implied(option: string, protocol: number): string | null {
  if (!option.startsWith('--')) return null;
  return protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : protocol === 1 ? 'icmp' : null;
}

function finishTarget(
  target: TargetReader | { readonly chain: string; readonly goto: boolean } | null,
  table: Table,
): Result<Target | null, Complaint> {
  if (target === null) return ok(null);
  if ('end' in target) return target.end();
  const chain = table.chains.get(target.chain);
  if (!chain || chain.policy !== null) {
    return usage(`Chain '${target.chain}' does not exist`);
  }
  return ok({
    name: chain.name,
    spec: '',
    words: target.goto ? '[goto]' : '',
    does: target.goto ? 'goto' : 'jump',
    chain,
  });
}

function readAddress(text: string, not: boolean): Result<AddressTest, Complaint> {
  const [host = '', mask] = text.split('/') as [string, string?];
  const parts = host.split('.');
  const address = parseIpv4(
    parts.length < 4 && mask !== undefined ? [...parts, '0', '0', '0'].slice(0, 4).join('.') : host,
  );
  if (!address.ok) return usage(`host/network \`${host}' not found`);
  const dotted = mask === undefined ? null : parseIpv4(mask);
  const prefix =
    mask === undefined
      ? 32
      : dotted?.ok
        ? 32 - Math.log2((~dotted.value >>> 0) + 1)
        : /^\d+$/.test(mask)
          ? Number(mask)
          : -1;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) return usage(`invalid mask \`${mask}' specified`);
  return ok({ address: (address.value & maskOf(prefix)) as Ipv4, mask: maskOf(prefix), prefix, not });
}

function readProtocol(text: string): number | null {
  const lower = text.toLowerCase();
  if (Object.hasOwn(PROTOCOLS, lower)) return PROTOCOLS[lower] as number;
  return /^\d{1,3}$/.test(text) && Number(text) < 256 ? Number(text) : null;
}

export const protocolName = (number: number): string =>
  Object.keys(PROTOCOLS).find((name) => PROTOCOLS[name] === number) ?? String(number);

/** The rule as `iptables -S` prints it: addresses, devices, protocol, matches, target. */
function ruleText(spec: Rule['spec']): string {
  const parts: string[] = [];
  const bang = (not: boolean) => (not ? '! ' : '');
  const address = (flag: string, test: AddressTest | null) => {
    if (test && (test.prefix > 0 || test.not))
      parts.push(`${bang(test.not)}${flag} ${formatIpv4(test.address)}/${test.prefix}`);
  };
  const device = (flag: string, test: DeviceTest | null) => {
    if (test) parts.push(`${bang(test.not)}${flag} ${test.name}${test.prefix ? '+' : ''}`);
  };
  address('-s', spec.source);
  address('-d', spec.destination);
  device('-i', spec.inDevice);
  device('-o', spec.outDevice);
  if (spec.protocol !== 0) parts.push(`${bang(spec.protocolNot)}-p ${protocolName(spec.protocol)}`);
  for (const match of spec.matches) parts.push(match.spec);
  const { target } = spec;
  if (target)
    parts.push(`${target.does === 'goto' ? '-g' : '-j'} ${target.name}${target.spec ? ` ${target.spec}` : ''}`);
  return parts.join(' ');
}

/** Extensions that iptables itself has and this kernel hasn't. */
const REAL: Readonly<Record<'match' | 'target', readonly string[]>> = {
  match:
    'addrtype ah bpf cgroup cluster connbytes connlabel connlimit connmark cpu dccp devgroup dscp ecn esp hashlimit helper length limit mac nfacct osf owner physdev pkttype policy quota rateest realm recent rpfilter sctp set socket statistic string tcpmss time tos ttl u32'.split(
      ' ',
    ),
  target:
    'AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNMARK CONNSECMARK CT DSCP ECN HMARK IDLETIMER LED NETMAP NFLOG NFQUEUE RATEEST SECMARK SET SYNPROXY TCPMSS TCPOPTSTRIP TEE TOS TPROXY TRACE TTL'.split(
      ' ',
    ),
};

const notHere = (kind: 'match' | 'target', name: string, here: Iterable<string>) =>
  `the ${kind} ${name} is not on this simulated host: ${[...here].join(', ')} are here`;
