import type { FieldName, Layer } from '../layers/field.ts';

/** A packet in one short line of the field's own words; addresses and ports stand beside it. */
export function summaryOf(layers: readonly Layer[]): string {
  const own = layers.filter(({ quoted }) => !quoted);
  const values = new Map<FieldName, string>();
  for (const { fields } of own) for (const { name, value } of fields) if (!values.has(name)) values.set(name, value);
  const last = own.at(-1)?.name;
  switch (last) {
    case 'http':
      return values.get('http.start') ?? '';
    case 'dns':
      return dnsSummary(values);
    case 'tcp':
      return tcpSummary(own.at(-1) as Layer, values);
    case 'udp':
      return `${Number(values.get('udp.length') ?? 8) - 8} bytes`;
    case 'icmp':
    case 'icmp6':
      return icmpSummary(values);
    case 'arp':
      return arpSummary(values);
    case 'ipv4':
      return Number(values.get('ipv4.offset')) > 0
        ? `fragment at ${values.get('ipv4.offset')}`
        : (values.get('ipv4.protocol') ?? '');
    case 'ipv6':
      return values.get('ipv6.next') ?? '';
    case 'ethernet':
      return values.get('ethernet.type') ?? '';
    case undefined:
      return '';
  }
}

type Values = ReadonlyMap<FieldName, string>;

function arpSummary(values: Values): string {
  const [sender, target] = [values.get('arp.sender'), values.get('arp.target')];
  // Who asks for their own address wants no answer: the others are to know (RFC 5227).
  if (sender === target) return `${sender} announces itself`;
  return values.get('arp.operation')?.startsWith('1') === true
    ? `who has ${target}?`
    : `${sender} is at ${values.get('arp.senderMac')}`;
}

function dnsSummary(values: Values): string {
  const [name = '', type = ''] = values.get('dns.question')?.split(' ') ?? [];
  const flags = values.get('dns.flags') ?? '';
  if (flags.startsWith('query')) return `${type}? ${name}`;
  const answer = values.get('dns.answer');
  if (answer !== undefined) return answer.replace(/ \(TTL.*/, '');
  const code = flags.split(', ').at(-1) ?? '';
  return `${name}: ${code === 'no error' ? `no ${type}` : code}`;
}

function tcpSummary(layer: Layer, values: Values): string {
  const flags = (values.get('tcp.flags') ?? '').replaceAll(', ', '·');
  const data = layer.fields.find(({ name }) => name === 'tcp.data');
  if (data === undefined) return flags;
  const [line = ''] = data.value.split('\n');
  return `${flags} ${data.length} bytes: ${line.length > 40 ? `${line.slice(0, 40)}…` : line}`;
}

function icmpSummary(values: Values): string {
  const name = (field: FieldName) => /\((.*)\)/.exec(values.get(field) ?? '')?.[1];
  const sequence = values.get('icmp.sequence');
  const type = name('icmp.type') ?? `type ${values.get('icmp.type')}`;
  if (sequence !== undefined) return `${type} ${sequence}`;
  const code = name('icmp.code');
  return code === undefined ? type : `${type}: ${code}`;
}
