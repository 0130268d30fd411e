import type { Place, RecordId, Trace, TraceRecord } from '../../sim/trace.ts';
import { TraceKind } from '../../sim/trace.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { DnsCode, DnsType, parseDns } from '../../wire/dns.ts';
import { formatIpv6, type IpAddress } from '../../wire/ipv6-address.ts';
import { Frame, IcmpMessage, Ipv4Packet, Ipv6Packet, TcpFlag, TcpSegment, UdpDatagram } from '../../wire/packet.ts';
import type { Conversation, DroppedPacket, Lookup, Party, Refusal, SocketEnd } from './evidence.ts';

const DNS_PORT = 53;
const ECHO_REQUEST = 8;
const READ: ReadonlySet<TraceKind> = new Set([TraceKind.deliver, TraceKind.drop]);
/** A SYN's way from its sender to its listener has fewer records than this. */
const LONGEST_WAY = 200;

/** Turns what sockets received, and what was dropped, into evidence. */
export class PacketReader {
  readonly conversations: Conversation[] = [];
  readonly refusals: Refusal[] = [];
  readonly lookups: Lookup[] = [];
  readonly drops: DroppedPacket[] = [];
  /** Conversations by each of their two ends. */
  private readonly byEnd = new Map<string, { readonly talk: Conversation; readonly isOpener: boolean }>();
  private readonly numbers = new WeakMap<Place, number>();
  private nextNumber = 0;

  constructor(
    private readonly trace: Trace,
    private readonly partyAt: (place: Place) => Party,
  ) {}

  /** Reads all records from there on; the answer is where to go on. */
  readFrom(from: RecordId): RecordId {
    const { trace } = this;
    for (let id = trace.find(from, READ); id < trace.length; id = trace.find(id + 1, READ)) {
      const record = trace.read(id);
      const packet = record && packetOf(record);
      if (!packet) continue;
      if (record.kind === TraceKind.drop) this.dropped(record, packet);
      else if (packet.payload instanceof TcpSegment) this.segment(record, packet, packet.payload);
      else if (packet.payload instanceof UdpDatagram) this.datagram(record, packet, packet.payload);
    }
    return trace.length;
  }

  private segment(record: TraceRecord, packet: IpPacket, segment: TcpSegment): void {
    if (record.detail === 'LISTEN') {
      this.opened(record, packet, segment);
      return;
    }
    const { flags, payload } = segment;
    if (record.detail === 'SYN_SENT' && (flags & TcpFlag.rst) !== 0) {
      this.refusals.push({ at: record.time, opener: this.partyAt(record.place), dialled: sourceOf(packet, segment) });
      return;
    }
    const handshake = (flags & TcpFlag.syn) !== 0;
    if (payload.length === 0 && !handshake) return;
    const end = this.byEnd.get(
      this.endKey(record.place, packet.destination, segment.destinationPort, packet.source, segment.sourcePort),
    );
    if (!end) return;
    const { talk, isOpener } = end;
    if (handshake) talk.established ||= isOpener;
    else if (isOpener) talk.replyAt ??= record.time;
    else talk.dataAt ??= record.time;
  }

  /** A SYN reached a listener: what its sender had asked for stands at the beginning of its way. */
  private opened(record: TraceRecord, packet: IpPacket, segment: TcpSegment): void {
    const sent = this.originOf(record, segment.sourcePort) ?? { place: record.place, packet, segment };
    const talk: Conversation = {
      at: record.time,
      opener: this.partyAt(sent.place),
      dialled: destinationOf(sent.packet, sent.segment),
      accepter: this.partyAt(record.place),
      reached: destinationOf(packet, segment),
      seenFrom: sourceOf(packet, segment),
      established: false,
      dataAt: null,
      replyAt: null,
    };
    this.conversations.push(talk);
    const { packet: original, segment: syn } = sent;
    const openerKey = this.endKey(
      sent.place,
      original.source,
      syn.sourcePort,
      original.destination,
      syn.destinationPort,
    );
    const accepterKey = this.endKey(
      record.place,
      packet.destination,
      segment.destinationPort,
      packet.source,
      segment.sourcePort,
    );
    this.byEnd.set(accepterKey, { talk, isOpener: false });
    this.byEnd.set(openerKey, { talk, isOpener: true });
    if (this.byEnd.size > 2000) for (const key of [...this.byEnd.keys()].slice(0, 1000)) this.byEnd.delete(key);
  }

  /** Walks back from a SYN's arrival to where it was first sent. ARP may lie between; any other packet is an earlier story. */
  private originOf(
    arrival: TraceRecord,
    sourcePort: number,
  ): { readonly place: Place; readonly packet: IpPacket; readonly segment: TcpSegment } | null {
    let found = null;
    let record: TraceRecord | undefined = arrival;
    for (let steps = 0; record && steps < LONGEST_WAY; steps++, record = this.trace.read(record.cause)) {
      const packet = packetOf(record);
      if (!packet) continue;
      const { payload } = packet;
      if (!(payload instanceof TcpSegment) || payload.sourcePort !== sourcePort || (payload.flags & TcpFlag.syn) === 0)
        break;
      if (record.kind === TraceKind.route && record.detail === 'sent')
        found = { place: record.place, packet, segment: payload };
    }
    return found;
  }

  private datagram(record: TraceRecord, packet: IpPacket, { sourcePort, payload }: UdpDatagram): void {
    if (sourcePort !== DNS_PORT) return;
    const message = parseDns(payload);
    const [question] = message.ok ? message.value.questions : [];
    if (!message.ok || !question || !message.value.response || question.type !== DnsType.a) return;
    this.lookups.push({
      at: record.time,
      asker: this.partyAt(record.place),
      name: question.name.toLowerCase(),
      server: textOf(packet.source),
      addresses: message.value.answers.flatMap(({ data }) => (typeof data === 'number' ? [formatIpv4(data)] : [])),
      nxDomain: message.value.code === DnsCode.nxDomain,
    });
  }

  private dropped(record: TraceRecord, packet: IpPacket): void {
    const { payload } = packet;
    const isSyn = payload instanceof TcpSegment && (payload.flags & (TcpFlag.syn | TcpFlag.ack)) === TcpFlag.syn;
    const isPing = payload instanceof IcmpMessage && payload.type === ECHO_REQUEST;
    if (!isSyn && !isPing) return;
    this.drops.push({
      at: record.time,
      source: textOf(packet.source),
      destination: textOf(packet.destination),
      port: isSyn ? payload.destinationPort : 0,
      reason: record.detail,
    });
  }

  private endKey(place: Place, local: IpAddress, localPort: number, remote: IpAddress, remotePort: number): string {
    let number = this.numbers.get(place);
    if (number === undefined) this.numbers.set(place, (number = this.nextNumber++));
    return `${number} ${local} ${localPort} ${remote} ${remotePort}`;
  }
}

type IpPacket = Ipv4Packet | Ipv6Packet;

function packetOf({ packet }: TraceRecord): IpPacket | null {
  const inner = packet instanceof Frame ? packet.payload : packet;
  return inner instanceof Ipv4Packet || inner instanceof Ipv6Packet ? inner : null;
}

const sourceOf = ({ source }: IpPacket, { sourcePort }: TcpSegment): SocketEnd => ({
  address: textOf(source),
  port: sourcePort,
});
const destinationOf = ({ destination }: IpPacket, { destinationPort }: TcpSegment): SocketEnd => ({
  address: textOf(destination),
  port: destinationPort,
});

const textOf = (address: IpAddress): string =>
  typeof address === 'bigint' ? formatIpv6(address) : formatIpv4(address);
