import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../sim/clock.ts';
import { ipv4 } from '../../../wire/address.ts';
import { setUp } from '../link/lifecycle.ts';
import type { Netns } from '../netns.ts';
import { Topology } from '../topology.fixture.ts';
import { announce } from './announce.ts';

function pair(seed = 1) {
  const topology = new Topology({ seed });
  const host = topology.netns('host');
  const bridge = topology.bridge(host, 'br', '172.18.0.1/16');
  const srv = topology.container('srv', bridge, '172.18.0.2/16');
  const cli = topology.container('cli', bridge, '172.18.0.3/16');
  return { topology, host, bridge, srv, cli };
}

const states = (netns: Netns) => netns.admin.neighbors().map((row) => row.state);

describe('a neighbour that nobody is', () => {
  it('is asked for three times, a second apart, and then the sender is told on lo', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.99');
    topology.run(5);
    expect(topology.at('cli:eth0')).toEqual(Array(3).fill('Out who-has 172.18.0.99 tell 172.18.0.3'));
    expect(topology.at('cli:lo')).toEqual(['In 172.18.0.3 > 172.18.0.3 unreachable 1']);
    expect(states(cli.netns)).toEqual(['failed']);
    const asked = topology.seen.flatMap((line, i) =>
      line.startsWith('cli:eth0') ? [Math.round((topology.times[i] as number) / SECOND)] : [],
    );
    expect(asked).toEqual([0, 1, 2]);
  });

  it('is asked for again when somebody sends again', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.99');
    topology.run(5);
    topology.forget();
    topology.ping(cli.netns, '172.18.0.99');
    topology.run(5);
    expect(topology.at('cli:eth0')).toHaveLength(3);
  });

  it('keeps at most 101 packets waiting, the newest ones', () => {
    const { topology, cli } = pair();
    for (let i = 0; i < 103; i++) topology.ping(cli.netns, '172.18.0.99');
    expect(topology.drops()).toEqual(['cli:eth0 neighbour queue full', 'cli:eth0 neighbour queue full']);
    topology.run(5);
    expect(topology.drops().filter((line) => line === 'cli:eth0 host unreachable')).toHaveLength(101);
  });

  it('is told to the sender of a forwarded packet', () => {
    const { topology, host, cli } = pair();
    host.sysctl.ipForward = true;
    topology.bridge(host, 'br2', '172.19.0.1/16');
    topology.container('other', host.devices.byName('br2') as never, '172.19.0.2/16');
    topology.ping(cli.netns, '172.19.0.77');
    topology.run(5);
    expect(topology.at('cli:eth0').at(-1)).toBe('In 172.18.0.1 > 172.18.0.3 unreachable 1');
  });
});

describe('packets that wait', () => {
  it('go out in order when the answer comes', () => {
    const { topology, cli } = pair();
    for (let i = 0; i < 3; i++) topology.ping(cli.netns, '172.18.0.2');
    topology.run();
    expect(topology.at('srv:eth0').filter((line) => line.endsWith('echo request'))).toHaveLength(3);
    expect(topology.at('cli:eth0').filter((line) => line.includes('who-has'))).toHaveLength(1);
  });
});

describe('a neighbour who has asked for us', () => {
  it('is stale, and asked back five seconds after it was used', () => {
    const { topology, srv, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(1);
    expect(states(srv.netns)).toEqual(['delay']);
    expect(states(cli.netns)).toEqual(['reachable']);
    topology.forget();
    topology.run(6);
    expect(topology.at('srv:eth0')).toEqual(['Out who-has 172.18.0.3 tell 172.18.0.2', 'In 172.18.0.3 is-at']);
    expect(topology.at('cli:eth0')[0]).toBe('In who-has 172.18.0.3 tell 172.18.0.2');
    expect(states(srv.netns)).toEqual(['reachable']);
    const [first] = topology.times as [number];
    expect(first).toBeGreaterThanOrEqual(5 * SECOND);
    expect(first).toBeLessThan(5.3 * SECOND);
  });

  it('is not asked when the layer above has seen it answer meanwhile', () => {
    const { topology, srv, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(2);
    srv.netns.neighbors.confirm(ipv4('172.18.0.3'));
    topology.forget();
    topology.run(6);
    expect(topology.seen).toEqual([]);
    expect(states(srv.netns)).toEqual(['reachable']);
  });

  it('fails after three probes to itself alone when it is gone', () => {
    const { topology, srv, cli, bridge } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(1);
    // Another bridge keeps srv's own carrier.
    bridge.removePort(cli.port);
    topology.forget();
    topology.run(12);
    expect(topology.at('srv:eth0')).toEqual(Array(3).fill('Out who-has 172.18.0.3 tell 172.18.0.2'));
    expect(states(srv.netns)).toEqual(['failed']);
  });
});

describe('what is learned', () => {
  it('turns stale when it has not been used for a while', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(60);
    expect(states(cli.netns)).toEqual(['stale']);
  });

  it('comes from requests for us alone; strangers only refresh what is known', () => {
    const { topology, bridge, host, srv, cli } = pair();
    const third = topology.container('third', bridge, '172.18.0.4/16');
    topology.ping(cli.netns, '172.18.0.2');
    topology.run();
    expect(states(third.netns)).toEqual([]);
    expect(states(host)).toEqual([]);
    expect(srv.netns.admin.neighbors().map((row) => row.mac)).toEqual([cli.eth0.mac]);
    expect(topology.drops()).toContain('third:eth0 ARP for another address');
  });

  it('follows an announced address to its new place', () => {
    const { topology, srv, cli, bridge } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(10);
    srv.netns.destroy();
    const heir = topology.container('heir', bridge, '172.18.0.2/16');
    announce(heir.eth0, ipv4('172.18.0.2'));
    topology.run();
    expect(cli.netns.admin.neighbors()[0]).toMatchObject({ mac: heir.eth0.mac, state: 'stale' });
  });

  it('never changes a row that was shown', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    const before = cli.netns.neighbors.find(cli.eth0, ipv4('172.18.0.2'))?.row;
    topology.run();
    expect(before).toMatchObject({ state: 'incomplete', mac: null });
    expect(cli.netns.neighbors.find(cli.eth0, ipv4('172.18.0.2'))?.row).not.toBe(before);
  });

  it('goes when the device goes down, and when it is flushed', () => {
    const { topology, cli } = pair();
    topology.ping(cli.netns, '172.18.0.2');
    topology.run();
    cli.netns.admin.flushNeighbors();
    expect(states(cli.netns)).toEqual([]);
    topology.ping(cli.netns, '172.18.0.2');
    topology.run();
    setUp(cli.eth0, false);
    expect(states(cli.netns)).toEqual([]);
  });

  it('set by hand it needs no ARP', () => {
    const { topology, srv, cli } = pair();
    cli.netns.admin.addNeighbor({ address: ipv4('172.18.0.2'), device: 'eth0', mac: srv.eth0.mac });
    topology.ping(cli.netns, '172.18.0.2');
    topology.run(0.001);
    expect(topology.at('cli:eth0')[0]).toBe('Out 172.18.0.3 > 172.18.0.2 echo request');
    expect(states(cli.netns)).toEqual(['permanent']);
  });
});

describe('an announcement', () => {
  it('is a request for one’s own address, three times, a second apart', () => {
    const { topology, srv } = pair();
    announce(srv.eth0, ipv4('172.18.0.2'));
    topology.run(5);
    expect(topology.at('cli:eth0')).toEqual(Array(3).fill('B who-has 172.18.0.2 tell 172.18.0.2'));
    expect(topology.at('host:br')).toHaveLength(3);
    expect(topology.seen.slice(0, 5)).toEqual([
      'srv:eth0 Out who-has 172.18.0.2 tell 172.18.0.2',
      'host:v-srv B who-has 172.18.0.2 tell 172.18.0.2',
      'host:v-cli Out who-has 172.18.0.2 tell 172.18.0.2',
      'host:br B who-has 172.18.0.2 tell 172.18.0.2',
      'cli:eth0 B who-has 172.18.0.2 tell 172.18.0.2',
    ]);
  });

  it('ends with its address', () => {
    const { topology, srv } = pair();
    announce(srv.eth0, ipv4('172.18.0.2'));
    srv.netns.destroy();
    topology.run(5);
    expect(topology.at('cli:eth0')).toHaveLength(0);
  });
});
