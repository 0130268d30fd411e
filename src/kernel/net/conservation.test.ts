import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_RECORD, type Trace, TraceKind, type TraceRecord } from '../../sim/trace.ts';
import { Frame } from '../../wire/packet.ts';
import type { Bridge } from './link/bridge.ts';
import { setUp } from './link/lifecycle.ts';
import type { Veth } from './link/veth.ts';
import type { Netns } from './netns.ts';
import { Topology } from './topology.fixture.ts';

/** Something that somebody does to the network: which of the things there are is meant modulo their number. */
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('ping' as const),
      who: fc.nat(20),
      to: fc.nat(40),
      size: fc.constantFrom(0, 56, 4000),
      ttl: fc.constantFrom(1, 2, 64),
    }),
  },
  fc.record({ act: fc.constant('toggle' as const), who: fc.nat(20) }),
  fc.record({ act: fc.constant('toggleBridge' as const), who: fc.nat(20) }),
  fc.record({ act: fc.constant('destroy' as const), who: fc.nat(20) }),
  fc.record({ act: fc.constant('unplug' as const), who: fc.nat(20) }),
  fc.record({ act: fc.constant('flush' as const), who: fc.nat(20) }),
  fc.record({ act: fc.constant('wait' as const), microseconds: fc.constantFrom(1, 3, 7, 2_000_000, 40_000_000) }),
);
const plan = fc.record({
  bridges: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
  forward: fc.boolean(),
  rules: fc.subarray([
    '-t nat -A POSTROUTING -s 10.0.0.0/16 ! -o br0 -j MASQUERADE',
    '-t nat -A PREROUTING -d 10.1.0.77/32 -j DNAT --to-destination 10.0.0.2',
    '-A FORWARD -i br0 -o br1 -j DROP',
    '-A FORWARD -i br1 -o br0 -j REJECT',
    '-A FORWARD -m conntrack --ctstate INVALID -j DROP',
    '-t raw -A PREROUTING -d 10.0.0.3/32 ! -i br0 -j DROP',
    '-A INPUT -p icmp -m icmp --icmp-type 8 -j DROP',
  ]),
  acts: fc.array(act, { maxLength: 30 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function play({ bridges, forward, rules, acts }: Plan): Topology {
  const topology = new Topology();
  const host = topology.netns('host');
  host.sysctl.ipForward = forward;
  for (const rule of rules) host.netfilter.iptables(rule.split(' '));
  const made: Bridge[] = [];
  const ends: { netns: Netns; eth0: Veth; port: Veth }[] = [];
  for (const [i, size] of bridges.entries()) {
    const bridge = topology.bridge(host, `br${i}`, `10.${i}.0.1/16`);
    made.push(bridge);
    for (let k = 0; k < size; k++) ends.push(topology.container(`c${i}${k}`, bridge, `10.${i}.0.${k + 2}/16`));
  }
  const addresses = [...bridges.keys()].flatMap((i) => [1, 2, 3, 4, 5, 77].map((k) => `10.${i}.0.${k}`));
  addresses.push('8.8.8.8', '127.0.0.1', '10.0.255.255', '255.255.255.255', '224.0.0.1');
  const live = () => ends.filter(({ netns }) => !netns.destroyed);
  for (const step of acts) {
    const all = live();
    const one = 'who' in step ? all[step.who % Math.max(1, all.length)] : undefined;
    if (step.act === 'wait') topology.run(step.microseconds / 1e6);
    else if (step.act === 'toggleBridge') {
      const bridge = made[step.who % made.length] as Bridge;
      setUp(bridge, !bridge.up);
    } else if (one === undefined) continue;
    else if (step.act === 'ping') {
      const to = addresses[step.to % addresses.length] as string;
      topology.ping(step.who % 5 === 0 ? host : one.netns, to, { size: step.size, ttl: step.ttl });
    } else if (step.act === 'toggle') setUp(one.eth0, !one.eth0.up);
    else if (step.act === 'destroy') one.netns.destroy();
    else if (step.act === 'unplug') one.port.master?.removePort(one.port);
    else one.netns.neighbors.flush();
  }
  topology.run(200);
  return topology;
}

const packetOf = ({ packet }: TraceRecord) => (packet instanceof Frame ? packet.payload : packet);
const explains = (record: TraceRecord) => `${record.id} ${record.place.placeName} ${record.detail}`;

/** The records after which nothing happened although something had to. */
function loose(trace: Trace): string[] {
  const records = [...trace.since()];
  const children = new Map<number, TraceRecord[]>();
  for (const record of records)
    if (record.cause !== NO_RECORD) children.set(record.cause, [...(children.get(record.cause) ?? []), record]);
  return records
    .filter((record) => {
      const next = children.get(record.id) ?? [];
      switch (record.kind) {
        case TraceKind.transmit:
          // One frame in, one frame out of the cable: here, or lost with a reason.
          return next.filter((r) => r.packet === record.packet || packetOf(r) === packetOf(record)).length !== 1;
        case TraceKind.receive:
        case TraceKind.bridge:
        case TraceKind.route:
        case TraceKind.learn:
        case TraceKind.netfilter:
        case TraceKind.nat:
          return next.length === 0;
        case TraceKind.neighbor:
          return (
            record.detail === 'waits' &&
            !records.some(
              (r) =>
                r.id > record.id &&
                packetOf(r) === record.packet &&
                (r.kind === TraceKind.transmit || r.kind === TraceKind.drop),
            )
          );
        default:
          return false;
      }
    })
    .map(explains);
}

describe('whatever happens to a network', () => {
  it('no frame is lost or doubled without a record that says why', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const { trace, queue } = play(p);
        expect(trace.dropped).toBe(0);
        expect(loose(trace)).toEqual([]);
        expect(queue.length).toBeLessThan(50);
      }),
      { numRuns: 150 },
    );
  });

  it('happens the same way again', () => {
    fc.assert(
      fc.property(plan, (p) => {
        expect(play(p).seen).toEqual(play(p).seen);
      }),
      { numRuns: 20 },
    );
  });
});
