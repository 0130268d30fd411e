import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../wire/address.ts';
import { EtherType, Frame, IcmpMessage, Ipv4Packet } from '../../../wire/packet.ts';
import { Topology } from '../topology.fixture.ts';

function twoNetworks() {
  const topology = new Topology();
  const host = topology.netns('host');
  host.sysctl.ipForward = true;
  const n1 = topology.bridge(host, 'n1', '172.18.0.1/16');
  const n2 = topology.bridge(host, 'n2', '172.19.0.1/16');
  const aa = topology.container('aa', n1, '172.18.0.2/16');
  const bb = topology.container('bb', n2, '172.19.0.2/16');
  return { topology, host, n1, n2, aa, bb };
}

/** An echo request with any addresses, straight onto a wire. */
function forged(source: string, destination: string) {
  const message = new IcmpMessage(8, 0, 1, 1, new Uint8Array(8), null);
  return new Ipv4Packet(ipv4(source), ipv4(destination), 1, 64, 0, 1, false, false, 0, message);
}

describe('a router', () => {
  it('sends packets from one network to another', () => {
    const { topology, aa } = twoNetworks();
    topology.ping(aa.netns, '172.19.0.2');
    topology.run();
    expect(topology.at('aa:eth0').at(-1)).toBe('In 172.19.0.2 > 172.18.0.2 echo reply');
    expect(topology.at('host:n2')).toEqual([
      'Out who-has 172.19.0.2 tell 172.19.0.1',
      'In 172.19.0.2 is-at',
      'Out 172.18.0.2 > 172.19.0.2 echo request',
      'In 172.19.0.2 > 172.18.0.2 echo reply',
    ]);
  });

  it('lowers the TTL and leaves the packet that came in as it was', () => {
    const { topology, aa, bb } = twoNetworks();
    const ttls: number[] = [];
    bb.netns.taps.push({ device: bb.eth0, capture: (_d, frame) => note(frame) });
    aa.netns.taps.push({ device: aa.eth0, capture: (_d, frame) => note(frame) });
    const note = ({ payload }: Frame) => payload instanceof Ipv4Packet && ttls.push(payload.ttl);
    topology.ping(aa.netns, '172.19.0.2', { ttl: 10 });
    topology.run();
    expect(ttls).toEqual([10, 9, 64, 63]);
  });

  it('ends a packet whose TTL runs out and tells its sender by the address of that side', () => {
    const { topology, aa } = twoNetworks();
    topology.ping(aa.netns, '172.19.0.2', { ttl: 1 });
    topology.run();
    expect(topology.at('aa:eth0').at(-1)).toBe('In 172.18.0.1 > 172.18.0.2 time exceeded');
    expect(topology.drops()).toContain('host:n1 TTL exceeded');
  });

  it('says that no route leads there', () => {
    const { topology, aa } = twoNetworks();
    topology.ping(aa.netns, '8.8.8.8');
    topology.run();
    expect(topology.at('aa:eth0').at(-1)).toBe('In 172.18.0.1 > 172.18.0.2 unreachable 0');
  });

  it('does nothing of all this while forwarding is off', () => {
    const { topology, host, aa } = twoNetworks();
    host.sysctlSet('net.ipv4.ip_forward', '0');
    topology.ping(aa.netns, '172.19.0.2');
    topology.run();
    expect(topology.drops()).toEqual(['host:n1 forwarding is off']);
  });

  it('says that a packet with DF is too long for the next link, and the sender remembers', () => {
    const { topology, host, aa, n2 } = twoNetworks();
    host.admin.setLink('n2', { mtu: 1400 });
    topology.ping(aa.netns, '172.19.0.2', { size: 1450, dontFragment: true });
    topology.run();
    expect(n2.txPackets).toBe(0);
    expect(topology.at('aa:eth0').at(-1)).toBe('In 172.18.0.1 > 172.18.0.2 unreachable 4');
    expect(aa.netns.routes.find(ipv4('172.19.0.2'))?.mtu).toBe(1400);
    expect(topology.ping(aa.netns, '172.19.0.2', { size: 1450, dontFragment: true })).toEqual({
      ok: false,
      error: 'EMSGSIZE',
    });
  });

  it('tells the same host of at most six errors at once', () => {
    const { topology, aa } = twoNetworks();
    for (let i = 0; i < 10; i++) topology.ping(aa.netns, '172.19.0.2', { ttl: 1 });
    topology.run();
    expect(topology.at('aa:eth0').filter((line) => line.endsWith('time exceeded'))).toHaveLength(6);
  });
});

describe('a host', () => {
  it('refuses what cannot have come that way', () => {
    const { topology, host, aa, n1 } = twoNetworks();
    host.sysctl.ipForward = false;
    const send = (source: string, destination: string) =>
      aa.eth0.transmit(new Frame(n1.mac, aa.eth0.mac, EtherType.ipv4, forged(source, destination)));
    send('127.0.0.1', '172.18.0.1');
    send('172.18.0.1', '172.18.0.1');
    send('9.9.9.9', '172.18.0.1');
    send('172.18.0.2', '127.0.0.1');
    send('224.0.0.5', '172.18.0.1');
    send('172.18.0.2', '224.0.0.5');
    topology.run();
    expect(topology.drops()).toEqual([
      'host:n1 martian source',
      'host:n1 martian source',
      'host:n1 reverse path filter',
      'host:n1 martian destination',
      'host:n1 martian source',
      'host:n1 multicast group not joined',
    ]);
  });

  it('takes a source from the wrong side when the filter is loose, and not when it is strict', () => {
    const { topology, host, aa, n1 } = twoNetworks();
    const send = () =>
      aa.eth0.transmit(new Frame(n1.mac, aa.eth0.mac, EtherType.ipv4, forged('172.19.0.9', '172.18.0.1')));
    send();
    topology.run(0.5);
    expect(topology.drops()).not.toContain('host:n1 reverse path filter');
    host.sysctlSet('net.ipv4.conf.all.rp_filter', '1');
    send();
    topology.run(0.5);
    expect(topology.drops()).toContain('host:n1 reverse path filter');
  });

  it('passes over frames for other hosts', () => {
    const { topology, aa, bb } = twoNetworks();
    aa.port.transmit(new Frame(bb.eth0.mac, aa.port.mac, EtherType.ipv4, forged('172.18.0.1', '172.18.0.2')));
    topology.run();
    expect(topology.drops()).toEqual(['aa:eth0 not for this host']);
  });

  it('answers itself by lo', () => {
    const { topology, aa } = twoNetworks();
    topology.ping(aa.netns, '172.18.0.2');
    topology.run();
    expect(topology.seen).toEqual([
      'aa:lo In 172.18.0.2 > 172.18.0.2 echo request',
      'aa:lo In 172.18.0.2 > 172.18.0.2 echo reply',
    ]);
  });

  it('does not answer a ping to everybody', () => {
    const { topology, aa } = twoNetworks();
    topology.ping(aa.netns, '172.18.255.255');
    topology.run();
    expect(topology.drops()).toContain('host:n1 ignored');
  });
});
