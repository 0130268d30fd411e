import { encodeUtf8, NO_BYTES } from '../../base/bytes.ts';
import type { HopRecord, Journey, PacketData, PlaceData, RowData } from '../../lab/feed/feed.ts';
import { ipv4, type Mac } from '../../wire/address.ts';
import { emitDns, type DnsMessage } from '../../wire/dns.ts';
import { emitFrame } from '../../wire/ethernet.ts';
import { emitIpv4 } from '../../wire/ipv4.ts';
import { type Ipv6, parseIpv6 } from '../../wire/ipv6-address.ts';
import {
  ArpOperation,
  ArpPacket,
  EtherType,
  Frame,
  IcmpMessage,
  IpProtocol,
  Ipv4Packet,
  Ipv6Packet,
  TcpFlag,
  TcpSegment,
  type Transport,
  UdpDatagram,
} from '../../wire/packet.ts';

/** Packets and records for tests, as the lab would send them. */
export const MAC = { client: 0x0242ac120003 as Mac, server: 0x0242ac120002 as Mac, all: 0xffffffffffff as Mac };

export const tcp = (sourcePort: number, destinationPort: number, flags: number = TcpFlag.syn, data = ''): TcpSegment =>
  new TcpSegment(sourcePort, destinationPort, 1000, 0, flags, 64240, 1460, 7, true, 1, 0, encodeUtf8(data));

export const udp = (sourcePort: number, destinationPort: number, data: Uint8Array): UdpDatagram =>
  new UdpDatagram(sourcePort, destinationPort, data);

export const dnsQuery = (name: string): Uint8Array =>
  emitDns({
    id: 7,
    response: false,
    authoritative: false,
    recursionDesired: true,
    recursionAvailable: false,
    code: 0,
    questions: [{ name, type: 1 }],
    answers: [],
  });

export const dnsReply = (
  message: Partial<DnsMessage> & { readonly name: string; readonly address: string },
): Uint8Array =>
  emitDns({
    id: 7,
    response: true,
    authoritative: false,
    recursionDesired: true,
    recursionAvailable: true,
    code: 0,
    questions: [{ name: message.name, type: 1 }],
    answers: [{ name: message.name, type: 1, ttl: 600, data: ipv4(message.address) }],
  });

export const echo = (type: 0 | 8): IcmpMessage => new IcmpMessage(type, 0, 9, 1, encodeUtf8('abc'), null);
export const icmpError = (type: number, code: number, quoted: Ipv4Packet): IcmpMessage =>
  new IcmpMessage(type, code, 0, 0, NO_BYTES, quoted);

export function packet(source: string, destination: string, payload: Transport, { ttl = 64 } = {}): Ipv4Packet {
  const protocol =
    payload instanceof TcpSegment ? IpProtocol.tcp : payload instanceof UdpDatagram ? IpProtocol.udp : IpProtocol.icmp;
  return new Ipv4Packet(ipv4(source), ipv4(destination), protocol, ttl, 0, 77, true, false, 0, payload);
}

export const frame = (inside: Ipv4Packet, source: Mac = MAC.client, destination: Mac = MAC.server): Frame =>
  new Frame(destination, source, EtherType.ipv4, inside);

/** On the loopback, whose frames have no addresses. */
export const overIpv6 = (
  source: string,
  destination: string,
  protocol: number,
  payload: Ipv6Packet['payload'],
): Frame =>
  new Frame(
    0 as Mac,
    0 as Mac,
    EtherType.ipv6,
    new Ipv6Packet(parseIpv6(source) as Ipv6, parseIpv6(destination) as Ipv6, protocol, 64, payload),
  );

export const arpRequest = (sender: string, target: string): Frame =>
  new Frame(
    MAC.all,
    MAC.client,
    EtherType.arp,
    new ArpPacket(ArpOperation.request, MAC.client, ipv4(sender), 0 as Mac, ipv4(target)),
  );

export const dataOf = (id: number, what: Frame | Ipv4Packet): PacketData =>
  what instanceof Frame ? { id, layer: 'frame', bytes: emitFrame(what) } : { id, layer: 'ipv4', bytes: emitIpv4(what) };

export const at = {
  device: (namespace: string, device: string): PlaceData => ({ kind: 'device', namespace, device }),
  chain: (namespace: string, table: string, chain: string): PlaceData => ({ kind: 'chain', namespace, table, chain }),
  namespace: (namespace: string): PlaceData => ({ kind: 'namespace', namespace }),
};

export const rule = (table: string, chain: string, number: number, text: string): RowData => ({
  kind: 'rule',
  table,
  chain,
  number,
  text,
});

/** Builds the trace of some journeys record by record. */
export class TraceBuilder {
  readonly packets: PacketData[] = [];
  readonly journeys: Journey[] = [];
  readonly records: HopRecord[] = [];

  journey(fields: Partial<Journey> = {}): Journey {
    const journey: Journey = {
      id: this.journeys.length + 1,
      firstRecord: this.records.length,
      time: this.records.length * 1000,
      parent: null,
      protocol: 'tcp',
      summary: '',
      origin: 'client',
      command: null,
      ...fields,
    };
    this.journeys.push(journey);
    return journey;
  }

  packet(what: Frame | Ipv4Packet): number {
    const id = this.packets.length + 1;
    this.packets.push(dataOf(id, what));
    return id;
  }

  /** One more record of the newest journey. */
  hop(kind: HopRecord['kind'], place: PlaceData, detail: string, more: Partial<HopRecord> = {}): this {
    const id = this.records.length;
    this.records.push({
      id,
      time: id * 1000,
      kind,
      place,
      detail,
      packet: this.packets.length || null,
      journey: this.journeys.length,
      because: null,
      cause: id - 1,
      ...more,
    });
    return this;
  }

  get chunk(): { packets: PacketData[]; journeys: Journey[]; records: HopRecord[]; skipped: number } {
    return { packets: this.packets, journeys: this.journeys, records: this.records, skipped: 0 };
  }
}
