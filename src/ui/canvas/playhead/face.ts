import type { Journey, PacketData } from '../../../lab/feed/feed.ts';
import { formatIpv4 } from '../../../wire/address.ts';
import { DnsType, dnsTypeName, parseDns } from '../../../wire/dns.ts';
import { parseFrame } from '../../../wire/ethernet.ts';
import { parseIpv4Packet } from '../../../wire/ipv4.ts';
import { formatIpv6, type IpAddress } from '../../../wire/ipv6-address.ts';
import {
  ArpPacket,
  ArpOperation,
  IcmpMessage,
  type Ipv4Packet,
  type Ipv6Packet,
  TcpFlag,
  TcpSegment,
  UdpDatagram,
} from '../../../wire/packet.ts';
import type { PacketTone } from '../draw/shape.ts';

/** What is written on a packet, and what it looks like. */
export interface Face {
  readonly kind: PacketTone;
  /** Short, for the sign itself: `SYN`, `A srv`, `GET /`. */
  readonly title: string;
  /** The title that was too long for the sign. */
  readonly full?: string;
  /** With the port where there is one. */
  readonly source: string;
  readonly destination: string;
  readonly destinationPort: number | null;
  readonly sourcePort: number | null;
  readonly destinationAddress: string;
}

const UNKNOWN: Face = {
  kind: 'other',
  title: '…',
  source: '',
  destination: '',
  destinationPort: null,
  sourcePort: null,
  destinationAddress: '',
};

/** Reads a packet's face from its bytes. */
export function faceOf({ layer, bytes }: PacketData, protocol: Journey['protocol']): Face {
  if (layer === 'frame') {
    const frame = parseFrame(bytes);
    if (!frame.ok) return UNKNOWN;
    return frame.value.payload instanceof ArpPacket
      ? arpFace(frame.value.payload)
      : ipFace(frame.value.payload, protocol);
  }
  const packet = parseIpv4Packet(bytes);
  return packet.ok ? ipFace(packet.value, protocol) : UNKNOWN;
}

function arpFace({ operation, senderAddress, targetAddress }: ArpPacket): Face {
  // A request for its own address asks nobody: it tells all (RFC 5227, "ARP Announcement").
  const asks = operation === ArpOperation.request && senderAddress !== targetAddress;
  const [sender, target] = [formatIpv4(senderAddress), formatIpv4(targetAddress)];
  return {
    ...UNKNOWN,
    kind: 'arp',
    title: asks ? '?' : '!',
    source: sender,
    destination: target,
    destinationAddress: target,
  };
}

const formatIp = (address: IpAddress) => (typeof address === 'bigint' ? formatIpv6(address) : formatIpv4(address));

function ipFace(packet: Ipv4Packet | Ipv6Packet, protocol: Journey['protocol']): Face {
  const [source, destination] = [formatIp(packet.source), formatIp(packet.destination)];
  const { payload } = packet;
  const face = { ...UNKNOWN, source, destination, destinationAddress: destination };
  if (payload instanceof IcmpMessage) return { ...face, kind: 'icmp', title: icmpTitle(payload) };
  if (!(payload instanceof TcpSegment || payload instanceof UdpDatagram)) return face;
  const { sourcePort, destinationPort } = payload;
  const ported = {
    ...face,
    sourcePort,
    destinationPort,
    source: end(source, sourcePort),
    destination: end(destination, destinationPort),
  };
  if (payload instanceof TcpSegment) return { ...ported, ...tcpLook(payload, protocol) };
  if (protocol === 'dns') return { ...ported, kind: 'dns', ...short(dnsTitle(payload.payload)) };
  return { ...ported, kind: 'udp', title: `${payload.payload.length} B` };
}

/** An address with its port; IPv6 in brackets (RFC 3986 section 3.2.2). */
const end = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

const ICMP_TITLES: Readonly<Record<number, string>> = { 0: 'pong', 3: 'no!', 5: 'redir', 8: 'ping', 11: 'TTL' };
const icmpTitle = ({ type }: IcmpMessage): string => ICMP_TITLES[type] ?? String(type);

function tcpLook({ flags, payload }: TcpSegment, protocol: Journey['protocol']): Pick<Face, 'kind' | 'title' | 'full'> {
  if (flags & TcpFlag.rst) return { kind: 'rst', title: 'RST' };
  const http = payload.length > 0 ? httpTitle(payload) : null;
  if (http !== null) return { kind: 'http', ...short(http) };
  if (payload.length > 0 && protocol === 'dns') return { kind: 'dns', title: 'DNS' };
  const ack = flags & TcpFlag.ack ? '·ACK' : '';
  if (flags & TcpFlag.syn) return { kind: 'tcp', title: `SYN${ack}` };
  if (flags & TcpFlag.fin) return { kind: 'tcp', title: `FIN${ack}` };
  return { kind: 'tcp', title: payload.length > 0 ? `${payload.length} B` : 'ACK' };
}

/** The first line of a request or answer (RFC 9112); null where the payload is neither. */
function httpTitle(payload: Uint8Array): string | null {
  const text = String.fromCharCode(...payload.subarray(0, 48));
  const request = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) (\S*)/.exec(text);
  if (request) return `${request[1]} ${request[2]}`;
  const answer = /^HTTP\/1\.[01] (\d{3})/.exec(text);
  return answer ? `${answer[1]}` : null;
}

function dnsTitle(payload: Uint8Array): string {
  const message = parseDns(payload);
  if (!message.ok) return 'DNS';
  const question = message.value.questions[0];
  if (!message.value.response) return question ? `${dnsTypeName(question.type)}? ${question.name}` : 'DNS?';
  const address = message.value.answers.find(({ type }) => type === DnsType.a);
  if (typeof address?.data === 'number') return formatIpv4(address.data);
  return message.value.code === 0 ? 'no data' : message.value.code === 3 ? 'NXDOMAIN' : 'failed';
}

/** As much as a sign has room for. */
const short = (text: string): Pick<Face, 'title' | 'full'> =>
  text.length > 16 ? { title: `${text.slice(0, 15)}…`, full: text } : { title: text };
