import type { PacketView } from './packet-view.ts';
import { FilterError, syntaxError, type TokenReader } from './token-reader.ts';

/** The value of an expression for one packet; null: the packet has no such bytes, and nothing said of them is true. */
export type Arithmetic = (view: PacketView) => number | null;

/** Offsets and values that have names (pcap-filter(7)). */
const NAMED: Readonly<Record<string, number>> = {
  icmptype: 0,
  icmpcode: 1,
  tcpflags: 13,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-redirect': 5,
  'icmp-echo': 8,
  'icmp-timxceed': 11,
  'tcp-fin': 1,
  'tcp-syn': 2,
  'tcp-rst': 4,
  'tcp-push': 8,
  'tcp-ack': 16,
  'tcp-urg': 32,
};
const ACCESSIBLE = ['ether', 'arp', 'ip', 'ip6', 'icmp', 'tcp', 'udp'] as const;

type Operation = (a: number, b: number) => number;
/** By precedence, loosest first; all are left-associative. */
const LEVELS: readonly Readonly<Record<string, Operation>>[] = [
  { '|': (a, b) => (a | b) >>> 0 },
  { '^': (a, b) => (a ^ b) >>> 0 },
  { '&': (a, b) => (a & b) >>> 0 },
  { '<<': (a, b) => (a << b) >>> 0, '>>': (a, b) => a >>> b },
  { '+': (a, b) => (a + b) >>> 0, '-': (a, b) => (a - b) >>> 0 },
  { '*': (a, b) => (a * b) >>> 0, '/': (a, b) => Math.trunc(a / b), '%': (a, b) => a % b },
];

/** Whether an arithmetic expression begins here, and no word of a primitive. */
export function beginsArithmetic(tokens: TokenReader): boolean {
  const word = tokens.peek() ?? '';
  return (
    word === 'len' || isNumber(word) || Object.hasOwn(NAMED, word) || (isAccessible(word) && tokens.peek(1) === '[')
  );
}

export function readArithmetic(tokens: TokenReader, level = 0): Arithmetic {
  const operations = LEVELS[level];
  if (!operations) return readTerm(tokens);
  let left = readArithmetic(tokens, level + 1);
  for (
    let name = tokens.take(...Object.keys(operations));
    name !== null;
    name = tokens.take(...Object.keys(operations))
  ) {
    const operation = operations[name] as Operation;
    const [a, b] = [left, readArithmetic(tokens, level + 1)];
    left = (view) => {
      const [x, y] = [a(view), b(view)];
      return x === null || y === null ? null : operation(x, y);
    };
  }
  return left;
}

function readTerm(tokens: TokenReader): Arithmetic {
  const word = tokens.next();
  if (word === '(') {
    const inner = readArithmetic(tokens);
    tokens.expect(')');
    return inner;
  }
  if (word === 'len') return (view) => view.bytes.length;
  if (isNumber(word)) return constant(Number(word));
  if (Object.hasOwn(NAMED, word)) return constant(NAMED[word] as number);
  return isAccessible(word) ? readAccess(tokens, word) : fail();
}

/** `tcp[13]`, `ip[2:2]`: bytes of a header. */
function readAccess(tokens: TokenReader, protocol: (typeof ACCESSIBLE)[number]): Arithmetic {
  tokens.expect('[');
  // `13:2` is one word to the reader of tokens.
  const [first = '', width] = (tokens.peek() ?? '').split(':');
  let offset: Arithmetic;
  let size = 1;
  if (width !== undefined && isNumber(first)) {
    tokens.next();
    offset = constant(Number(first));
    size = Number(width);
  } else {
    offset = readArithmetic(tokens);
    const tail = /^:(\d)$/.exec(tokens.peek() ?? '');
    if (tail) {
      tokens.next();
      size = Number(tail[1]);
    }
  }
  tokens.expect(']');
  if (![1, 2, 4].includes(size)) throw new FilterError('data size must be 1, 2, or 4');
  return (view) => {
    const start = view.offsetOf(protocol);
    const at = offset(view);
    return start === null || at === null ? null : view.number(start + at, size);
  };
}

const isNumber = (word: string) => /^(?:0x[0-9a-f]+|\d+)$/i.test(word);
const isAccessible = (word: string): word is (typeof ACCESSIBLE)[number] => ACCESSIBLE.some((each) => each === word);
const constant =
  (value: number): Arithmetic =>
  () =>
    value;

function fail(): never {
  throw syntaxError();
}
