/**
 * The packets that travel: objects with the exact meaning of their wire fields. None is ever changed after it was made:
 * NAT and TTL copy the header that they write. Bytes exist only when somebody looks (`emit…` beside each protocol).
 *
 * Each knows how long it is on the wire, headers included, since every device counts it and every rule adds it up.
 *
 * Addresses: an `Ipv4` is a signed 32-bit integer, a small integer for V8; a `Mac` is the 48-bit number.
 */
import type { Ipv4, Mac } from './address.ts';
import type { Ipv6 } from './ipv6-address.ts';

export const EtherType = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;
export const IpProtocol = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 } as const;
export const ArpOperation = { request: 1, reply: 2 } as const;

const ETHERNET_HEADER = 14;
const ARP_LENGTH = 28;
export const IPV4_HEADER = 20;
export const IPV6_HEADER = 40;
const UDP_HEADER = 8;
const TCP_HEADER = 20;
const ICMP_HEADER = 8;
/** An ICMP error quotes as much as fits into 576 bytes (RFC 1812 section 4.3.2.3). */
export const ICMP_QUOTE_LIMIT = 576 - IPV4_HEADER - ICMP_HEADER;

/** An Ethernet II frame (IEEE 802.3 clause 3). */
export class Frame {
  readonly destination: Mac;
  readonly source: Mac;
  /** One of `EtherType`. */
  readonly etherType: number;
  readonly payload: ArpPacket | Ipv4Packet | Ipv6Packet;
  /** As device counters count it: without preamble, padding and checksum. */
  readonly length: number;

  constructor(destination: Mac, source: Mac, etherType: number, payload: ArpPacket | Ipv4Packet | Ipv6Packet) {
    this.destination = destination;
    this.source = source;
    this.etherType = etherType;
    this.payload = payload;
    this.length = ETHERNET_HEADER + payload.length;
  }
}

/** ARP for Ethernet and IPv4 (RFC 826). */
export class ArpPacket {
  /** One of `ArpOperation`. */
  readonly operation: number;
  readonly senderMac: Mac;
  readonly senderAddress: Ipv4;
  readonly targetMac: Mac;
  readonly targetAddress: Ipv4;
  readonly length: number;

  constructor(operation: number, senderMac: Mac, senderAddress: Ipv4, targetMac: Mac, targetAddress: Ipv4) {
    this.operation = operation;
    this.senderMac = senderMac;
    this.senderAddress = senderAddress;
    this.targetMac = targetMac;
    this.targetAddress = targetAddress;
    this.length = ARP_LENGTH;
  }
}

/** What an IPv4 packet carries. A fragment that is not the first carries only a reference into the whole. */
export type Transport = UdpDatagram | TcpSegment | IcmpMessage | OtherTransport | FragmentPart;

/** IPv4 without options (RFC 791). */
export class Ipv4Packet {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  /** One of `IpProtocol`, or any other number. */
  readonly protocol: number;
  readonly ttl: number;
  /** DSCP and ECN. */
  readonly tos: number;
  /** 16 bits, the same in all fragments of a packet. */
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes, a multiple of 8. */
  readonly fragmentOffset: number;
  readonly payload: Transport;
  /** The total length of its header. */
  readonly length: number;

  constructor(
    source: Ipv4,
    destination: Ipv4,
    protocol: number,
    ttl: number,
    tos: number,
    identification: number,
    dontFragment: boolean,
    moreFragments: boolean,
    fragmentOffset: number,
    payload: Transport,
  ) {
    this.source = source;
    this.destination = destination;
    this.protocol = protocol;
    this.ttl = ttl;
    this.tos = tos;
    this.identification = identification;
    this.dontFragment = dontFragment;
    this.moreFragments = moreFragments;
    this.fragmentOffset = fragmentOffset;
    this.payload = payload;
    this.length = IPV4_HEADER + payload.length;
  }

  /** A part of a packet (ip_is_fragment): its payload is a `FragmentPart`. */
  get isFragment(): boolean {
    return this.moreFragments || this.fragmentOffset !== 0;
  }
}

/** IPv6 without extension headers (RFC 8200). So far it carries TCP, round the loopback of a host. */
export class Ipv6Packet {
  readonly source: Ipv6;
  readonly destination: Ipv6;
  /** One of `IpProtocol`, or any other number. */
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly payload: TcpSegment | OtherTransport;
  readonly length: number;

  constructor(
    source: Ipv6,
    destination: Ipv6,
    nextHeader: number,
    hopLimit: number,
    payload: TcpSegment | OtherTransport,
  ) {
    this.source = source;
    this.destination = destination;
    this.nextHeader = nextHeader;
    this.hopLimit = hopLimit;
    this.payload = payload;
    this.length = IPV6_HEADER + payload.length;
  }
}

/** UDP (RFC 768). */
export class UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
  readonly length: number;

  constructor(sourcePort: number, destinationPort: number, payload: Uint8Array) {
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
    this.payload = payload;
    this.length = UDP_HEADER + payload.length;
  }
}

/** The bits of a TCP header's flags (RFC 9293 section 3.1). */
export const TcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const;

/** TCP (RFC 9293) with the options that Linux sends: MSS, window scale, SACK permitted, timestamps (RFC 7323). */
export class TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** 32 bits, unsigned. */
  readonly sequence: number;
  /** 32 bits, unsigned. */
  readonly acknowledgment: number;
  /** A union of `TcpFlag`. */
  readonly flags: number;
  /** As in the header: not yet scaled. */
  readonly window: number;
  /** 0: no such option. */
  readonly mss: number;
  /** -1: no such option. */
  readonly windowScale: number;
  readonly sackPermitted: boolean;
  /** Milliseconds, 32 bits; -1: no such option. */
  readonly timestamp: number;
  readonly timestampEcho: number;
  readonly payload: Uint8Array;
  readonly length: number;

  constructor(
    sourcePort: number,
    destinationPort: number,
    sequence: number,
    acknowledgment: number,
    flags: number,
    window: number,
    mss: number,
    windowScale: number,
    sackPermitted: boolean,
    timestamp: number,
    timestampEcho: number,
    payload: Uint8Array,
  ) {
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
    this.sequence = sequence;
    this.acknowledgment = acknowledgment;
    this.flags = flags;
    this.window = window;
    this.mss = mss;
    this.windowScale = windowScale;
    this.sackPermitted = sackPermitted;
    this.timestamp = timestamp;
    this.timestampEcho = timestampEcho;
    this.payload = payload;
    this.length = TCP_HEADER + optionsLength(mss, windowScale, sackPermitted, timestamp) + payload.length;
  }
}

/** Options with Linux's padding (tcp_options_write in net/ipv4/tcp_output.c). */
function optionsLength(mss: number, windowScale: number, sackPermitted: boolean, timestamp: number): number {
  return (mss === 0 ? 0 : 4) + (timestamp === -1 ? (sackPermitted ? 4 : 0) : 12) + (windowScale === -1 ? 0 : 4);
}

/** ICMP (RFC 792). */
export class IcmpMessage {
  readonly type: number;
  readonly code: number;
  /** Echo: the identifier. Fragmentation needed: unused. */
  readonly identifier: number;
  /** Echo: the sequence number. Fragmentation needed (RFC 1191): the next hop's MTU. */
  readonly sequence: number;
  /** Echo: its data. */
  readonly payload: Uint8Array;
  /** Errors: the packet they are about; on the wire its header and as much of its payload as fits 576 bytes. */
  readonly quoted: Ipv4Packet | null;
  readonly length: number;

  constructor(
    type: number,
    code: number,
    identifier: number,
    sequence: number,
    payload: Uint8Array,
    quoted: Ipv4Packet | null,
  ) {
    this.type = type;
    this.code = code;
    this.identifier = identifier;
    this.sequence = sequence;
    this.payload = payload;
    this.quoted = quoted;
    this.length = ICMP_HEADER + (quoted === null ? payload.length : Math.min(quoted.length, ICMP_QUOTE_LIMIT));
  }
}

/** A protocol that nobody here speaks. */
export class OtherTransport {
  readonly payload: Uint8Array;
  readonly length: number;

  constructor(payload: Uint8Array) {
    this.payload = payload;
    this.length = payload.length;
  }
}

/** A part of a packet too large for its link. The bytes are those of the whole, cut by offset and length; the first fragment can be read through `whole`. */
export class FragmentPart {
  readonly whole: Ipv4Packet;
  /** Bytes of the whole's transport that this fragment carries. */
  readonly length: number;

  constructor(whole: Ipv4Packet, length: number) {
    this.whole = whole;
    this.length = length;
  }
}
