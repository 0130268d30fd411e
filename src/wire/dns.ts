import { decodeUtf8, encodeUtf8 } from '../base/bytes.ts';
import { err, ok, type Result } from '../base/result.ts';
import { formatIpv4, type Ipv4 } from './address.ts';

/** DNS, RFC 1035 section 4: header of 12 bytes, questions, answers. Left out: EDNS, types that nobody here asks for (kept as bytes). */
export const DnsType = {
  a: 1,
  ns: 2,
  cname: 5,
  soa: 6,
  ptr: 12,
  mx: 15,
  txt: 16,
  aaaa: 28,
  srv: 33,
  any: 255,
} as const;
export const DnsCode = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nxDomain: 3,
  notImplemented: 4,
  refused: 5,
} as const;

export interface DnsQuestion {
  /** Without a dot at its end. */
  readonly name: string;
  readonly type: number;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: number;
  /** Seconds. */
  readonly ttl: number;
  /** A: the address; PTR, CNAME, NS: the name; else the bytes. */
  readonly data: Ipv4 | string | Uint8Array;
}

export interface DnsMessage {
  readonly id: number;
  readonly response: boolean;
  readonly authoritative: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly code: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
}

type DnsError = 'truncated' | 'bad name';

export function parseDns(bytes: Uint8Array): Result<DnsMessage, DnsError> {
  if (bytes.length < 12) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint16(2);
  let at = 12;
  const questions: DnsQuestion[] = [];
  for (let i = view.getUint16(4); i > 0; i--) {
    const name = readName(bytes, at);
    if (!name.ok) return name;
    at = name.value.end;
    if (at + 4 > bytes.length) return err('truncated');
    questions.push({ name: name.value.name, type: view.getUint16(at) });
    at += 4;
  }
  const answers: DnsRecord[] = [];
  for (let i = view.getUint16(6); i > 0; i--) {
    const name = readName(bytes, at);
    if (!name.ok) return name;
    at = name.value.end;
    if (at + 10 > bytes.length) return err('truncated');
    const type = view.getUint16(at);
    const length = view.getUint16(at + 8);
    if (at + 10 + length > bytes.length) return err('truncated');
    const data = readData(bytes, view, type, at + 10, length);
    if (!data.ok) return data;
    answers.push({ name: name.value.name, type, ttl: view.getUint32(at + 4), data: data.value });
    at += 10 + length;
  }
  return ok({
    id: view.getUint16(0),
    response: (flags & 0x8000) !== 0,
    authoritative: (flags & 0x0400) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    code: flags & 15,
    questions,
    answers,
  });
}

interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Where each question and answer of a message lies in its bytes, and where they end. */
export function dnsLayout(
  bytes: Uint8Array,
): Result<{ readonly questions: readonly Span[]; readonly answers: readonly Span[]; readonly end: number }, DnsError> {
  if (bytes.length < 12) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const questions: Span[] = [];
  const answers: Span[] = [];
  let at = 12;
  for (const [spans, count] of [
    [questions, view.getUint16(4)],
    [answers, view.getUint16(6)],
  ] as const)
    for (let i = 0; i < count; i++) {
      const name = readName(bytes, at);
      if (!name.ok) return name;
      const fixed = name.value.end + (spans === questions ? 4 : 10);
      if (fixed > bytes.length) return err('truncated');
      const end = spans === questions ? fixed : fixed + view.getUint16(fixed - 2);
      if (end > bytes.length) return err('truncated');
      spans.push({ offset: at, length: end - at });
      at = end;
    }
  return ok({ questions, answers, end: at });
}

function readData(
  bytes: Uint8Array,
  view: DataView,
  type: number,
  at: number,
  length: number,
): Result<DnsRecord['data'], DnsError> {
  if (type === DnsType.a && length === 4) return ok(view.getInt32(at) as Ipv4);
  if (type === DnsType.ptr || type === DnsType.cname || type === DnsType.ns) {
    const name = readName(bytes, at);
    return name.ok ? ok(name.value.name) : name;
  }
  return ok(bytes.slice(at, at + length));
}

/** A name from there on, following compression pointers backwards (section 4.1.4). */
function readName(bytes: Uint8Array, start: number): Result<{ readonly name: string; readonly end: number }, DnsError> {
  const labels: string[] = [];
  let at = start;
  let end = -1;
  for (let jumps = 0; ; ) {
    const length = bytes[at];
    if (length === undefined) return err('truncated');
    if (length === 0) return ok({ name: labels.join('.'), end: end < 0 ? at + 1 : end });
    if ((length & 0xc0) === 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined) return err('truncated');
      if (++jumps > 32) return err('bad name');
      if (end < 0) end = at + 2;
      at = ((length & 0x3f) << 8) | low;
    } else {
      if (length > 63 || at + 1 + length > bytes.length) return err('bad name');
      labels.push(decodeUtf8(bytes.subarray(at + 1, at + 1 + length)));
      at += 1 + length;
    }
  }
}

/** @param compress later mentions of a question's name point back to it, as most servers do; Docker's resolver doesn't */
export function emitDns(message: DnsMessage, { compress = false }: { readonly compress?: boolean } = {}): Uint8Array {
  const out: number[] = [];
  const push16 = (n: number) => out.push((n >> 8) & 255, n & 255);
  const push32 = (n: number) => out.push((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
  push16(message.id);
  push16(
    (message.response ? 0x8000 : 0) |
      (message.authoritative ? 0x0400 : 0) |
      (message.recursionDesired ? 0x0100 : 0) |
      (message.recursionAvailable ? 0x0080 : 0) |
      message.code,
  );
  push16(message.questions.length);
  push16(message.answers.length);
  push32(0);
  const places = new Map<string, number>();
  const pushName = (name: string) => {
    const known = compress ? places.get(name.toLowerCase()) : undefined;
    if (known !== undefined) {
      push16(0xc000 | known);
      return;
    }
    if (name !== '') places.set(name.toLowerCase(), out.length);
    for (const label of name.split('.').filter((each) => each !== '')) {
      const bytes = encodeUtf8(label).subarray(0, 63);
      out.push(bytes.length, ...bytes);
    }
    out.push(0);
  };
  for (const { name, type } of message.questions) {
    pushName(name);
    push16(type);
    push16(1);
  }
  for (const { name, type, ttl, data } of message.answers) {
    pushName(name);
    push16(type);
    push16(1);
    push32(ttl);
    const at = out.length;
    push16(0);
    if (typeof data === 'number') push32(data);
    else if (typeof data === 'string') pushName(data);
    else out.push(...data);
    const length = out.length - at - 2;
    out[at] = length >> 8;
    out[at + 1] = length & 255;
  }
  return Uint8Array.from(out);
}

/** `172.18.0.2` to `2.0.18.172.in-addr.arpa`. */
export function reverseName(address: Ipv4): string {
  return `${formatIpv4(address).split('.').reverse().join('.')}.in-addr.arpa`;
}

const TYPE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(DnsType).map(([name, number]) => [number, name.toUpperCase()]),
);
const CODE_NAMES = ['', ' FormErr', ' ServFail', ' NXDomain', ' NotImp', ' Refused'];

export const dnsTypeName = (type: number): string => TYPE_NAMES.get(type) ?? `Type${type}`;

/** tcpdump's text of a message of that length. @param verbosity names of answers from 1, the question again from 2, TTLs from 3 */
export function formatDns(message: DnsMessage, length: number, verbosity = 0): string {
  const [question] = message.questions;
  if (!message.response) {
    return `${message.id}${message.recursionDesired ? '+' : ''} ${question ? `${dnsTypeName(question.type)}? ${question.name}.` : ''} (${length})`;
  }
  const marks = `${CODE_NAMES[message.code] ?? ''}${message.authoritative ? '*' : ''}${message.recursionAvailable ? '' : '-'}`;
  const answers = message.answers.map(({ name, type, ttl, data }) => {
    const owner = verbosity > 0 ? `${name}. ` : '';
    const age = verbosity > 2 ? `[${relativeTime(ttl)}] ` : '';
    const text = typeof data === 'number' ? formatIpv4(data) : typeof data === 'string' ? `${data}.` : '';
    return `${owner}${age}${dnsTypeName(type)} ${text}`.trimEnd();
  });
  const again = verbosity > 1 && question ? ` q: ${dnsTypeName(question.type)}? ${question.name}.` : '';
  return `${message.id}${marks}${again} ${message.answers.length}/0/0${answers.length > 0 ? ` ${answers.join(', ')}` : ''} (${length})`;
}

/** 3661 seconds as `1h1m1s`. */
function relativeTime(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ['w', 604_800],
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)}${unit}`);
    rest %= size;
  }
  return parts.join('') || '0s';
}
