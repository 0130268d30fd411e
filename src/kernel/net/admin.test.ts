import { describe, expect, it } from 'vitest';
import { formatMac, type Mac } from '../../wire/address.ts';
import { cidr } from '../../wire/cidr.ts';
import { connectCable, disconnectCable, EthernetDevice } from './link/ethernet.ts';
import { LanSwitch } from './link/lan-switch.ts';
import { moveDevice, setUp } from './link/lifecycle.ts';
import { addAddress } from './route/interface-address.ts';
import { Topology } from './topology.fixture.ts';

const names = (links: readonly { name: string; index: number }[]) => links.map((l) => `${l.index} ${l.name}`);

describe('links', () => {
  it('are made, set and removed as `ip link` does', () => {
    const { admin } = new Topology().netns('host');
    expect(admin.addLink({ name: 'br0', kind: 'bridge' }).ok).toBe(true);
    expect(admin.addLink({ name: 'va', kind: 'veth', peer: 'vb' }).ok).toBe(true);
    expect(admin.addLink({ name: 'va', kind: 'dummy' })).toEqual({ ok: false, error: 'EEXIST' });
    expect(admin.addLink({ name: 'a name', kind: 'dummy' })).toEqual({ ok: false, error: 'EINVAL' });
    expect(names(admin.links())).toEqual(['1 lo', '2 br0', '3 va', '4 vb']);
    expect(admin.setLink('va', { master: 'br0', up: true }).ok).toBe(true);
    expect(admin.setLink('vb', { up: true, name: 'vc' }).ok).toBe(true);
    expect(admin.setLink('br0', { up: true }).ok).toBe(true);
    expect(admin.links().map((l) => [l.name, l.master, l.carrier, l.peer?.index])).toEqual([
      ['lo', null, true, undefined],
      ['br0', null, true, undefined],
      ['va', 'br0', true, 4],
      ['vc', null, true, 3],
    ]);
    expect(admin.removeLink('va').ok).toBe(true);
    expect(names(admin.links())).toEqual(['1 lo', '2 br0']);
    expect(admin.links()[1]).toMatchObject({ up: true, carrier: false });
    expect(admin.removeLink('nope')).toEqual({ ok: false, error: 'ENODEV' });
  });

  it('refuse to be a port where that makes no sense', () => {
    const { admin } = new Topology().netns('host');
    admin.addLink({ name: 'br0', kind: 'bridge' });
    admin.addLink({ name: 'd0', kind: 'dummy' });
    expect(admin.setLink('lo', { master: 'br0' })).toEqual({ ok: false, error: 'EINVAL' });
    expect(admin.setLink('d0', { master: 'lo' })).toEqual({ ok: false, error: 'EOPNOTSUPP' });
    expect(admin.setLink('d0', { master: 'br0' }).ok).toBe(true);
    admin.setLink('br0', { mac: 0x0242ac110001 as Mac });
    expect(formatMac(admin.links()[1]?.mac as Mac)).toBe('02:42:ac:11:00:01');
  });

  it('are numbered in each namespace from 2 on, and renumbered when a number is taken', () => {
    const topology = new Topology();
    const [host, box] = [topology.netns('host'), topology.netns('box')];
    box.admin.addLink({ name: 'd0', kind: 'dummy' });
    const [, end] = topology.cable(host, 'v1', host, 'v2');
    host.admin.addAddress('v2', cidr('10.0.0.2/24'));
    end.index = 2;
    moveDevice(end, box, 'eth0');
    expect(names(box.admin.links())).toEqual(['1 lo', '2 d0', '3 eth0']);
    expect([end.placeName, end.up, end.addresses, host.admin.routes()]).toEqual(['box:eth0', false, [], []]);
    expect(host.admin.links()[1]?.peer).toEqual({ index: 3, otherNamespace: true, namespaceId: 0 });
  });

  it('count what passes', () => {
    const topology = new Topology();
    const bridge = topology.bridge(topology.netns('host'), 'br', '10.0.0.1/24');
    const { netns } = topology.container('c', bridge, '10.0.0.2/24');
    topology.ping(netns, '10.0.0.1');
    topology.run();
    // An ARP request and an echo request with their Ethernet headers.
    expect(netns.admin.links()[1]?.counters).toMatchObject({
      txPackets: 2,
      txBytes: 42 + 98,
      rxPackets: 2,
      rxBytes: 140,
    });
  });
});

describe('machines on a LAN', () => {
  it('talk over a switch, and no more when a cable is pulled', () => {
    const topology = new Topology();
    const lan = new LanSwitch({ name: 'switch', queue: topology.queue, random: topology.random });
    const cards = ['a', 'b', 'c'].map((name, i) => {
      const card = new EthernetDevice(topology.netns(name), 'eth0');
      addAddress(card, cidr(`192.168.0.${i + 1}/24`));
      setUp(card, true);
      lan.plug(card);
      return card;
    });
    const [a, b] = cards as [EthernetDevice, EthernetDevice];
    topology.ping(a.netns, '192.168.0.2');
    topology.run();
    expect(topology.at('a:eth0').at(-1)).toBe('In 192.168.0.2 > 192.168.0.1 echo reply');
    expect(topology.at('c:eth0')).toEqual(['B who-has 192.168.0.2 tell 192.168.0.1']);
    disconnectCable(b);
    expect([a.carrier, b.carrier]).toEqual([true, false]);
    topology.forget();
    topology.ping(a.netns, '192.168.0.2');
    topology.run();
    expect(topology.at('b:eth0')).toEqual([]);
    connectCable(a, b);
    topology.ping(a.netns, '192.168.0.2');
    topology.run();
    expect(topology.at('a:eth0').at(-1)).toBe('In 192.168.0.2 > 192.168.0.1 echo reply');
  });
});

describe('sysctl', () => {
  it('shows and takes what is known, and nothing else', () => {
    const netns = new Topology().netns('host');
    expect(netns.sysctlGet('net.ipv4.ip_forward')).toBe('0');
    expect(netns.sysctlSet('net.ipv4.conf.docker0.forwarding', '1')).toBe(true);
    expect(netns.sysctlGet('net.ipv4.ip_forward')).toBe('1');
    expect(netns.sysctlGet('net.ipv4.ip_local_port_range')).toBe('32768\t60999');
    expect(netns.sysctlSet('net.ipv4.ip_local_port_range', '5 4')).toBe(false);
    expect(netns.sysctlSet('net.ipv4.conf.all.rp_filter', '3')).toBe(false);
    expect(netns.sysctlGet('net.ipv4.nope')).toBeUndefined();
  });
});
