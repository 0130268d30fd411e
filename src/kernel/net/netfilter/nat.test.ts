import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../base/bytes.ts';
import { unwrap } from '../../../base/result.ts';
import { formatIpv4, type Ipv4, ipv4 } from '../../../wire/address.ts';
import { cidr } from '../../../wire/cidr.ts';
import { IcmpMessage, type Ipv4Packet, TcpSegment, UdpDatagram } from '../../../wire/packet.ts';
import { addAddress } from '../route/interface-address.ts';
import type { Netns } from '../netns.ts';
import { createSocket } from '../socket/create.ts';
import type { Socket } from '../socket/socket.ts';
import { Topology } from '../topology.fixture.ts';

/** Somebody asks somebody: which of the things there are is meant modulo their number. */
const flow = fc.record({
  type: fc.constantFrom('datagram' as const, 'stream' as const),
  from: fc.nat(5),
  to: fc.oneof(
    fc.record({ kind: fc.constant('published' as const), which: fc.nat(2), open: fc.boolean() }),
    fc.record({ kind: fc.constant('lan' as const), which: fc.nat(1), open: fc.boolean() }),
    fc.record({ kind: fc.constant('container' as const), which: fc.nat(2), open: fc.boolean() }),
  ),
  /** From the same port as others, so that translations compete for it. */
  port: fc.constantFrom(0, 4000, 4001),
});
const plan = fc.record({
  masquerade: fc.constantFrom('', '--to-ports 6000-6003', '--to-ports 6000-6999'),
  flows: fc.array(flow, { minLength: 1, maxLength: 12 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

const OPEN = 7;
const CLOSED = 9;

/** Three containers behind a host that masquerades them and publishes their ports; two machines outside, one cable each. */
function build({ masquerade }: Plan) {
  const topology = new Topology();
  const host = topology.netns('host');
  host.sysctl.ipForward = true;
  const bridge = topology.bridge(host, 'br0', '10.0.0.1/24');
  const containers = [2, 3, 4].map((k) => topology.container(`c${k}`, bridge, `10.0.0.${k}/24`).netns);
  const machines = [1, 2].map((k) => {
    const netns = topology.netns(`lan${k}`);
    const [outside, eth0] = topology.cable(host, `eth${k}`, netns, 'eth0', `192.168.${k}.2/24`);
    addAddress(outside, cidr(`192.168.${k}.1/24`));
    topology.route(netns, '0.0.0.0/0', `192.168.${k}.1`, eth0);
    return netns;
  });
  const rule = (words: string) => {
    const { error } = host.netfilter.iptables(words.split(' ').filter((word) => word !== ''));
    expect(error).toBe('');
  };
  for (const protocol of ['udp', 'tcp']) {
    rule(`-t nat -A POSTROUTING -s 10.0.0.0/24 ! -o br0 -p ${protocol} -j MASQUERADE ${masquerade}`);
    for (const [i] of containers.entries())
      for (const [port, inside] of [
        [8000 + i, OPEN],
        [8100 + i, CLOSED],
      ])
        rule(
          `-t nat -A PREROUTING -p ${protocol} -m ${protocol} --dport ${port} -m addrtype --dst-type LOCAL -j DNAT --to-destination 10.0.0.${i + 2}:${inside}`,
        );
  }
  return { topology, host, containers, machines };
}

const socketOf = (netns: Netns, type: 'datagram' | 'stream'): Socket => {
  const socket = unwrap(createSocket(netns, 'inet', type));
  socket.retain();
  return socket;
};

/** Sends back what it gets, in front of it who it says has asked. */
class Echo {
  private readonly streams: Socket[] = [];
  private readonly datagrams: Socket;
  private readonly listener: Socket;

  constructor(netns: Netns) {
    this.datagrams = socketOf(netns, 'datagram');
    this.listener = socketOf(netns, 'stream');
    for (const socket of [this.datagrams, this.listener])
      socket.bind({ family: 'inet', address: 0 as Ipv4, port: OPEN });
    this.listener.listen(64);
  }

  serve(): void {
    for (let got = this.datagrams.receive(2048); got.ok; got = this.datagrams.receive(2048))
      this.datagrams.send(got.value.data, got.value.from);
    for (let next = this.listener.accept(); next.ok; next = this.listener.accept())
      this.streams.push(next.value.socket);
    for (const stream of this.streams)
      for (let got = stream.receive(2048); got.ok && got.value.data.length > 0; got = stream.receive(2048))
        stream.send(got.value.data);
  }
}

interface Asked {
  readonly socket: Socket;
  readonly who: Netns;
  readonly type: 'datagram' | 'stream';
  readonly payload: string;
  readonly open: boolean;
  /** Where it believes that it talks to. */
  readonly address: Ipv4;
  readonly port: number;
  sent: boolean;
  answer: string;
  error: string | null;
}

function play(p: Plan) {
  const built = build(p);
  const { topology, containers, machines } = built;
  const everybody = [...containers, ...machines];
  const servers = everybody.map((netns) => new Echo(netns));
  const asked = p.flows.flatMap(({ type, from, to, port }, i): Asked[] => {
    const who = everybody[from % everybody.length] as Netns;
    // Its own published port: the packet would come back with the container's own address, which no host takes.
    if (to.kind === 'published' && everybody.indexOf(who) === to.which % 3) return [];
    const socket = socketOf(who, type);
    if (port !== 0 && !socket.bind({ family: 'inet', address: 0 as Ipv4, port }).ok) return [];
    const outside = machines.indexOf(who);
    const address = ipv4(
      to.kind === 'published'
        ? outside < 0
          ? '10.0.0.1'
          : `192.168.${outside + 1}.1`
        : to.kind === 'lan'
          ? `192.168.${(to.which % 2) + 1}.2`
          : `10.0.0.${(to.which % 3) + 2}`,
    );
    const inside = to.open ? OPEN : CLOSED;
    const at = to.kind === 'published' ? (to.open ? 8000 : 8100) + (to.which % 3) : inside;
    const connected = socket.connect({ family: 'inet', address, port: at });
    if (!connected.ok && connected.error !== 'EINPROGRESS') return [];
    const payload = `flow ${i}`;
    return [{ socket, who, type, payload, open: to.open, address, port: at, sent: false, answer: '', error: null }];
  });
  for (let turn = 0; turn < 40; turn++) {
    for (const one of asked) {
      if (!one.sent) {
        const sent = one.socket.send(encodeUtf8(one.payload));
        one.sent = sent.ok;
        if (!sent.ok && !['EAGAIN', 'ENOTCONN', 'EPIPE'].includes(sent.error)) one.error ??= sent.error;
      }
      const got = one.socket.receive(2048);
      if (got.ok) one.answer += decodeUtf8(got.value.data);
      else if (got.error !== 'EAGAIN' && got.error !== 'ENOTCONN') one.error ??= got.error;
    }
    for (const server of servers) server.serve();
    topology.run(0.05);
  }
  return { ...built, asked };
}

/** A packet's ends, as a line. */
function endsOf({ source, destination, payload, protocol }: Ipv4Packet): string {
  const ported = payload instanceof UdpDatagram || payload instanceof TcpSegment ? payload : null;
  const end = (address: Ipv4, port: number | undefined) => `${formatIpv4(address)}:${port ?? 0}`;
  return `${protocol} ${end(source, ported?.sourcePort)} ${end(destination, ported?.destinationPort)}`;
}

describe('translation of addresses', () => {
  it('is undone exactly: whoever asked hears from whom it has asked, and nobody else does', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const { asked } = play(p);
        // Four ports are not enough for all: then one may stay without an answer, but none gets another's.
        const ports = p.masquerade !== '--to-ports 6000-6003';
        // No more than six ICMP errors at once go to one address.
        const errors = (type: string) => type === 'stream' || p.flows.length <= 6;
        for (const { open, payload, answer, error, type } of asked) {
          const expected = open ? { answer: payload, error: null } : { answer: '', error: 'ECONNREFUSED' };
          if (ports && (open || errors(type))) expect({ answer, error }).toEqual(expected);
          else expect(['', expected.answer]).toContain(answer);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('shows each end only packets of its own conversation', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const { topology, asked, containers, machines } = play(p);
        const inverse = (line: string) => {
          const [protocol, from, to] = line.split(' ');
          return `${protocol} ${to} ${from}`;
        };
        // What came in at a machine's device belongs to what went out there, or began at somebody else's will.
        for (const netns of [...containers, ...machines]) {
          const own = new Set(
            asked.filter(({ who }) => who === netns).map(({ address, port }) => `${formatIpv4(address)}:${port}`),
          );
          const sent = new Set<string>();
          for (const { packet, place, detail } of topology.trace.since()) {
            if (place !== netns || packet === null || typeof packet !== 'object' || !('protocol' in packet)) continue;
            const ip = packet as Ipv4Packet;
            if (detail === 'sent') sent.add(endsOf(ip));
            if (ip.payload instanceof IcmpMessage && ip.payload.quoted !== null && detail === 'ICMP error')
              expect(sent).toContain(endsOf(ip.payload.quoted));
            else if (
              detail === 'UDP socket' &&
              own.has(`${formatIpv4(ip.source)}:${(ip.payload as UdpDatagram).sourcePort}`)
            )
              expect(sent).toContain(inverse(endsOf(ip)));
          }
        }
      }),
      { numRuns: 50, seed: 8 },
    );
  });
});
