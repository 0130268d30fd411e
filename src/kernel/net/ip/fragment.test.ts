import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../wire/address.ts';
import { FragmentPart, IcmpMessage, Ipv4Packet } from '../../../wire/packet.ts';
import { SkBuff } from '../skb.ts';
import { Topology } from '../topology.fixture.ts';
import { fragment } from './fragment.ts';

function pair() {
  const topology = new Topology();
  const host = topology.netns('host');
  const bridge = topology.bridge(host, 'br', '172.18.0.1/16');
  const srv = topology.container('srv', bridge, '172.18.0.2/16');
  const cli = topology.container('cli', bridge, '172.18.0.3/16');
  return { topology, host, bridge, srv, cli };
}

function large(size: number): Ipv4Packet {
  const message = new IcmpMessage(8, 0, 1, 1, new Uint8Array(size), null);
  return new Ipv4Packet(ipv4('10.0.0.1'), ipv4('10.0.0.2'), 1, 64, 0, 77, false, false, 0, message);
}

describe('a packet larger than the MTU', () => {
  it('travels in pieces and is answered in pieces', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2', { size: 4000 });
    topology.run();
    const pieces = ['0+1480', '1480+1480', '2960+1048'];
    expect(topology.at('cli:eth0').slice(2)).toEqual([
      ...pieces.map((piece) => `Out 172.18.0.3 > 172.18.0.2 fragment ${piece}`),
      ...pieces.map((piece) => `In 172.18.0.2 > 172.18.0.3 fragment ${piece}`),
    ]);
    expect(
      topology.at('host:v-srv').filter((line) => line.startsWith('Out') && line.includes('fragment')),
    ).toHaveLength(3);
  });

  it('is given up after thirty seconds when a piece is missing, and the sender is told', () => {
    const { topology, srv, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run();
    const dropSecond = cli.eth0.transmit.bind(cli.eth0);
    let sent = 0;
    cli.eth0.transmit = (frame) => {
      if (++sent !== 2) dropSecond(frame);
    };
    topology.ping(cli.netns, '172.18.0.2', { size: 4000 });
    topology.run(29);
    expect(topology.drops()).not.toContain('srv fragments missing');
    topology.run(2);
    expect(topology.drops().filter((line) => line === 'srv fragments missing')).toHaveLength(2);
    expect(topology.at('cli:eth0').at(-1)).toBe('In 172.18.0.2 > 172.18.0.3 time exceeded');
    expect(srv.netns.routes.find(ipv4('172.18.0.3'))).not.toBeNull();
  });
});

describe('fragments', () => {
  it('carry all bytes, fit the link, and come together again in any order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 68, max: 1500 }),
        fc.infiniteStream(fc.nat()),
        (size, mtu, dice) => {
          const whole = large(size);
          const parts = fragment(whole, mtu).flatMap((part) => fragment(part, Math.max(68, mtu - 100)));
          for (const part of parts) expect(part.length).toBeLessThanOrEqual(mtu);
          const shuffled = parts
            .map((part) => ({ part, key: dice.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ part }) => part);
          const { reassembly } = new Topology().netns('n');
          const done = shuffled.map((part) => {
            const skb = new SkBuff(part, null);
            return reassembly.complete(skb, 'local') ? skb.packet : null;
          });
          expect(done.slice(0, -1).every((packet) => packet === null)).toBe(true);
          expect(done.at(-1)).toMatchObject({ payload: whole.payload, moreFragments: false, fragmentOffset: 0 });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are taken once, and an overlapping one ends them all', () => {
    const topology = new Topology();
    const { reassembly } = topology.netns('n');
    const [first, second] = fragment(large(3000), 1500) as [Ipv4Packet, Ipv4Packet];
    const take = (packet: Ipv4Packet) => reassembly.complete(new SkBuff(packet, null), 'local');
    take(first);
    take(first);
    expect(topology.drops()).toEqual(['n duplicate fragment']);
    take(second);
    const part = second.payload as FragmentPart;
    const overlapping = fragment(large(3000), 1000)[1] as Ipv4Packet;
    expect(part.length).toBe(1480);
    take(overlapping);
    expect(topology.drops().filter((line) => line === 'n overlapping fragment')).toHaveLength(3);
  });
});
