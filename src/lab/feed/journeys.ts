import { NO_RECORD, type RecordId, TraceKind, type TraceRecord } from '../../sim/trace.ts';
import type { Mac } from '../../wire/address.ts';
import {
  ArpPacket,
  EtherType,
  FragmentPart,
  Frame,
  IcmpMessage,
  Ipv4Packet,
  Ipv6Packet,
  TcpSegment,
  UdpDatagram,
} from '../../wire/packet.ts';
import { TcpdumpPrinter } from '../../wire/tcpdump-printer.ts';
import type { Journey, JourneyId } from './feed.ts';

/** For how many records back a cause is remembered. */
const REMEMBERED = 1 << 16;
const DNS_PORT = 53;
const NOBODY = -1;

/** What travels, without the frame around it: the identity by which one hop's packet is known again at the next. */
type Travelling = ArpPacket | Ipv4Packet | Ipv6Packet;

const isTravelling = (packet: unknown): packet is Travelling =>
  packet instanceof Ipv4Packet || packet instanceof ArpPacket || packet instanceof Ipv6Packet;

/**
 * Which records belong to one packet's way. A packet is the same object from hop to hop; where NAT or TTL make a new one, the record
 * says so by its kind, or the new one still carries the same segment.
 */
export class Journeys {
  private readonly known = new WeakMap<object, JourneyId>();
  private readonly journeyOf = new Float64Array(REMEMBERED).fill(NOBODY);
  private readonly lastPacket = new Map<JourneyId, Travelling>();
  private readonly protocols = new Map<JourneyId, Journey['protocol']>();
  private next: JourneyId = 0;
  private printer = new TcpdumpPrinter();
  private printed = 0;

  /** The journey of a record; begins one where the record is the first of its packet. @param command who began it */
  assign(
    record: TraceRecord,
    { origin, command }: { readonly origin: string; readonly command: number | null },
    begin: (journey: Journey) => void,
  ): JourneyId | null {
    const { packet, cause, id, kind } = record;
    const before = this.recall(cause);
    const travelling = packet instanceof Frame ? packet.payload : packet;
    if (!isTravelling(travelling)) {
      // Answers of the embedded DNS and news about neighbours belong to what led to them; what processes do doesn't.
      const journey = kind === TraceKind.process ? null : before;
      this.remember(id, kind === TraceKind.process ? before : journey);
      return journey;
    }
    let journey = this.known.get(travelling);
    if (journey === undefined && before !== null && this.continues(before, travelling, kind)) journey = before;
    if (journey === undefined) {
      journey = this.next++;
      const protocol = this.protocolOf(travelling, before);
      this.protocols.set(journey, protocol);
      const summary = this.print(travelling);
      begin({ id: journey, firstRecord: id, time: record.time, parent: before, protocol, summary, origin, command });
    }
    this.known.set(travelling, journey);
    this.lastPacket.set(journey, travelling);
    this.forget();
    this.remember(id, journey);
    return journey;
  }

  private continues(journey: JourneyId, packet: Travelling, kind: TraceKind): boolean {
    const last = this.lastPacket.get(journey);
    if (!(last instanceof Ipv4Packet && packet instanceof Ipv4Packet)) return false;
    if (kind === TraceKind.nat || last.payload === packet.payload) return true;
    const whole = packet.payload instanceof FragmentPart ? packet.payload.whole : null;
    return whole === last || (last.payload instanceof FragmentPart && last.payload.whole.payload === packet.payload);
  }

  private protocolOf(packet: Travelling, parent: JourneyId | null): Journey['protocol'] {
    if (packet instanceof ArpPacket) return 'arp';
    const { payload } = packet;
    if (payload instanceof IcmpMessage) return 'icmp';
    if (payload instanceof TcpSegment) return isDns(payload) ? 'dns' : 'tcp';
    if (!(payload instanceof UdpDatagram)) return 'other';
    // The embedded DNS answers from a port of its own, which is rewritten only later.
    return isDns(payload) || (parent !== null && this.protocols.get(parent) === 'dns') ? 'dns' : 'udp';
  }

  private print(packet: Travelling): string {
    // The printer remembers conversations; it need not remember all that ever were.
    if (++this.printed % 10_000 === 0) this.printer = new TcpdumpPrinter();
    const ip = packet instanceof Ipv6Packet ? EtherType.ipv6 : EtherType.ipv4;
    const etherType = packet instanceof ArpPacket ? EtherType.arp : ip;
    return this.printer.print(new Frame(0 as Mac, 0 as Mac, etherType, packet));
  }

  private recall(record: RecordId): JourneyId | null {
    if (record === NO_RECORD) return null;
    const journey = this.journeyOf[record % REMEMBERED] as number;
    return journey === NOBODY ? null : journey;
  }

  private remember(record: RecordId, journey: JourneyId | null): void {
    this.journeyOf[record % REMEMBERED] = journey ?? NOBODY;
  }

  /** Old journeys don't go on. */
  private forget(): void {
    if (this.lastPacket.size < 8192) return;
    const old = this.next - 4096;
    for (const id of this.lastPacket.keys()) if (id < old) this.lastPacket.delete(id);
    for (const id of this.protocols.keys()) if (id < old) this.protocols.delete(id);
  }
}

const isDns = ({ sourcePort, destinationPort }: TcpSegment | UdpDatagram): boolean =>
  sourcePort === DNS_PORT || destinationPort === DNS_PORT;
