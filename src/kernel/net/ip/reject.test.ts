import { describe, expect, it } from 'vitest';
import { NO_BYTES } from '../../../base/bytes.ts';
import { ipv4 } from '../../../wire/address.ts';
import { IcmpMessage, IpProtocol, Ipv4Packet, TcpFlag, TcpSegment } from '../../../wire/packet.ts';
import { SkBuff } from '../skb.ts';
import { Topology } from '../topology.fixture.ts';
import type { RejectWith } from './reject.ts';

function segment(flags: number, length = 0): Ipv4Packet {
  const data = length === 0 ? NO_BYTES : new Uint8Array(length);
  const tcp = new TcpSegment(40000, 80, 1000, 2000, flags, 64240, 0, -1, false, -1, -1, data);
  return new Ipv4Packet(ipv4('172.18.0.2'), ipv4('172.18.0.9'), IpProtocol.tcp, 64, 0, 1, true, false, 0, tcp);
}

/** What aa gets when the host rejects its packet so. */
function answerTo(packet: Ipv4Packet, how: RejectWith): Ipv4Packet[] {
  const topology = new Topology();
  const host = topology.netns('host');
  const bridge = topology.bridge(host, 'br', '172.18.0.1/16');
  const { netns, eth0 } = topology.container('aa', bridge, '172.18.0.2/16');
  const got: Ipv4Packet[] = [];
  netns.taps.push({
    device: eth0,
    capture: (_device, { payload }, type) => {
      if (type === 'in' && payload instanceof Ipv4Packet) got.push(payload);
    },
  });
  host.rejectWith(new SkBuff(packet, bridge), how);
  topology.run();
  return got;
}

describe('a REJECT rule', () => {
  it.each([
    ['icmp-port-unreachable', 3],
    ['icmp-host-prohibited', 10],
    ['icmp-admin-prohibited', 13],
  ] as const)('answers with %s', (how, code) => {
    const packet = segment(TcpFlag.syn);
    const [answer] = answerTo(packet, how);
    expect(answer).toMatchObject({ source: ipv4('172.18.0.1'), tos: 0xc0 });
    expect(answer?.payload).toBeInstanceOf(IcmpMessage);
    expect(answer?.payload).toMatchObject({ type: 3, code, quoted: packet });
  });

  it('resets a connection in the name of the other side', () => {
    const [answer] = answerTo(segment(TcpFlag.syn), 'tcp-reset');
    expect(answer?.source).toBe(ipv4('172.18.0.9'));
    expect(answer?.payload).toMatchObject({
      sourcePort: 80,
      destinationPort: 40000,
      flags: TcpFlag.rst | TcpFlag.ack,
      sequence: 0,
      acknowledgment: 1001,
    });
    const [later] = answerTo(segment(TcpFlag.ack | TcpFlag.psh, 10), 'tcp-reset');
    expect(later?.payload).toMatchObject({ flags: TcpFlag.rst, sequence: 2000, acknowledgment: 0 });
  });

  it('answers neither a reset nor an ICMP error', () => {
    expect(answerTo(segment(TcpFlag.rst), 'tcp-reset')).toEqual([]);
    const error = new IcmpMessage(3, 1, 0, 0, NO_BYTES, segment(TcpFlag.syn));
    const packet = new Ipv4Packet(ipv4('172.18.0.2'), ipv4('172.18.0.9'), 1, 64, 0, 1, false, false, 0, error);
    expect(answerTo(packet, 'icmp-port-unreachable')).toEqual([]);
  });
});
