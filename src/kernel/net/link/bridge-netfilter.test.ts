import { describe, expect, it } from 'vitest';
import { type Ipv4, ipv4 } from '../../../wire/address.ts';
import { FragmentPart, Ipv4Packet } from '../../../wire/packet.ts';
import { Hook, Verdict } from '../netfilter/netfilter.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';
import { Topology } from '../topology.fixture.ts';

type HookName = Extract<keyof typeof Hook, string>;
const HOOKS = Object.keys(Hook) as HookName[];

/** Stands in for all rules: writes down what is asked, and answers what the test wants. */
function watch(netns: Netns, decide: (hook: HookName, skb: SkBuff) => boolean = () => true) {
  const asked: string[] = [];
  const name = (device: SkBuff['inDevice']) => device?.name ?? '-';
  Object.defineProperty(netns.netfilter, 'active', { value: true });
  netns.netfilter.run = (hook, skb) => {
    const named = HOOKS.find((key) => Hook[key] === hook) as HookName;
    const ports = skb.physicalIn === null ? '' : ` (${name(skb.physicalIn)} ${name(skb.physicalOut)})`;
    asked.push(`${named} ${name(skb.inDevice)} ${name(skb.outDevice)}${ports}`);
    return decide(named, skb) ? Verdict.accept : Verdict.drop;
  };
  return asked;
}

function redirected(packet: Ipv4Packet, destination: Ipv4): Ipv4Packet {
  const { source, protocol, ttl, tos, identification, payload } = packet;
  return new Ipv4Packet(source, destination, protocol, ttl, tos, identification, false, false, 0, payload);
}

function network() {
  const topology = new Topology();
  const host = topology.netns('host');
  host.sysctl.ipForward = true;
  const bridge = topology.bridge(host, 'br', '172.18.0.1/16');
  const aa = topology.container('aa', bridge, '172.18.0.2/16');
  const bb = topology.container('bb', bridge, '172.18.0.3/16');
  for (const to of ['172.18.0.3', '172.18.0.1']) topology.ping(aa.netns, to);
  topology.run();
  topology.forget();
  return { topology, host, bridge, aa, bb };
}

describe('iptables on a bridge', () => {
  it('sees a bridged packet in PREROUTING, FORWARD and POSTROUTING, with the bridge as its device', () => {
    const { topology, host, aa } = network();
    const asked = watch(host);
    topology.ping(aa.netns, '172.18.0.3');
    topology.run();
    expect(asked).toEqual([
      'prerouting br - (v-aa -)',
      'forward br br (v-aa v-bb)',
      'postrouting br br (v-aa v-bb)',
      'prerouting br - (v-bb -)',
      'forward br br (v-bb v-aa)',
      'postrouting br br (v-bb v-aa)',
    ]);
  });

  it('sees a packet for the host once in PREROUTING, at the port, and then in INPUT', () => {
    const { topology, host, aa } = network();
    const asked = watch(host);
    topology.ping(aa.netns, '172.18.0.1');
    topology.run();
    expect(asked).toEqual(['prerouting br - (v-aa -)', 'input br - (v-aa -)', 'output - br', 'postrouting - br']);
  });

  it('drops in PREROUTING before the bridge device sees the packet', () => {
    const { topology, host, aa } = network();
    watch(host, (hook) => hook !== 'prerouting');
    topology.ping(aa.netns, '8.8.8.8');
    topology.run(0.1);
    expect(topology.seen).toEqual([
      'aa:eth0 Out 172.18.0.2 > 8.8.8.8 echo request',
      'host:v-aa P 172.18.0.2 > 8.8.8.8 echo request',
    ]);
    expect(topology.drops().at(-1)).toBe('host:v-aa dropped by netfilter');
  });

  it('drops in FORWARD on the way to the other port', () => {
    const { topology, host, aa } = network();
    watch(host, (hook) => hook !== 'forward');
    topology.ping(aa.netns, '172.18.0.3');
    topology.run(0.1);
    expect(topology.at('bb:eth0')).toEqual([]);
    expect(topology.at('host:v-bb')).toEqual([]);
  });

  it('is not asked when bridge-nf-call-iptables is off', () => {
    const { topology, host, aa } = network();
    const asked = watch(host);
    host.sysctlSet('net.bridge.bridge-nf-call-iptables', '0');
    topology.ping(aa.netns, '172.18.0.3');
    topology.run();
    expect(asked).toEqual([]);
    topology.ping(aa.netns, '172.18.0.1');
    topology.run();
    expect(asked).toEqual(['prerouting br -', 'input br -', 'output - br', 'postrouting - br']);
  });

  it('may turn a packet to a neighbour on the same bridge, which is then bridged', () => {
    const { topology, host, aa } = network();
    topology.ping(host, '172.18.0.3');
    topology.run();
    topology.forget();
    watch(host, (hook, skb) => {
      if (hook === 'prerouting' && skb.packet.destination === ipv4('172.18.0.1'))
        skb.packet = redirected(skb.packet, ipv4('172.18.0.3'));
      return true;
    });
    topology.ping(aa.netns, '172.18.0.1');
    topology.run(0.1);
    expect(topology.at('bb:eth0')[0]).toBe('In 172.18.0.2 > 172.18.0.3 echo request');
    expect(topology.at('host:br')).toEqual([]);
  });

  it('may turn a packet elsewhere, which the host then routes', () => {
    const { topology, host, aa } = network();
    topology.container('cc', topology.bridge(host, 'br2', '172.19.0.1/16'), '172.19.0.2/16');
    const asked = watch(host, (hook, skb) => {
      if (hook === 'prerouting' && skb.packet.destination === ipv4('172.18.0.3'))
        skb.packet = redirected(skb.packet, ipv4('172.19.0.2'));
      return true;
    });
    topology.ping(aa.netns, '172.18.0.3');
    topology.run(0.1);
    expect(topology.at('cc:eth0')).toContain('In 172.18.0.2 > 172.19.0.2 echo request');
    expect(asked.slice(0, 3)).toEqual([
      'prerouting br - (v-aa -)',
      'forward br br2 (v-aa -)',
      'postrouting br br2 (v-aa -)',
    ]);
  });

  it('gets whole packets, which leave in the pieces that they came in', () => {
    const { topology, host, aa } = network();
    const whole: boolean[] = [];
    watch(host, (_hook, skb) => whole.push(!(skb.packet.payload instanceof FragmentPart)) > 0);
    topology.ping(aa.netns, '172.18.0.3', { size: 4000 });
    topology.run();
    const pieces = ['0+1480', '1480+1480', '2960+1048'].map((piece) => `172.18.0.2 > 172.18.0.3 fragment ${piece}`);
    expect(whole).toEqual(Array(6).fill(true));
    expect(topology.at('host:v-aa').slice(0, 3)).toEqual(pieces.map((piece) => `P ${piece}`));
    expect(topology.at('host:v-bb').slice(0, 3)).toEqual(pieces.map((piece) => `Out ${piece}`));
    expect(topology.at('bb:eth0').slice(0, 3)).toEqual(pieces.map((piece) => `In ${piece}`));
  });

  it('sees each copy of a flooded packet', () => {
    const { topology, host, bridge, aa } = network();
    topology.container('cc', bridge, '172.18.0.4/16');
    const asked = watch(host);
    topology.ping(aa.netns, '172.18.255.255');
    topology.run(0.1);
    expect(asked.filter((line) => line.startsWith('forward'))).toEqual([
      'forward br br (v-aa v-bb)',
      'forward br br (v-aa v-cc)',
    ]);
    expect(asked.at(-1)).toBe('input br - (v-aa -)');
  });
});

describe('iptables on lo', () => {
  it('sees the same buffer on the way out and on the way in', () => {
    const { topology, aa } = network();
    const buffers = new Set<SkBuff>();
    const asked = watch(aa.netns, (_hook, skb) => buffers.add(skb).size > 0);
    topology.ping(aa.netns, '172.18.0.2');
    topology.run();
    expect(asked.slice(0, 4)).toEqual(['output - lo', 'postrouting - lo', 'prerouting lo -', 'input lo -']);
    expect(buffers.size).toBe(2);
  });

  it('may refuse what a program sends', () => {
    const { topology, aa } = network();
    watch(aa.netns, (hook) => hook !== 'output');
    expect(topology.ping(aa.netns, '172.18.0.2')).toEqual({ ok: false, error: 'EPERM' });
  });

  it('may turn it to another host, and then another route is taken', () => {
    const { topology, aa } = network();
    watch(aa.netns, (hook, skb) => {
      if (hook === 'output') skb.packet = redirected(skb.packet, ipv4('172.18.0.3'));
      return true;
    });
    topology.ping(aa.netns, '127.0.0.11');
    topology.run(0.1);
    expect(topology.at('aa:eth0')[0]).toBe('Out 127.0.0.1 > 172.18.0.3 echo request');
  });
});
