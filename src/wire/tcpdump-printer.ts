import { decodeUtf8 } from '../base/bytes.ts';
import { formatIpv4 } from './address.ts';
import { formatArp } from './arp.ts';
import { formatDns, parseDns } from './dns.ts';
import { emitIcmp, formatIcmp } from './icmp.ts';
import { formatIpv6 } from './ipv6-address.ts';
import {
  ArpPacket,
  FragmentPart,
  type Frame,
  IcmpMessage,
  type Ipv4Packet,
  Ipv6Packet,
  type OtherTransport,
  TcpFlag,
  TcpSegment,
  UdpDatagram,
} from './packet.ts';
import { formatTcpFlags } from './tcp.ts';

/** Sequence numbers of both ends when the conversation was first seen. */
interface Conversation {
  readonly sequence: number;
  readonly acknowledgment: number;
}

/** Frames as lines in tcpdump's form (-n). It remembers conversations: later sequence numbers are relative, as tcpdump prints them. */
export class TcpdumpPrinter {
  private readonly conversations = new Map<string, Conversation>();

  print({ payload }: Frame): string {
    if (payload instanceof ArpPacket) return formatArp(payload);
    return payload instanceof Ipv6Packet ? `IP6 ${this.ipv6(payload)}` : `IP ${this.packet(payload)}`;
  }

  private ipv6(packet: Ipv6Packet): string {
    const { payload, nextHeader } = packet;
    const source = formatIpv6(packet.source);
    const destination = formatIpv6(packet.destination);
    return payload instanceof TcpSegment
      ? `${source}.${payload.sourcePort} > ${destination}.${payload.destinationPort}: ${this.segment(payload, source, destination)}`
      : `${source} > ${destination}: ip-proto-${nextHeader} ${payload.payload.length}`;
  }

  private packet(packet: Ipv4Packet): string {
    const { payload } = packet;
    const source = formatIpv4(packet.source);
    const destination = formatIpv4(packet.destination);
    if (payload instanceof FragmentPart) return this.fragment(packet, payload, source, destination);
    if (payload instanceof TcpSegment)
      return `${source}.${payload.sourcePort} > ${destination}.${payload.destinationPort}: ${this.segment(payload, source, destination)}`;
    if (payload instanceof UdpDatagram)
      return `${source}.${payload.sourcePort} > ${destination}.${payload.destinationPort}: ${datagram(payload)}`;
    if (payload instanceof IcmpMessage)
      return `${source} > ${destination}: ${formatIcmp(payload)}, length ${emitIcmp(payload).length}`;
    return `${source} > ${destination}: ip-proto-${packet.protocol} ${(payload as OtherTransport).payload.length}`;
  }

  /** The first fragment can be read, as far as it goes; later ones only say what they are, by number, since -n looks no names up. */
  private fragment(packet: Ipv4Packet, part: FragmentPart, source: string, destination: string): string {
    const { whole } = part;
    if (packet.fragmentOffset > 0) return `${source} > ${destination}: ip-proto-${packet.protocol}`;
    if (whole.payload instanceof IcmpMessage)
      return `${source} > ${destination}: ${formatIcmp(whole.payload)}, length ${part.length}`;
    return this.packet(whole);
  }

  private segment(segment: TcpSegment, source: string, destination: string): string {
    let { sequence, acknowledgment } = segment;
    const answers = (segment.flags & TcpFlag.ack) !== 0;
    if (answers) {
      const forward = `${source}.${segment.sourcePort}>${destination}.${segment.destinationPort}`;
      const backward = `${destination}.${segment.destinationPort}>${source}.${segment.sourcePort}`;
      const known = this.conversations.get(forward);
      if (known === undefined || (segment.flags & TcpFlag.syn) !== 0) {
        this.conversations.set(forward, { sequence, acknowledgment: acknowledgment - 1 });
        this.conversations.set(backward, { sequence: acknowledgment - 1, acknowledgment: sequence });
      } else {
        sequence = (sequence - known.sequence) >>> 0;
        acknowledgment = (acknowledgment - known.acknowledgment) >>> 0;
      }
    }
    const length = segment.payload.length;
    const parts = [`Flags [${formatTcpFlags(segment.flags)}]`];
    if (length > 0) parts.push(`seq ${sequence}:${(sequence + length) >>> 0}`);
    else if ((segment.flags & (TcpFlag.syn | TcpFlag.fin | TcpFlag.rst)) !== 0) parts.push(`seq ${sequence}`);
    if (answers) parts.push(`ack ${acknowledgment}`);
    parts.push(`win ${segment.window}`);
    const options = optionsText(segment);
    if (options !== '') parts.push(`options [${options}]`);
    return `${parts.join(', ')}, length ${length}${http(segment)}`;
  }
}

function optionsText({ mss, windowScale, sackPermitted, timestamp, timestampEcho }: TcpSegment): string {
  const options: string[] = [];
  if (mss > 0) options.push(`mss ${mss}`);
  if (sackPermitted) options.push('sackOK');
  if (timestamp !== -1) options.push(`TS val ${timestamp} ecr ${timestampEcho}`);
  if (windowScale >= 0) options.push('nop', `wscale ${windowScale}`);
  return options.join(',');
}

/** What goes to or comes from port 80 is shown as HTTP, with its first line where it begins a message. */
function http({ sourcePort, destinationPort, payload }: TcpSegment): string {
  if (payload.length === 0 || (sourcePort !== 80 && destinationPort !== 80)) return '';
  const [line = ''] = decodeUtf8(payload.subarray(0, 200)).split('\r\n');
  return /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) |^HTTP\/\d/.test(line) ? `: HTTP: ${line}` : ': HTTP';
}

function datagram({ sourcePort, destinationPort, payload }: UdpDatagram): string {
  if (sourcePort === 53 || destinationPort === 53) {
    const message = parseDns(payload);
    if (message.ok) return formatDns(message.value, payload.length);
  }
  return `UDP, length ${payload.length}`;
}
