import { describe, expect, it } from 'vitest';
import { NO_BYTES } from '../../../base/bytes.ts';
import { BROADCAST_MAC, ipv4, type Mac, ZERO_MAC } from '../../../wire/address.ts';
import { emitFrame } from '../../../wire/ethernet.ts';
import {
  ArpOperation,
  ArpPacket,
  EtherType,
  Frame,
  IcmpMessage,
  Ipv4Packet,
  TcpFlag,
  TcpSegment,
  type Transport,
  UdpDatagram,
} from '../../../wire/packet.ts';
import { PacketView } from './packet-view.ts';
import { parseFilter } from './parse-filter.ts';

const [A, B] = ['172.18.0.2', '172.18.0.3'];
const MAC_A = 0x0242ac120002 as Mac;
const MAC_B = 0x0242ac120003 as Mac;

function ip(protocol: number, payload: Transport): Frame {
  const packet = new Ipv4Packet(ipv4(A), ipv4(B), protocol, 64, 0, 1, true, false, 0, payload);
  return new Frame(MAC_B, MAC_A, EtherType.ipv4, packet);
}

const tcp = (flags: number, payload: Uint8Array = NO_BYTES) =>
  ip(6, new TcpSegment(40_000, 80, 1, 1, flags, 100, 0, -1, false, -1, 0, payload));

const FRAMES: Readonly<Record<string, Frame>> = {
  syn: tcp(TcpFlag.syn),
  'syn-ack': tcp(TcpFlag.syn | TcpFlag.ack),
  data: tcp(TcpFlag.ack | TcpFlag.psh, new Uint8Array(10)),
  dns: ip(17, new UdpDatagram(40_000, 53, NO_BYTES)),
  echo: ip(1, new IcmpMessage(8, 0, 7, 0, new Uint8Array(56), null)),
  'echo reply': ip(1, new IcmpMessage(0, 0, 7, 0, new Uint8Array(56), null)),
  arp: new Frame(
    BROADCAST_MAC,
    MAC_A,
    EtherType.arp,
    new ArpPacket(ArpOperation.request, MAC_A, ipv4(A), ZERO_MAC, ipv4(B)),
  ),
};
const NAMES = {
  addresses: (host: string) => (host === 'two' ? [ipv4(B)] : []),
  port: (name: string) => ({ http: 80, domain: 53 })[name],
};

function passing(text: string): string {
  const filter = parseFilter(text, NAMES);
  if (!filter.ok) return `error: ${filter.error}`;
  return Object.entries(FRAMES)
    .filter(([, frame]) => filter.value(PacketView.of(emitFrame(frame), 'in') as PacketView))
    .map(([name]) => name)
    .join(' ');
}

const TCP = 'syn syn-ack data';
const ALL = `${TCP} dns echo echo reply arp`;

describe('a filter passes', () => {
  it.each([
    ['', ALL],
    ['ip', `${TCP} dns echo echo reply`],
    ['icmp', 'echo echo reply'],
    ['arp or icmp', 'echo echo reply arp'],
    ['not tcp and not arp', 'dns echo echo reply'],
    ['! ( tcp || udp )', 'echo echo reply arp'],
    ['host 172.18.0.2', ALL],
    ['host two and udp', 'dns'],
    ['src 172.18.0.3', ''],
    ['dst host 172.18.0.3 and arp', 'arp'],
    ['src or dst 172.18.0.3 and icmp', 'echo echo reply'],
    ['172.18.0.9', ''],
    ['net 172.18', ALL],
    ['net 172.18.0.0/16 and port 80', TCP],
    ['net 172.19.0.0 mask 255.255.0.0', ''],
    ['port 80 or 53', `${TCP} dns`],
    ['port http or domain', `${TCP} dns`],
    ['tcp port 53', ''],
    ['udp dst port 53', 'dns'],
    ['src port 80', ''],
    ['portrange 50-60', 'dns'],
    ['ip proto 6', TCP],
    ['ip proto \\icmp', 'echo echo reply'],
    ['ether host 02:42:ac:12:00:02', ALL],
    ['ether dst 02:42:ac:12:00:02', ''],
    ['ether proto 0x0806', 'arp'],
    ['ether broadcast', 'arp'],
    ['tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn', 'syn'],
    ['tcp[tcpflags] & tcp-syn != 0', 'syn syn-ack'],
    ['(tcp[13] & 2 != 0) and src host 172.18.0.2', 'syn syn-ack'],
    ['icmp[icmptype] == icmp-echo', 'echo'],
    ['icmp[0]=0', 'echo reply'],
    ['((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0', 'data'],
    ['len > 90', 'echo echo reply'],
    ['greater 98', 'echo echo reply'],
    ['less 42', 'dns arp'],
    ['inbound and arp', 'arp'],
    ['outbound', ''],
    ['port 53 or port 80 and host 1.2.3.4', ''],
  ])('%s', (text, expected) => {
    expect(passing(text)).toBe(expected);
  });
});

describe('an expression that is none', () => {
  it.each([
    ['host', 'syntax error'],
    ['and', 'syntax error'],
    ['port 80 and', 'syntax error'],
    ['(tcp', 'syntax error'],
    ['tcp)', 'syntax error'],
    ['tcp[', 'syntax error'],
    ['tcp[13:3] = 1', 'data size must be 1, 2, or 4'],
    ['host nosuch', "unknown host 'nosuch'"],
    ['port nosuch', "unknown port 'nosuch'"],
    ['port 99999', 'illegal port number 99999 > 65535'],
    ['net 172.18.0.1/16', 'non-network bits set in "172.18.0.1/16"'],
    ['constructor', "unknown host 'constructor'"],
    [
      'vlan 3',
      'this simulated host has no "vlan": ether, ip, ip6, arp, rarp, tcp, udp, sctp, icmp, icmp6, igmp are here',
    ],
  ])('%s', (text, error) => {
    expect(passing(text)).toBe(`error: ${error}`);
  });

  it('may be deep', () => {
    expect(passing('('.repeat(5000))).toBe('error: syntax error');
    expect(passing('not '.repeat(5000))).toBe('error: syntax error');
  });
});
