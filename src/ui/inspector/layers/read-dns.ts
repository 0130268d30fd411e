import { formatIpv4 } from '../../../wire/address.ts';
import { dnsLayout, type DnsRecord, dnsTypeName, parseDns } from '../../../wire/dns.ts';
import { toHex } from '../../../base/bytes.ts';
import { FieldReader, hex, type Layer } from './field.ts';

const CODES = ['no error', 'FormErr', 'ServFail', 'NXDomain', 'NotImp', 'Refused'];

/** A DNS message; null where it is none. */
export function readDnsLayer(bytes: Uint8Array, start: number): Layer | null {
  const reader = new FieldReader(bytes, start);
  const parsed = parseDns(reader.slice(0));
  const layout = dnsLayout(reader.slice(0));
  if (!parsed.ok || !layout.ok) return null;
  const message = parsed.value;
  const flags = [
    message.response ? 'response' : 'query',
    message.authoritative ? 'authoritative' : '',
    message.recursionDesired ? 'recursion desired' : '',
    message.recursionAvailable ? 'recursion available' : '',
    message.response ? (CODES[message.code] ?? `code ${message.code}`) : '',
  ];
  reader.add('dns.id', 0, 2, hex(message.id, 4));
  reader.add('dns.flags', 2, 2, flags.filter((flag) => flag !== '').join(', '));
  reader.add('dns.counts', 4, 8, [4, 6, 8, 10].map((at) => reader.u16(at)).join(', '));
  layout.value.questions.forEach(({ offset, length }, i) => {
    const question = message.questions[i];
    if (question) reader.add('dns.question', offset, length, `${question.name} ${dnsTypeName(question.type)}`);
  });
  layout.value.answers.forEach(({ offset, length }, i) => {
    const answer = message.answers[i];
    if (answer) reader.add('dns.answer', offset, length, answerText(answer));
  });
  const { end } = layout.value;
  if (reader.left > end) reader.add('dns.rest', end, reader.left - end, `${reader.left - end} bytes`);
  return reader.layer('dns', reader.left);
}

function answerText({ name, type, ttl, data }: DnsRecord): string {
  const text = typeof data === 'number' ? formatIpv4(data) : typeof data === 'string' ? data : toHex(data);
  return `${name} ${dnsTypeName(type)} ${text} (TTL ${ttl})`;
}
