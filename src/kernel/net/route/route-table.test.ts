import { describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../../wire/address.ts';
import { cidr, formatCidr } from '../../../wire/cidr.ts';
import { setUp } from '../link/lifecycle.ts';
import type { Netns } from '../netns.ts';
import { Topology } from '../topology.fixture.ts';

function host() {
  const topology = new Topology();
  const netns = topology.netns('host');
  topology.bridge(netns, 'br1', '10.1.0.1/16');
  topology.bridge(netns, 'br2', '10.2.0.1/16');
  return { topology, netns, admin: netns.admin };
}

const way = (netns: Netns, to: string) => {
  const found = netns.routes.lookup(ipv4(to));
  return found.ok ? `${found.value.device.name} src ${formatIpv4(found.value.preferredSource)}` : found.error;
};

const table = (netns: Netns) =>
  netns.admin.routes().map((r) => `${formatCidr(r.destination)} ${r.device}${r.metric ? ` metric ${r.metric}` : ''}`);

describe('a lookup', () => {
  it('prefers what is ours, then the longest prefix, then the lowest metric', () => {
    const { netns, admin } = host();
    admin.addRoute({ destination: cidr('10.2.3.0/24'), device: 'br1' });
    admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4('10.1.0.9'), metric: 100 });
    admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4('10.2.0.9'), metric: 50 });
    expect(way(netns, '10.2.0.1')).toBe('lo src 10.2.0.1');
    expect(way(netns, '127.0.0.11')).toBe('lo src 127.0.0.1');
    expect(way(netns, '10.2.3.4')).toBe('br1 src 10.1.0.1');
    expect(way(netns, '10.2.4.4')).toBe('br2 src 10.2.0.1');
    expect(way(netns, '8.8.8.8')).toBe('br2 src 10.2.0.1');
  });

  it('fails as the kernel does', () => {
    const { netns, admin } = host();
    expect(way(netns, '8.8.8.8')).toBe('ENETUNREACH');
    admin.addRoute({ destination: cidr('8.8.0.0/16'), type: 'unreachable' });
    admin.addRoute({ destination: cidr('8.9.0.0/16'), type: 'prohibit' });
    admin.addRoute({ destination: cidr('8.7.0.0/16'), type: 'blackhole' });
    expect(['8.8.8.8', '8.9.8.8', '8.7.8.8'].map((to) => way(netns, to))).toEqual(['EHOSTUNREACH', 'EACCES', 'EINVAL']);
    expect(netns.routes.lookup(ipv4('10.1.0.2'), { source: ipv4('9.9.9.9') })).toEqual({ ok: false, error: 'EINVAL' });
  });

  it('goes by the device that was asked for, even without a route', () => {
    const { netns } = host();
    const br1 = netns.devices.byName('br1') as never;
    const found = netns.routes.lookup(ipv4('8.8.8.8'), { device: br1 });
    expect(found.ok && [found.value.device.name, found.value.nextHop]).toEqual(['br1', ipv4('8.8.8.8')]);
  });

  it('answers from memory until a row changes', () => {
    const { netns, admin } = host();
    const first = netns.routes.find(ipv4('10.1.0.2'));
    expect(netns.routes.find(ipv4('10.1.0.2'))).toBe(first);
    admin.addRoute({ destination: cidr('10.1.0.2/32'), device: 'br2' });
    expect(first?.stale).toBe(true);
    expect(netns.routes.find(ipv4('10.1.0.2'))?.device.name).toBe('br2');
  });

  it('remembers a path MTU that a router has told', () => {
    const { netns } = host();
    netns.routes.learnPathMtu(ipv4('10.1.0.2'), 1400);
    expect(netns.routes.find(ipv4('10.1.0.2'))?.mtu).toBe(1400);
    expect(netns.routes.find(ipv4('10.1.0.3'))?.mtu).toBe(1500);
  });
});

describe('the table', () => {
  it('lists by address, longer prefixes first, then by metric', () => {
    const { netns, admin } = host();
    admin.addRoute({ destination: cidr('192.168.0.0/16'), device: 'br1' });
    admin.addRoute({ destination: cidr('10.1.0.0/24'), device: 'br1' });
    admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4('10.1.0.9'), metric: 100 });
    admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4('10.1.0.9') });
    expect(table(netns)).toEqual([
      '0.0.0.0/0 br1',
      '0.0.0.0/0 br1 metric 100',
      '10.1.0.0/24 br1',
      '10.1.0.0/16 br1',
      '10.2.0.0/16 br2',
      '192.168.0.0/16 br1',
    ]);
  });

  it('shows routes whose device has no carrier as such', () => {
    const { topology, netns } = host();
    topology.container('c', netns.devices.byName('br1') as never, '10.1.0.2/16');
    expect(netns.admin.routes().map((r) => [r.device, r.linkDown])).toEqual([
      ['br1', false],
      ['br2', true],
    ]);
  });

  it('refuses what `ip route` is refused', () => {
    const { admin } = host();
    const add = (route: Parameters<typeof admin.addRoute>[0]) => {
      const done = admin.addRoute(route);
      return done.ok ? 'ok' : done.error;
    };
    const everywhere = cidr('0.0.0.0/0');
    expect(add({ destination: everywhere, gateway: ipv4('9.9.9.9') })).toBe('ENETUNREACH');
    expect(add({ destination: everywhere, gateway: ipv4('10.1.0.9') })).toBe('ok');
    expect(add({ destination: everywhere, gateway: ipv4('10.2.0.9') })).toBe('EEXIST');
    expect(add({ destination: cidr('10.9.0.1/16'), device: 'br1' })).toBe('EINVAL');
    expect(add({ destination: everywhere, device: 'nope' })).toBe('ENODEV');
    expect(admin.removeRoute({ destination: cidr('7.0.0.0/8') })).toEqual({ ok: false, error: 'ESRCH' });
    expect(admin.removeRoute({ destination: everywhere }).ok).toBe(true);
  });
});

describe('an address', () => {
  it('brings its routes while the device is up, and stays local when it is down', () => {
    const { netns } = host();
    const br1 = netns.devices.byName('br1') as never;
    setUp(br1, false);
    expect(table(netns)).toEqual(['10.2.0.0/16 br2']);
    expect(netns.isLocal(ipv4('10.1.0.1'))).toBe(true);
    setUp(br1, true);
    expect(table(netns)).toEqual(['10.1.0.0/16 br1', '10.2.0.0/16 br2']);
  });

  it('takes all routes of the device with it when it was the last', () => {
    const { netns, admin } = host();
    admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4('10.1.0.9') });
    expect(admin.removeAddress('br1', cidr('10.1.0.1/16')).ok).toBe(true);
    expect(table(netns)).toEqual(['10.2.0.0/16 br2']);
    expect(netns.isLocal(ipv4('10.1.0.1'))).toBe(false);
    expect(admin.removeAddress('br1', cidr('10.1.0.1/16'))).toEqual({ ok: false, error: 'EADDRNOTAVAIL' });
  });

  it('is secondary beside another of its network', () => {
    const { netns, admin } = host();
    admin.addAddress('br1', cidr('10.1.0.2/16'));
    expect(admin.addresses().map((a) => [formatCidr(a.address), a.secondary, a.scope])).toEqual([
      ['127.0.0.1/8', false, 'host'],
      ['10.1.0.1/16', false, 'global'],
      ['10.1.0.2/16', true, 'global'],
      ['10.2.0.1/16', false, 'global'],
    ]);
    expect(netns.isLocal(ipv4('10.1.0.2'))).toBe(true);
    expect(netns.primaryAddressOf(netns.devices.byName('br1') as never)).toBe(ipv4('10.1.0.1'));
  });

  it('has a type that rules can ask for', () => {
    const { netns } = host();
    const types = ['10.1.0.1', '127.0.0.11', '10.1.255.255', '255.255.255.255', '224.0.0.1', '10.1.0.2', '8.8.8.8'].map(
      (address) => netns.addressType(ipv4(address)),
    );
    expect(types).toEqual(['local', 'local', 'broadcast', 'broadcast', 'multicast', 'unicast', 'unicast']);
  });
});
