/** The protocols that a packet can be opened into, from the outside in. */
export type LayerName = 'ethernet' | 'arp' | 'ipv4' | 'ipv6' | 'icmp' | 'icmp6' | 'udp' | 'tcp' | 'dns' | 'http';

/** One value in a packet, and where in its bytes it lies. */
export interface Field {
  readonly name: FieldName;
  readonly value: string;
  /** From the first byte of the whole packet. */
  readonly offset: number;
  readonly length: number;
}

export interface Layer {
  readonly name: LayerName;
  /** Header and what it carries that has no layer of its own. */
  readonly offset: number;
  readonly length: number;
  readonly fields: readonly Field[];
  /** It stands in an ICMP error: the packet that the error is about. */
  readonly quoted: boolean;
}

/** Every field that is shown: the key of its words. */
export type FieldName =
  | `ethernet.${'destination' | 'source' | 'type'}`
  | `arp.${'hardware' | 'protocol' | 'lengths' | 'operation' | 'senderMac' | 'sender' | 'targetMac' | 'target'}`
  | `ipv4.${'version' | 'tos' | 'length' | 'identification' | 'flags' | 'offset' | 'ttl' | 'protocol' | 'checksum' | 'source' | 'destination' | 'data'}`
  | `ipv6.${'version' | 'length' | 'next' | 'hops' | 'source' | 'destination' | 'data'}`
  | `icmp.${'type' | 'code' | 'checksum' | 'identifier' | 'sequence' | 'unused' | 'mtu' | 'data'}`
  | `udp.${'source' | 'destination' | 'length' | 'checksum' | 'data'}`
  | `tcp.${'source' | 'destination' | 'sequence' | 'acknowledgment' | 'offset' | 'flags' | 'window' | 'checksum' | 'urgent' | 'mss' | 'scale' | 'sack' | 'timestamps' | 'data'}`
  | `dns.${'id' | 'flags' | 'counts' | 'question' | 'answer' | 'rest'}`
  | `http.${'start' | 'header' | 'body'}`;

/** Reads numbers of one layer and collects its fields; offsets count from the layer's beginning. */
export class FieldReader {
  readonly fields: Field[] = [];
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly start: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** How many bytes there are from the layer's beginning. */
  get left(): number {
    return this.bytes.length - this.start;
  }

  u8(offset: number): number {
    return this.view.getUint8(this.start + offset);
  }

  u16(offset: number): number {
    return this.view.getUint16(this.start + offset);
  }

  u32(offset: number): number {
    return this.view.getUint32(this.start + offset);
  }

  slice(offset: number, end?: number): Uint8Array {
    return this.bytes.subarray(this.start + offset, end === undefined ? undefined : this.start + end);
  }

  add(name: FieldName, offset: number, length: number, value: string | number): void {
    this.fields.push({ name, value: String(value), offset: this.start + offset, length });
  }

  layer(name: LayerName, length: number): Layer {
    return { name, offset: this.start, length, fields: this.fields, quoted: false };
  }
}

/** `0x1c46`. */
export const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

/** A number and what it stands for: `6 (TCP)`. */
export const named = (value: number | string, names: Readonly<Record<string, string>>): string => {
  const name = names[String(value)];
  return name === undefined ? String(value) : `${value} (${name})`;
};

/** Fields that seldom matter to somebody who learns: shown when asked for. */
export const MINOR_FIELDS: ReadonlySet<FieldName> = new Set<FieldName>([
  'ethernet.type',
  'arp.hardware',
  'arp.protocol',
  'arp.lengths',
  'ipv4.version',
  'ipv4.tos',
  'ipv4.length',
  'ipv4.identification',
  'ipv4.flags',
  'ipv4.offset',
  'ipv4.checksum',
  'ipv6.version',
  'ipv6.length',
  'icmp.checksum',
  'icmp.unused',
  'udp.length',
  'udp.checksum',
  'tcp.offset',
  'tcp.window',
  'tcp.checksum',
  'tcp.urgent',
  'tcp.mss',
  'tcp.scale',
  'tcp.sack',
  'tcp.timestamps',
  'dns.id',
  'dns.counts',
  'dns.rest',
]);
