import type { Random } from '../../../sim/random.ts';
import type { Ipv4 } from '../../../wire/address.ts';
import { IcmpMessage, IpProtocol, Ipv4Packet, TcpSegment, type Transport, UdpDatagram } from '../../../wire/packet.ts';
import type { SkBuff } from '../skb.ts';
import type { Conntrack, ConntrackEntry } from './conntrack.ts';
import { Tuple } from './tuple.ts';

/** Where to: addresses, and ports where they are given. */
export interface NatRange {
  readonly first: Ipv4 | null;
  readonly last: Ipv4 | null;
  /** 0: as it was. */
  readonly firstPort: number;
  readonly lastPort: number;
}

/** Decides what a new connection's packets turn into on one side; the answers' tuple follows (nf_nat_setup_info). */
export function setUpNat(
  conntrack: Conntrack,
  random: Random,
  entry: ConntrackEntry,
  side: 'source' | 'destination',
  range: NatRange | null,
): void {
  const current = entry.reply.inverted();
  const changed =
    side === 'source'
      ? changeSource(conntrack, random, current, range)
      : changeDestination(conntrack, random, current, range);
  if (side === 'source') entry.sourceDecided = true;
  else entry.destinationDecided = true;
  if (changed === current) return;
  entry.setReply(changed.inverted());
  if (side === 'source') entry.sourceChanged = true;
  else entry.destinationChanged = true;
}

function changeSource(conntrack: Conntrack, random: Random, tuple: Tuple, range: NatRange | null): Tuple {
  const address = addressIn(range, tuple.source);
  const wanted = portIn(range, tuple.sourcePort);
  const make = (port: number) => new Tuple(address, tuple.destination, tuple.protocol, port, tuple.destinationPort);
  if (address === tuple.source && wanted === tuple.sourcePort && isFree(conntrack, tuple)) return tuple;
  return firstFree(conntrack, random, make, wanted, range?.firstPort ?? 0, range?.lastPort ?? 0);
}

function changeDestination(conntrack: Conntrack, random: Random, tuple: Tuple, range: NatRange | null): Tuple {
  if (range === null) return tuple;
  const address = addressIn(range, tuple.destination);
  const make = (port: number) => new Tuple(tuple.source, address, tuple.protocol, tuple.sourcePort, port);
  const wanted = tuple.protocol === IpProtocol.icmp ? tuple.destinationPort : portIn(range, tuple.destinationPort);
  if (address === tuple.destination && wanted === tuple.destinationPort) return tuple;
  if (range.firstPort === range.lastPort) return make(wanted);
  return firstFree(conntrack, random, make, wanted, range.firstPort, range.lastPort);
}

const isFree = (conntrack: Conntrack, tuple: Tuple) => conntrack.lookUp(tuple.inverted()) === null;

/** The wanted port if its answers can be told apart, else another one of the range (by default of the same class of ports). */
function firstFree(
  conntrack: Conntrack,
  random: Random,
  make: (port: number) => Tuple,
  wanted: number,
  first: number,
  last: number,
): Tuple {
  const kept = make(wanted);
  if (isFree(conntrack, kept)) return kept;
  const [low, high] = first > 0 ? [first, last] : wanted < 512 ? [1, 511] : wanted < 1024 ? [600, 1023] : [1024, 65535];
  const count = high - low + 1;
  const start = random.below(count);
  for (let i = 0; i < count; i++) {
    const candidate = make(low + ((start + i) % count));
    if (isFree(conntrack, candidate)) return candidate;
  }
  return kept;
}

function addressIn(range: NatRange | null, current: Ipv4): Ipv4 {
  if (range === null || range.first === null) return current;
  if (range.last === null || range.last === range.first) return range.first;
  const count = (range.last - range.first) | 0;
  return (range.first + ((current >>> 0) % (count + 1))) as Ipv4;
}

function portIn(range: NatRange | null, current: number): number {
  if (range === null || range.firstPort === 0) return current;
  return current >= range.firstPort && current <= range.lastPort ? current : range.firstPort;
}

/**
 * Writes what the connection's NAT says into a packet, on one side: PREROUTING and OUTPUT change destinations, POSTROUTING and
 * INPUT sources; answers are changed back on the other side (nf_nat_packet). Whether anything was written.
 */
export function applyNat(skb: SkBuff, entry: ConntrackEntry, side: 'source' | 'destination'): boolean {
  const changes =
    side === 'source'
      ? skb.direction === 0
        ? entry.sourceChanged
        : entry.destinationChanged
      : skb.direction === 0
        ? entry.destinationChanged
        : entry.sourceChanged;
  if (!changes) return false;
  const other = skb.direction === 0 ? entry.reply : entry.original;
  const { packet } = skb;
  const { payload } = packet;
  // The packet has to look like the inverse of what the other direction sends.
  const source = side === 'source' ? other.destination : packet.source;
  const destination = side === 'source' ? packet.destination : other.source;
  let transport: Transport = payload;
  if (payload instanceof UdpDatagram) {
    transport =
      side === 'source'
        ? new UdpDatagram(other.destinationPort, payload.destinationPort, payload.payload)
        : new UdpDatagram(payload.sourcePort, other.sourcePort, payload.payload);
  } else if (payload instanceof TcpSegment) {
    transport = withPorts(
      payload,
      side === 'source' ? other.destinationPort : payload.sourcePort,
      side === 'source' ? payload.destinationPort : other.sourcePort,
    );
  } else if (payload instanceof IcmpMessage) {
    if (payload.quoted !== null)
      transport = new IcmpMessage(
        payload.type,
        payload.code,
        payload.identifier,
        payload.sequence,
        payload.payload,
        quotedBack(payload.quoted, other, side),
      );
    else if (other.sourcePort !== payload.identifier)
      transport = new IcmpMessage(
        payload.type,
        payload.code,
        other.sourcePort,
        payload.sequence,
        payload.payload,
        null,
      );
  }
  skb.packet = withAddresses(packet, source, destination, transport);
  return true;
}

/** The packet that an ICMP error quotes went the other way: its addresses change on the opposite side. */
function quotedBack(quoted: Ipv4Packet, other: Tuple, side: 'source' | 'destination'): Ipv4Packet {
  const { payload } = quoted;
  const isSource = side === 'destination';
  const address = isSource ? other.source : other.destination;
  const port = isSource ? other.sourcePort : other.destinationPort;
  let transport: Transport = payload;
  if (payload instanceof UdpDatagram)
    transport = isSource
      ? new UdpDatagram(port, payload.destinationPort, payload.payload)
      : new UdpDatagram(payload.sourcePort, port, payload.payload);
  else if (payload instanceof TcpSegment)
    transport = isSource
      ? withPorts(payload, port, payload.destinationPort)
      : withPorts(payload, payload.sourcePort, port);
  return isSource
    ? withAddresses(quoted, address, quoted.destination, transport)
    : withAddresses(quoted, quoted.source, address, transport);
}

function withAddresses(p: Ipv4Packet, source: Ipv4, destination: Ipv4, payload: Transport): Ipv4Packet {
  return new Ipv4Packet(
    source,
    destination,
    p.protocol,
    p.ttl,
    p.tos,
    p.identification,
    p.dontFragment,
    p.moreFragments,
    p.fragmentOffset,
    payload,
  );
}

function withPorts(s: TcpSegment, sourcePort: number, destinationPort: number): TcpSegment {
  return new TcpSegment(
    sourcePort,
    destinationPort,
    s.sequence,
    s.acknowledgment,
    s.flags,
    s.window,
    s.mss,
    s.windowScale,
    s.sackPermitted,
    s.timestamp,
    s.timestampEcho,
    s.payload,
  );
}
