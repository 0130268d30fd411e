import { decodeUtf8 } from '../base/bytes.ts';
import { formatMac } from './address.ts';
import { formatArp } from './arp.ts';
import { formatDns, parseDns } from './dns.ts';
import { emitFrame } from './ethernet.ts';
import { emitIcmp, formatIcmp } from './icmp.ts';
import { formatIpv4 } from './address.ts';
import { formatIcmp6 } from './icmp6.ts';
import { formatIpv6, type IpAddress } from './ipv6-address.ts';
import { emitIpv4 } from './ipv4.ts';
import {
  ArpPacket,
  EtherType,
  FragmentPart,
  type Frame,
  IcmpMessage,
  IpProtocol,
  Ipv4Packet,
  Ipv6Packet,
  OtherTransport,
  TcpSegment,
  type Transport,
  UdpDatagram,
} from './packet.ts';
import { emitTcp } from './tcp.ts';
import { TcpConversations } from './tcp-conversations.ts';
import { parseTransport } from './transport.ts';

export interface TcpdumpOptions {
  /** Names in place of addresses and ports, where there are some. */
  readonly nameOf?: (address: IpAddress) => string | null;
  readonly portName?: (port: number, protocol: 'tcp' | 'udp') => string | null;
  /** How often -v was given. */
  readonly verbosity?: number;
  /** -q: less of each. */
  readonly quick?: boolean;
  /** -S: sequence numbers as they are. */
  readonly absolute?: boolean;
}

const PROTOCOL_NAMES: Readonly<Record<number, string>> = { 1: 'ICMP', 2: 'IGMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };
const TYPE_NAMES: Readonly<Record<number, string>> = {
  [EtherType.ipv4]: 'IPv4',
  [EtherType.arp]: 'ARP',
  [EtherType.ipv6]: 'IPv6',
};
const HTTP_PORTS = [80, 8080];

/** Frames as lines in tcpdump's form. It remembers conversations: later sequence numbers are relative, as tcpdump prints them. */
export class TcpdumpPrinter {
  private readonly conversations = new TcpConversations();

  constructor(private readonly options: TcpdumpOptions = {}) {}

  print({ payload }: Frame): string {
    if (payload instanceof ArpPacket) return formatArp(payload, this.verbose ? 'verbose' : 'brief');
    return payload instanceof Ipv6Packet ? `IP6 ${this.ipv6(payload)}` : `IP ${this.ipv4(payload)}`;
  }

  /** With the frame's own header in front, as -e shows it. */
  printWithLink(frame: Frame): string {
    const { etherType, source, destination } = frame;
    const type = `${TYPE_NAMES[etherType] ?? 'Unknown'} (0x${etherType.toString(16).padStart(4, '0')})`;
    const link = `${formatMac(source)} > ${destination === 0xffffffffffff ? 'Broadcast' : formatMac(destination)}`;
    const text = this.print(frame).replace(/^(?:IP6?|ARP,) /, '');
    return `${this.options.nameOf ? link : link.replace('Broadcast', 'ff:ff:ff:ff:ff:ff')}, ethertype ${type}, length ${emitFrame(frame).length}: ${text}`;
  }

  private get verbose(): boolean {
    return (this.options.verbosity ?? 0) > 0;
  }

  private ipv4(packet: Ipv4Packet): string {
    const { payload } = packet;
    if (!this.verbose) return this.datagram(packet, payload);
    const { tos, ttl, identification, fragmentOffset, moreFragments, dontFragment, protocol } = packet;
    const flags = `${moreFragments ? '+' : ''}${dontFragment ? 'DF' : ''}` || 'none';
    const name = `${PROTOCOL_NAMES[protocol] ?? 'unknown'} (${protocol})`;
    return `(tos 0x${tos.toString(16)}, ttl ${ttl}, id ${identification}, offset ${fragmentOffset}, flags [${flags}], proto ${name}, length ${emitIpv4(packet).length})\n    ${this.datagram(packet, payload)}`;
  }

  private datagram(packet: Ipv4Packet, payload: Transport): string {
    if (payload instanceof FragmentPart) return this.fragment(packet, payload);
    if (packet.fragmentOffset > 0) return `${this.ends(packet)}: ${this.protocolOf(packet.protocol)}`;
    // The first part of a packet, as it was read from bytes: as far as it goes.
    if (packet.moreFragments && payload instanceof OtherTransport) {
      const parsed = parseTransport(packet.protocol, payload.payload);
      if (!(parsed instanceof OtherTransport)) return this.datagram(packet, parsed);
    }
    if (payload instanceof TcpSegment) return this.tcp(packet, payload);
    if (payload instanceof UdpDatagram) return this.udp(packet, payload);
    if (payload instanceof IcmpMessage) return `${this.ends(packet)}: ${this.icmp(payload)}`;
    return `${this.ends(packet)}: ${this.protocolOf(packet.protocol)} ${payload.payload.length}`;
  }

  private ipv6(packet: Ipv6Packet): string {
    const { payload, nextHeader, hopLimit } = packet;
    const length = payload instanceof TcpSegment ? emitTcp(payload, packet).length : payload.payload.length;
    const head = this.verbose
      ? `(hlim ${hopLimit}, next-header ${PROTOCOL_NAMES[nextHeader] ?? 'unknown'} (${nextHeader}) payload length: ${length}) `
      : '';
    return payload instanceof TcpSegment
      ? head + this.tcp(packet, payload)
      : nextHeader === IpProtocol.icmp6
        ? `${head}${this.ends(packet)}: ${this.verbose ? '[icmp6 sum ok] ' : ''}${formatIcmp6(payload.payload)}, length ${length}`
        : `${head}${this.ends(packet)}: ${this.protocolOf(nextHeader)} ${length}`;
  }

  /** By number: -n looks no names up, and the few that there are hide behind it. */
  private protocolOf(protocol: number): string {
    return `ip-proto-${protocol}`;
  }

  private ends({ source, destination }: { readonly source: IpAddress; readonly destination: IpAddress }): string {
    return `${this.address(source)} > ${this.address(destination)}`;
  }

  private address(address: IpAddress): string {
    const name = this.options.nameOf?.(address);
    return name ?? (typeof address === 'bigint' ? formatIpv6(address) : formatIpv4(address));
  }

  private port(port: number, protocol: 'tcp' | 'udp'): string {
    return this.options.portName?.(port, protocol) ?? String(port);
  }

  /** The first fragment can be read, as far as it goes; later ones only say what they are. */
  private fragment(packet: Ipv4Packet, part: FragmentPart): string {
    const { whole } = part;
    if (packet.fragmentOffset > 0) return `${this.ends(packet)}: ${this.protocolOf(packet.protocol)}`;
    if (whole.payload instanceof IcmpMessage)
      return `${this.ends(packet)}: ${formatIcmp(whole.payload)}, length ${part.length}`;
    return this.datagram(whole, whole.payload);
  }

  private withPorts(
    { source, destination }: { readonly source: IpAddress; readonly destination: IpAddress },
    { sourcePort, destinationPort }: TcpSegment | UdpDatagram,
    protocol: 'tcp' | 'udp',
  ): string {
    return `${this.address(source)}.${this.port(sourcePort, protocol)} > ${this.address(destination)}.${this.port(destinationPort, protocol)}`;
  }

  private tcp(packet: Ipv4Packet | Ipv6Packet, segment: TcpSegment): string {
    const ends = this.withPorts(packet, segment, 'tcp');
    if (this.options.quick) return `${ends}: tcp ${segment.payload.length}`;
    const bytes = this.verbose ? emitTcp(segment, packet) : null;
    const checksum = bytes ? hex4(bytes, 16) : null;
    const text = this.conversations.format(packet, segment, {
      absolute: this.options.absolute ?? false,
      checksum,
    });
    return `${ends}: ${text}${this.http(segment)}`;
  }

  /** What goes to or comes from a port of HTTP is shown as such, with its first line where it begins a message. */
  private http({ sourcePort, destinationPort, payload }: TcpSegment): string {
    if (payload.length === 0 || !HTTP_PORTS.some((port) => port === sourcePort || port === destinationPort)) return '';
    const text = decodeUtf8(payload);
    const lines = text.split('\r\n');
    const begins = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) |^HTTP\/\d/.test(lines[0] as string);
    if (!begins) return this.verbose ? `: HTTP, length: ${payload.length}` : ': HTTP';
    if (!this.verbose) return `: HTTP: ${lines[0]}`;
    const head = lines.slice(0, lines.indexOf('') + 1 || lines.length);
    return `: HTTP, length: ${payload.length}${head.map((line) => `\n\t${line}`).join('')}`;
  }

  private udp(packet: Ipv4Packet, datagram: UdpDatagram): string {
    const { sourcePort, destinationPort, payload } = datagram;
    const ends = this.withPorts(packet, datagram, 'udp');
    const checked = this.verbose ? '[udp sum ok] ' : '';
    if (!this.options.quick && (sourcePort === 53 || destinationPort === 53)) {
      const message = parseDns(payload);
      if (message.ok) {
        const { verbosity = 0 } = this.options;
        return `${ends}: ${checked}${formatDns(message.value, payload.length, verbosity)}`;
      }
    }
    return `${ends}: ${checked}UDP, length ${payload.length}`;
  }

  /** An error quotes a packet, which -v shows as well. */
  private icmp(message: IcmpMessage): string {
    const text = `${formatIcmp(message)}, length ${emitIcmp(message).length}`;
    if (!this.verbose || message.quoted === null) return text;
    return `${text}\n\tIP ${this.ipv4(message.quoted)}`;
  }
}

const hex4 = (bytes: Uint8Array, at: number): string =>
  `0x${((((bytes[at] as number) << 8) | (bytes[at + 1] as number)) >>> 0).toString(16).padStart(4, '0')}`;
