import { describe, expect, it } from 'vitest';
import { cidr } from '../../../wire/cidr.ts';
import { addAddress } from '../route/interface-address.ts';
import type { MacvlanMode } from '../../syscalls/net-admin.ts';
import { Topology } from '../topology.fixture.ts';
import { removeDevice, setUp } from './lifecycle.ts';
import { createMacvlan, type Macvlan } from './macvlan.ts';

/** A host whose card is cabled to a gateway, and two rooms with a macvlan each on that card. */
function twoOnACard(mode: MacvlanMode = 'bridge') {
  const topology = new Topology();
  const host = topology.netns('host');
  const gateway = topology.netns('gw');
  const [eth0] = topology.cable(host, 'eth0', gateway, 'eth0', '192.168.0.1/24');
  addAddress(eth0, cidr('192.168.0.10/24'));
  const room = (name: string, address: string) => {
    const netns = topology.netns(name);
    const made = createMacvlan(eth0, { netns, name: 'eth0', mode });
    if (!made.ok) throw new Error(made.error);
    addAddress(made.value, cidr(address));
    setUp(made.value, true);
    return { netns, eth0: made.value };
  };
  return { topology, host, gateway, eth0, aa: room('aa', '192.168.0.77/24'), bb: room('bb', '192.168.0.78/24') };
}

const replies = (topology: Topology, place: string) => topology.at(place).filter((line) => line.includes('echo reply'));

describe('macvlans on one card', () => {
  it('reach each other directly, while their questions are heard on the cable as well', () => {
    const { topology, aa } = twoOnACard();
    topology.ping(aa.netns, '192.168.0.78');
    topology.run();
    expect(replies(topology, 'aa:eth0')).toEqual(['In 192.168.0.78 > 192.168.0.77 echo reply']);
    expect(topology.at('gw:eth0')).toEqual(['B who-has 192.168.0.78 tell 192.168.0.77']);
    // What is unicast between them never comes by the card.
    expect(topology.at('host:eth0')).toEqual(['Out who-has 192.168.0.78 tell 192.168.0.77']);
  });

  it('are reached from the cable, and only the one that is meant', () => {
    const { topology, gateway } = twoOnACard();
    topology.ping(gateway, '192.168.0.77');
    topology.run();
    expect(replies(topology, 'gw:eth0')).toEqual(['In 192.168.0.77 > 192.168.0.1 echo reply']);
    expect(topology.at('bb:eth0')).toEqual(['B who-has 192.168.0.77 tell 192.168.0.1']);
  });

  it("and the card's own host don't reach each other, either way", () => {
    const { topology, host, aa } = twoOnACard();
    topology.ping(aa.netns, '192.168.0.10');
    topology.run(5);
    topology.ping(host, '192.168.0.77');
    topology.run(5);
    expect(topology.seen.filter((line) => line.includes('echo'))).toEqual([]);
    expect(topology.at('host:eth0')).toContain('Out who-has 192.168.0.77 tell 192.168.0.10');
    expect(topology.at('aa:eth0').some((line) => line.includes('tell 192.168.0.10'))).toBe(false);
  });

  it('are reached by the host through a macvlan of its own', () => {
    const { topology, host, eth0 } = twoOnACard();
    const made = createMacvlan(eth0, { netns: host, name: 'mac0', mode: 'bridge' });
    const own = (made.ok && made.value) as Macvlan;
    addAddress(own, cidr('192.168.0.200/32'));
    setUp(own, true);
    host.admin.addRoute({ destination: cidr('192.168.0.77/32'), device: 'mac0' });
    topology.ping(host, '192.168.0.77');
    topology.run();
    expect(replies(topology, 'host:mac0')).toHaveLength(1);
  });

  it.each(['private', 'vepa'] as const)('do not reach each other directly in %s mode', (mode) => {
    const { topology, gateway, aa } = twoOnACard(mode);
    topology.ping(aa.netns, '192.168.0.78');
    topology.run(5);
    expect(topology.at('bb:eth0')).toEqual([]);
    topology.ping(gateway, '192.168.0.78');
    topology.run();
    expect(replies(topology, 'gw:eth0')).toHaveLength(1);
  });

  it('have a carrier as long as the card has one, and go with it', () => {
    const { eth0, aa } = twoOnACard();
    expect(aa.eth0.carrier).toBe(true);
    setUp(eth0, false);
    expect(aa.eth0.carrier).toBe(false);
    setUp(eth0, true);
    expect(aa.eth0.carrier).toBe(true);
    removeDevice(aa.eth0);
    expect(eth0.macvlans?.members.map(({ placeName }) => placeName)).toEqual(['bb:eth0']);
    removeDevice(eth0);
    expect(eth0.macvlans).toBeNull();
  });

  it("cannot be on a loopback, a bridge or a bridge's port, and are siblings of the one that they are put on", () => {
    const { topology, host, eth0, aa } = twoOnACard();
    const on = (device: Parameters<typeof createMacvlan>[0], name: string) =>
      createMacvlan(device, { netns: host, name, mode: 'bridge' });
    expect(on(host.loopback, 'm1')).toEqual({ ok: false, error: 'EINVAL' });
    const bridge = topology.bridge(host, 'br');
    expect(on(bridge, 'm2')).toEqual({ ok: false, error: 'EOPNOTSUPP' });
    expect(on(topology.container('cc', bridge, '172.18.0.2/16').port, 'm3')).toEqual({ ok: false, error: 'EBUSY' });
    const sibling = on(aa.eth0, 'm4');
    expect(sibling.ok && sibling.value.lower).toBe(eth0);
    expect(host.admin.setLink('eth0', { master: 'br' })).toEqual({ ok: false, error: 'EBUSY' });
  });
});
