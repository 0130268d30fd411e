import type { Ipv4 } from '../../../wire/address.ts';
import { IcmpMessage, type Ipv4Packet, TcpSegment, UdpDatagram } from '../../../wire/packet.ts';
import type { ConntrackEntry } from './conntrack.ts';

/**
 * One direction of a connection (struct nf_conntrack_tuple). Ports for TCP and UDP; for ICMP echo the identifier in both, with
 * the type in `kind`.
 */
export class Tuple {
  /** The next one with the same hash. */
  next: Tuple | null = null;
  entry: ConntrackEntry | null = null;
  direction: 0 | 1 = 0;

  constructor(
    readonly source: Ipv4,
    readonly destination: Ipv4,
    readonly protocol: number,
    readonly sourcePort: number,
    readonly destinationPort: number,
  ) {}

  get hash(): number {
    return tupleHash(this.source, this.destination, this.protocol, this.sourcePort, this.destinationPort);
  }

  inverted(): Tuple {
    const isIcmp = this.protocol === 1;
    return isIcmp
      ? new Tuple(this.destination, this.source, 1, this.sourcePort, inverseIcmp(this.destinationPort))
      : new Tuple(this.destination, this.source, this.protocol, this.destinationPort, this.sourcePort);
  }

  is(source: number, destination: number, protocol: number, sourcePort: number, destinationPort: number): boolean {
    return (
      this.source === source &&
      this.destination === destination &&
      this.protocol === protocol &&
      this.sourcePort === sourcePort &&
      this.destinationPort === destinationPort
    );
  }
}

/** type << 8 | code of the answer: echo request 8 and echo reply 0 belong together. */
function inverseIcmp(typeAndCode: number): number {
  return typeAndCode === 8 << 8 ? 0 : typeAndCode === 0 ? 8 << 8 : typeAndCode;
}

export function tupleHash(
  source: number,
  destination: number,
  protocol: number,
  sourcePort: number,
  destinationPort: number,
): number {
  let h = Math.imul(source, 0x9e3779b1) ^ Math.imul(destination, 0x85ebca6b);
  h = Math.imul(h ^ ((sourcePort << 16) | destinationPort) ^ protocol, 0xc2b2ae35);
  return (h ^ (h >>> 15)) & 0x3fffffff;
}

/** The port-like number at the source side of a packet: for ICMP the identifier. */
export function sourcePortOf({ payload }: Ipv4Packet): number {
  if (payload instanceof UdpDatagram || payload instanceof TcpSegment) return payload.sourcePort;
  return payload instanceof IcmpMessage ? payload.identifier : 0;
}

/** The one at the destination side: for ICMP type and code. */
export function destinationPortOf({ payload }: Ipv4Packet): number {
  if (payload instanceof UdpDatagram || payload instanceof TcpSegment) return payload.destinationPort;
  return payload instanceof IcmpMessage ? (payload.type << 8) | payload.code : 0;
}

export function tupleOf(packet: Ipv4Packet): Tuple {
  return new Tuple(packet.source, packet.destination, packet.protocol, sourcePortOf(packet), destinationPortOf(packet));
}
