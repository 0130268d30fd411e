import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from './address.ts';
import { IcmpMessage, IpProtocol, Ipv4Packet, TcpSegment, type Transport, UdpDatagram } from './packet.ts';
import { emitTransport } from './transport.ts';

const packetOf = (protocol: number, payload: Transport) =>
  new Ipv4Packet(ipv4('10.0.0.1'), ipv4('10.0.0.2'), protocol, 64, 0, 1, false, false, 0, payload);

const data = fc.uint8Array({ maxLength: 700 });
const udp = data.map((d) => packetOf(IpProtocol.udp, new UdpDatagram(1, 2, d)));
const tcp = fc
  .record({
    data,
    mss: fc.constantFrom(0, 1460),
    scale: fc.constantFrom(-1, 7),
    sack: fc.boolean(),
    stamp: fc.constantFrom(-1, 5),
  })
  .map(({ data: d, mss, scale, sack, stamp }) =>
    packetOf(IpProtocol.tcp, new TcpSegment(1, 2, 3, 4, 16, 5, mss, scale, sack, stamp, 0, d)),
  );
const echo = data.map((d) => packetOf(IpProtocol.icmp, new IcmpMessage(8, 0, 1, 1, d, null)));
const error = fc
  .oneof(udp, tcp, echo)
  .map((quoted) => packetOf(IpProtocol.icmp, new IcmpMessage(3, 1, 0, 0, new Uint8Array(0), quoted)));

describe('the length of a packet', () => {
  it('is that of its bytes', () => {
    fc.assert(
      fc.property(fc.oneof(udp, tcp, echo, error), (packet) => {
        expect(packet.payload.length).toBe(emitTransport(packet).length);
      }),
      { numRuns: 300 },
    );
  });
});
