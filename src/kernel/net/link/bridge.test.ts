import { describe, expect, it } from 'vitest';
import { BROADCAST_MAC, type Mac } from '../../../wire/address.ts';
import { cidr } from '../../../wire/cidr.ts';
import { TraceKind } from '../../../sim/trace.ts';
import { ArpPacket, EtherType, Frame } from '../../../wire/packet.ts';
import { Topology } from '../topology.fixture.ts';
import { Bridge } from './bridge.ts';
import type { NetDevice } from './device.ts';
import { setUp } from './lifecycle.ts';

function twoOnABridge() {
  const topology = new Topology();
  const host = topology.netns('host');
  const bridge = topology.bridge(host, 'br', '172.18.0.1/16');
  const ss = topology.container('ss', bridge, '172.18.0.2/16');
  const cc = topology.container('cc', bridge, '172.18.0.3/16');
  return { topology, host, bridge, ss, cc };
}

const aFrame = (destination: Mac, source: Mac) =>
  new Frame(destination, source, EtherType.arp, new ArpPacket(2, source, 1 as never, destination, 2 as never));

describe('two containers on a bridge', () => {
  it('find each other by ARP and ping through, seen everywhere as tcpdump sees it', () => {
    const { topology, cc } = twoOnABridge();
    topology.ping(cc.netns, '172.18.0.2');
    topology.run();
    expect(topology.seen).toEqual([
      'cc:eth0 Out who-has 172.18.0.2 tell 172.18.0.3',
      'host:v-cc B who-has 172.18.0.2 tell 172.18.0.3',
      'host:v-ss Out who-has 172.18.0.2 tell 172.18.0.3',
      'host:br B who-has 172.18.0.2 tell 172.18.0.3',
      'ss:eth0 B who-has 172.18.0.2 tell 172.18.0.3',
      'ss:eth0 Out 172.18.0.2 is-at',
      'host:v-ss P 172.18.0.2 is-at',
      'host:v-cc Out 172.18.0.2 is-at',
      'cc:eth0 In 172.18.0.2 is-at',
      'cc:eth0 Out 172.18.0.3 > 172.18.0.2 echo request',
      'host:v-cc P 172.18.0.3 > 172.18.0.2 echo request',
      'host:v-ss Out 172.18.0.3 > 172.18.0.2 echo request',
      'ss:eth0 In 172.18.0.3 > 172.18.0.2 echo request',
      'ss:eth0 Out 172.18.0.2 > 172.18.0.3 echo reply',
      'host:v-ss P 172.18.0.2 > 172.18.0.3 echo reply',
      'host:v-cc Out 172.18.0.2 > 172.18.0.3 echo reply',
      'cc:eth0 In 172.18.0.2 > 172.18.0.3 echo reply',
    ]);
  });

  it('leave a chain of causes from the reply back to the request', () => {
    const { topology, cc } = twoOnABridge();
    topology.ping(cc.netns, '172.18.0.2');
    topology.run();
    const last = [...topology.trace.since()].findLast((r) => r.place === cc.eth0 && r.kind === TraceKind.receive);
    const chain: number[] = [];
    for (let r = last; r !== undefined; r = topology.trace.read(r.cause)) chain.push(r.kind);
    expect(chain.at(-1)).toBe(TraceKind.route);
    expect(chain).toContain(TraceKind.bridge);
    expect(chain).toContain(TraceKind.neighbor);
  });

  it('do not reach each other while the bridge is down, and do again when it is up', () => {
    const { topology, cc, bridge } = twoOnABridge();
    setUp(bridge, false);
    topology.ping(cc.netns, '172.18.0.2');
    topology.run(4);
    expect(topology.at('ss:eth0')).toEqual([]);
    expect(topology.drops()).toContain('host:v-cc link down');
    setUp(bridge, true);
    topology.forget();
    topology.ping(cc.netns, '172.18.0.2');
    topology.run();
    expect(topology.at('cc:eth0').at(-1)).toBe('In 172.18.0.2 > 172.18.0.3 echo reply');
  });
});

describe('a bridge', () => {
  it('answers for its own address by its own leg', () => {
    const { topology, cc } = twoOnABridge();
    topology.ping(cc.netns, '172.18.0.1');
    topology.run();
    expect(topology.at('host:br')).toEqual([
      'B who-has 172.18.0.1 tell 172.18.0.3',
      'Out 172.18.0.1 is-at',
      'In 172.18.0.3 > 172.18.0.1 echo request',
      'Out 172.18.0.1 > 172.18.0.3 echo reply',
    ]);
  });

  it('floods what is for an unknown station, and sends to one port once it has seen it', () => {
    const { topology, bridge, ss, cc } = twoOnABridge();
    const other = topology.container('oo', bridge, '172.18.0.4/16');
    cc.eth0.transmit(aFrame(ss.eth0.mac, cc.eth0.mac));
    topology.run();
    expect(topology.at('oo:eth0')).toHaveLength(1);
    ss.eth0.transmit(aFrame(cc.eth0.mac, ss.eth0.mac));
    topology.run();
    topology.forget();
    cc.eth0.transmit(aFrame(ss.eth0.mac, cc.eth0.mac));
    topology.run();
    expect(topology.at('oo:eth0')).toEqual([]);
    expect(topology.at('ss:eth0')).toHaveLength(1);
    expect(other.port.rxPackets).toBe(0);
  });

  it('forgets a station that was silent for five minutes', () => {
    const { topology, host, bridge, ss, cc } = twoOnABridge();
    topology.container('oo', bridge, '172.18.0.4/16');
    ss.eth0.transmit(aFrame(cc.eth0.mac, ss.eth0.mac));
    topology.run();
    expect(host.admin.fdb().some((row) => row.mac === ss.eth0.mac && !row.local)).toBe(true);
    topology.run(301);
    expect(host.admin.fdb().every((row) => row.local)).toBe(true);
    topology.forget();
    cc.eth0.transmit(aFrame(ss.eth0.mac, cc.eth0.mac));
    topology.run();
    expect(topology.at('oo:eth0')).toHaveLength(1);
  });

  it('forgets what was behind a port that loses its carrier', () => {
    const { topology, host, ss, cc } = twoOnABridge();
    ss.eth0.transmit(aFrame(cc.eth0.mac, ss.eth0.mac));
    topology.run();
    setUp(ss.eth0, false);
    expect(ss.port.carrier).toBe(false);
    expect(host.admin.fdb().some((row) => row.mac === ss.eth0.mac)).toBe(false);
  });

  it('has no carrier without ports that have one', () => {
    const { bridge, ss, cc } = twoOnABridge();
    expect(bridge.carrier).toBe(true);
    setUp(ss.eth0, false);
    expect(bridge.carrier).toBe(true);
    cc.netns.destroy();
    expect(bridge.carrier).toBe(false);
    expect(bridge.ports).toEqual([ss.port]);
  });

  it('takes the lowest address of its ports unless one was given', () => {
    const { bridge, ss, cc, host } = twoOnABridge();
    const given = bridge.mac;
    const follower = new Bridge(host, 'follower');
    for (const port of [ss.port, cc.port]) {
      bridge.removePort(port);
      follower.addPort(port);
    }
    expect(follower.mac).toBe(Math.min(ss.port.mac, cc.port.mac));
    follower.removePort(ss.port);
    expect(follower.mac).toBe(cc.port.mac);
    expect(bridge.mac).toBe(given);
  });

  it('numbers its ports, and gives a number again only when its port has gone', () => {
    const { topology, bridge, ss } = twoOnABridge();
    const [first, second] = bridge.ports as [NetDevice, NetDevice];
    expect([first, second].map((port) => bridge.numberOf(port))).toEqual([1, 2]);
    ss.netns.destroy();
    expect(bridge.numberOf(first)).toBeNull();
    expect(bridge.numberOf(second)).toBe(2);
    topology.container('new', bridge, '172.18.0.4/16');
    topology.container('next', bridge, '172.18.0.5/16');
    expect(bridge.ports.map((port) => bridge.numberOf(port))).toEqual([2, 1, 3]);
  });

  it('drops a frame from a group address and one for a reserved group', () => {
    const { topology, ss, cc } = twoOnABridge();
    cc.eth0.transmit(aFrame(ss.eth0.mac, BROADCAST_MAC));
    cc.eth0.transmit(aFrame(0x0180c2000000 as Mac, cc.eth0.mac));
    topology.run();
    expect(topology.drops()).toEqual(['host:v-cc invalid source address', 'host:v-cc reserved group address']);
  });

  it('gives the copies of a flood one event but each its own record', () => {
    const { topology, bridge, cc } = twoOnABridge();
    for (const i of [4, 5, 6]) topology.container(`x${i}`, bridge, `172.18.0.${i}/16`);
    const before = topology.queue.fired;
    cc.eth0.transmit(aFrame(BROADCAST_MAC, cc.eth0.mac));
    topology.run(0.5);
    expect(topology.queue.fired - before).toBe(2);
    const arrivals = [...topology.trace.since()].filter(
      (r) => r.kind === TraceKind.receive && r.place.placeName.endsWith('eth0'),
    );
    expect(arrivals.map((r) => r.place.placeName)).toEqual(['ss:eth0', 'x4:eth0', 'x5:eth0', 'x6:eth0']);
    for (const r of arrivals) expect(topology.trace.read(r.cause)?.kind).toBe(TraceKind.transmit);
    expect(new Set(arrivals.map((r) => r.cause)).size).toBe(4);
  });
});

describe('a removed cable', () => {
  it('loses frames on their way with a record', () => {
    const { topology, ss, cc } = twoOnABridge();
    cc.eth0.transmit(aFrame(ss.eth0.mac, cc.eth0.mac));
    cc.netns.destroy();
    topology.run();
    expect(topology.drops()).toEqual(['host:v-cc link down']);
  });

  it('takes its other end with it', () => {
    const { host, cc } = twoOnABridge();
    cc.netns.destroy();
    expect(host.devices.byName('v-cc')).toBeUndefined();
    expect(host.admin.addAddress('br', cidr('172.18.0.1/16'))).toEqual({ ok: false, error: 'EEXIST' });
  });
});
