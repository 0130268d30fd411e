import {
  type Ipv4,
  type Mac,
  isMulticast,
  isMulticastMac,
  BROADCAST_MAC,
  parseIpv4,
  parseMac,
} from '../../../wire/address.ts';
import { type Cidr, contains, maskOf } from '../../../wire/cidr.ts';
import { parseIpv6 } from '../../../wire/ipv6-address.ts';
import { EtherType } from '../../../wire/packet.ts';
import type { PacketView } from './packet-view.ts';
import { FilterError, syntaxError, type TokenReader } from './token-reader.ts';

export type Predicate = (view: PacketView) => boolean;

/** What names mean to a filter. */
export interface FilterNames {
  readonly addresses: (host: string) => readonly Ipv4[];
  readonly port: (name: string) => number | undefined;
}

type Direction = 'src' | 'dst' | 'src or dst' | 'src and dst';
type Kind = 'host' | 'net' | 'port' | 'portrange' | 'proto';

/** What stands in front of an identifier; `host a or b` gives b those of a. */
export interface Qualifiers {
  readonly protocol: string | null;
  readonly direction: Direction | null;
  readonly kind: Kind | null;
}

const PROTOCOLS: Readonly<Record<string, Predicate>> = {
  ether: () => true,
  ip: (view) => view.ip !== null,
  ip6: (view) => view.ip6 !== null,
  arp: (view) => view.arp !== null,
  rarp: () => false,
  tcp: (view) => view.protocol === 6,
  udp: (view) => view.protocol === 17,
  sctp: (view) => view.protocol === 132,
  icmp: (view) => view.ip?.protocol === 1,
  icmp6: (view) => view.ip6?.nextHeader === 58,
  igmp: (view) => view.ip?.protocol === 2,
};
const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, igmp: 2, tcp: 6, udp: 17, icmp6: 58, sctp: 132 };
const ETHER_TYPES: Readonly<Record<string, number>> = { ...EtherType, ip: EtherType.ipv4, ip6: EtherType.ipv6 };
const KINDS: readonly Kind[] = ['host', 'net', 'port', 'portrange', 'proto'];
/** Words that libpcap knows, of things that no frame here has. */
const NOT_HERE = [
  'vlan',
  'mpls',
  'pppoes',
  'geneve',
  'gateway',
  'decnet',
  'iso',
  'stp',
  'ifname',
  'wlan',
  'atalk',
  'ah',
  'esp',
  'pim',
  'vrrp',
  'link',
  'fddi',
  'tr',
  'ppp',
  'protochain',
];

/** Reads one primitive (pcap-filter(7)). @param last the qualifiers of the one before */
export function readPrimitive(
  tokens: TokenReader,
  names: FilterNames,
  last: Qualifiers | null,
): { readonly predicate: Predicate; readonly qualifiers: Qualifiers } {
  const word = tokens.peek() ?? '';
  const plain = (predicate: Predicate) => {
    tokens.next();
    return { predicate, qualifiers: { protocol: null, direction: null, kind: null } };
  };
  if (word === 'broadcast') return plain((view) => view.frame.destination === BROADCAST_MAC);
  if (word === 'multicast') return plain((view) => isMulticastMac(view.frame.destination));
  if (word === 'inbound' || word === 'outbound')
    return plain((view) => (view.direction === 'in') === (word === 'inbound'));
  if (word === 'less' || word === 'greater') {
    tokens.next();
    const limit = numberOf(tokens.next());
    return {
      predicate: (view) => (word === 'less' ? view.bytes.length <= limit : view.bytes.length >= limit),
      qualifiers: { protocol: null, direction: null, kind: null },
    };
  }
  if (NOT_HERE.includes(word))
    throw new FilterError(`this simulated host has no "${word}": ${Object.keys(PROTOCOLS).join(', ')} are here`);
  const protocol = Object.hasOwn(PROTOCOLS, word) ? tokens.next() : null;
  if (protocol !== null && (tokens.peek() === 'broadcast' || tokens.peek() === 'multicast'))
    return { predicate: castOf(protocol, tokens.next()), qualifiers: { protocol, direction: null, kind: null } };
  const direction = readDirection(tokens);
  const kind = KINDS.find((each) => each === tokens.peek()) ?? null;
  if (kind !== null) tokens.next();
  const given = { protocol, direction, kind };
  if (protocol !== null && direction === null && kind === null)
    return { predicate: PROTOCOLS[protocol] as Predicate, qualifiers: given };
  const bare = direction === null && kind === null;
  const qualifiers = bare ? (last ?? { protocol: null, direction: null, kind: 'host' as const }) : given;
  if (bare && !isIdentifier(tokens.peek())) throw syntaxError();
  return { predicate: identify(tokens, qualifiers, names), qualifiers };
}

const isIdentifier = (word: string | undefined): boolean =>
  word !== undefined && /^[\w\\./:-]+$/.test(word) && !['and', 'or', 'not'].includes(word);

function readDirection(tokens: TokenReader): Direction | null {
  const first = tokens.take('src', 'dst');
  if (first === null) return null;
  const joint = tokens.peek();
  const second = tokens.peek(1);
  if ((joint === 'or' || joint === 'and') && (second === 'src' || second === 'dst') && second !== first) {
    tokens.next();
    tokens.next();
    return joint === 'or' ? 'src or dst' : 'src and dst';
  }
  return first as Direction;
}

function identify(tokens: TokenReader, { protocol, direction, kind }: Qualifiers, names: FilterNames): Predicate {
  const word = tokens.next().replace(/^\\/, '');
  const way = direction ?? 'src or dst';
  switch (kind) {
    case 'port':
    case 'portrange':
      return portTest(protocol, way, kind === 'port' ? onePort(word, names) : portRange(word, names));
    case 'net':
      return netTest(protocol, way, readNet(tokens, word));
    case 'proto':
      return protocolTest(protocol, word);
    default:
      return protocol === 'ether' ? etherTest(way, word) : hostTest(protocol, way, word, names);
  }
}

/** Joins what is said of the two ends. */
function ends<T>(way: Direction, test: (end: T) => boolean, source: T, destination: T): boolean {
  if (way === 'src') return test(source);
  if (way === 'dst') return test(destination);
  return way === 'src or dst' ? test(source) || test(destination) : test(source) && test(destination);
}

function addressTest(protocol: string | null, way: Direction, test: (address: Ipv4) => boolean): Predicate {
  if (protocol !== null && !['ip', 'arp', 'tcp', 'udp', 'icmp'].includes(protocol)) throw syntaxError();
  const inArp = protocol === null || protocol === 'arp';
  return (view) => {
    if (view.arp) return inArp && ends(way, test, view.arp.senderAddress, view.arp.targetAddress);
    if (!view.ip || protocol === 'arp') return false;
    return (
      (protocol === null || (PROTOCOLS[protocol] as Predicate)(view)) &&
      ends(way, test, view.ip.source, view.ip.destination)
    );
  };
}

function hostTest(protocol: string | null, way: Direction, word: string, names: FilterNames): Predicate {
  const six = parseIpv6(word);
  if (six !== null)
    return ({ ip6 }) => ip6 !== null && ends(way, (address) => address === six, ip6.source, ip6.destination);
  const literal = parseIpv4(word);
  const short = /^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(word);
  if (!literal.ok && short) return netTest(protocol, way, shortNet(word));
  const wanted = literal.ok ? [literal.value] : names.addresses(word);
  if (wanted.length === 0) throw new FilterError(`unknown host '${word}'`);
  return addressTest(protocol, way, (address) => wanted.includes(address));
}

function netTest(protocol: string | null, way: Direction, net: Cidr): Predicate {
  return addressTest(protocol, way, (address) => contains(net, address));
}

/** `172.18`, `172.18.0.0/16`, `172.18.0.0 mask 255.255.0.0`. */
function readNet(tokens: TokenReader, word: string): Cidr {
  const [text = '', length] = word.split('/');
  const net = shortNet(text);
  if (length !== undefined) {
    if (!/^\d+$/.test(length) || Number(length) > 32) throw new FilterError('mask length must be <= 32');
    return checked({ address: net.address, prefix: Number(length) }, word);
  }
  if (tokens.take('mask') === null) return net;
  const mask = parseIpv4(tokens.next());
  if (!mask.ok) throw syntaxError();
  const prefix = 32 - Math.log2((~mask.value >>> 0) + 1);
  if (!Number.isInteger(prefix)) throw new FilterError('a mask has to be ones before zeros on this simulated host');
  return checked({ address: net.address, prefix }, word);
}

function checked(net: Cidr, text: string): Cidr {
  if ((net.address & ~maskOf(net.prefix)) !== 0) throw new FilterError(`non-network bits set in "${text}"`);
  return net;
}

function shortNet(text: string): Cidr {
  const parts = text.split('.');
  const padded = parseIpv4([...parts, '0', '0', '0'].slice(0, 4).join('.'));
  if (!padded.ok || parts.length > 4) throw new FilterError(`unknown network '${text}'`);
  return { address: padded.value, prefix: parts.length * 8 };
}

function portTest(protocol: string | null, way: Direction, [first, last]: readonly [number, number]): Predicate {
  if (protocol !== null && !['tcp', 'udp', 'ip', 'ip6', 'sctp'].includes(protocol))
    throw new FilterError(`illegal qualifier of 'port'`);
  const test = (port: number) => port >= first && port <= last;
  return (view) => {
    const { ports } = view;
    if (ports === null || (protocol !== null && !(PROTOCOLS[protocol] as Predicate)(view))) return false;
    return ends(way, test, ports.source, ports.destination);
  };
}

function onePort(word: string, { port }: FilterNames): readonly [number, number] {
  const number = /^\d+$/.test(word) ? Number(word) : port(word);
  if (number === undefined) throw new FilterError(`unknown port '${word}'`);
  if (number > 65_535) throw new FilterError(`illegal port number ${number} > 65535`);
  return [number, number];
}

function portRange(word: string, names: FilterNames): readonly [number, number] {
  const [from = '', to = from] = word.split('-');
  const [a, b] = [onePort(from, names)[0], onePort(to, names)[0]];
  return [Math.min(a, b), Math.max(a, b)];
}

function protocolTest(protocol: string | null, word: string): Predicate {
  if (protocol === 'ether') {
    const type = Object.hasOwn(ETHER_TYPES, word) ? ETHER_TYPES[word] : numberOf(word);
    return (view) => view.frame.etherType === type;
  }
  const number = Object.hasOwn(NUMBERS, word) ? NUMBERS[word] : numberOf(word);
  return (view) => view.protocol === number && (protocol === null || (PROTOCOLS[protocol] as Predicate)(view));
}

function etherTest(way: Direction, word: string): Predicate {
  const mac = parseMac(word);
  if (!mac.ok) throw new FilterError(`unknown ether host '${word}'`);
  const test = (address: Mac) => address === mac.value;
  return ({ frame }) => ends(way, test, frame.source, frame.destination);
}

function castOf(protocol: string, cast: string): Predicate {
  if (protocol === 'ether')
    return ({ frame }) =>
      cast === 'broadcast' ? frame.destination === BROADCAST_MAC : isMulticastMac(frame.destination);
  if (protocol !== 'ip') throw syntaxError();
  return ({ ip }) => ip !== null && (cast === 'multicast' ? isMulticast(ip.destination) : ip.destination === -1);
}

function numberOf(word: string): number {
  if (!/^(?:0x[0-9a-f]+|\d+)$/i.test(word)) throw syntaxError();
  return Number(word);
}
