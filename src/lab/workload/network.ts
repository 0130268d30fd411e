import { unwrap } from '../../base/result.ts';
import { setUpChains, networkRules, program } from '../../dockerd/libnetwork/iptables-rules.ts';
import { createBridge } from '../../kernel/net/link/bridge.ts';
import { setUp } from '../../kernel/net/link/lifecycle.ts';
import { createVethPair } from '../../kernel/net/link/veth.ts';
import { Netns } from '../../kernel/net/netns.ts';
import { createSocket } from '../../kernel/net/socket/create.ts';
import type { Socket } from '../../kernel/net/socket/socket.ts';
import type { Waiter } from '../../kernel/process/wait-queue.ts';
import { EventQueue } from '../../sim/event-queue.ts';
import { Random } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import { type Ipv4, ipv4, type Mac } from '../../wire/address.ts';
import { cidr } from '../../wire/cidr.ts';

/** Namespaces on bridges with Docker's usual rules, without processes: what the workloads run on. */
export class BenchNetwork {
  readonly queue: EventQueue;
  readonly host: Netns;
  private readonly random = new Random(1);
  private readonly namespaces: Netns[] = [];

  constructor(trace: boolean) {
    this.queue = new EventQueue(new Trace(trace ? {} : { enabled: false, capacity: 1 }));
    this.host = this.namespace('host');
    this.host.sysctlSet('net.ipv4.ip_forward', '1');
    setUpChains(this.host);
  }

  /** A network of Docker's: a bridge with its address and its rules. */
  bridge(name: string, subnet: string, gateway: string): void {
    this.plainBridge(name, subnet, gateway);
    program(
      this.host,
      networkRules({
        bridge: name,
        subnet: cidr(subnet),
        internal: false,
        interContainer: true,
        masquerade: true,
        mode: 'nat',
      }),
    );
  }

  /** A bridge that Docker knows nothing of, such as a LAN. */
  plainBridge(name: string, subnet: string, gateway: string): void {
    const device = createBridge(this.host, name, { mac: 0x0242ac110001 as Mac });
    setUp(device, true);
    this.host.admin.addAddress(name, { address: ipv4(gateway), prefix: cidr(subnet).prefix });
  }

  /** A container on a bridge, with rules of its own, as the embedded DNS gives it. */
  container(name: string, bridge: string, address: string, gateway: string): Netns {
    const netns = this.namespace(name);
    this.connect(netns, 'eth0', bridge, address);
    netns.admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: ipv4(gateway), device: 'eth0' });
    netns.netfilter.iptables(
      '-t nat -A OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:40000'.split(' '),
    );
    return netns;
  }

  /** A cable from a bridge to a namespace. */
  connect(netns: Netns, device: string, bridge: string, address: string): void {
    const [outside, inside] = createVethPair(
      { netns: this.host, name: `v${netns.name}${device}` },
      { netns, name: device },
    );
    this.host.admin.setLink(outside.name, { master: bridge });
    setUp(outside, true);
    netns.admin.addAddress(device, cidr(address));
    setUp(inside, true);
  }

  /** Nobody knows anybody any more, and no connection: as it was before the first packet. */
  forget(): void {
    for (const netns of this.namespaces) {
      netns.neighbors.flush();
      netns.netfilter.conntrack.flush();
    }
  }

  /** Frames that all veths of the host have seen from both sides. */
  hops(): number {
    let hops = 0;
    for (const device of this.host.devices.all())
      if (device.kind === 'veth') hops += device.rxPackets + device.txPackets;
    return hops;
  }

  run(until: () => boolean): void {
    while (!until() && this.queue.length > 0) this.queue.step();
  }

  namespace(name: string): Netns {
    const netns = new Netns({ name, queue: this.queue, random: this.random });
    setUp(netns.loopback, true);
    this.namespaces.push(netns);
    return netns;
  }
}

const PAYLOAD = new Uint8Array(64);

/** A UDP socket that answers whatever comes. */
export class EchoServer implements Waiter {
  private readonly socket: Socket;

  constructor(netns: Netns) {
    this.socket = unwrap(createSocket(netns, 'inet', 'datagram'));
  }

  serve(port: number): void {
    this.socket.bind({ family: 'inet', address: 0 as Ipv4, port });
    this.socket.changed.add(this);
  }

  wake(): void {
    for (let message = this.socket.receive(2048); message.ok; message = this.socket.receive(2048))
      this.socket.send(message.value.data, message.value.from);
    this.socket.changed.add(this);
  }
}

/** What all clients of a workload wait for, counted together. */
export interface Answers {
  outstanding: number;
}

/** A UDP socket that asks again as often as it is told, as soon as it has its answer. */
export class EchoClient implements Waiter {
  private readonly socket: Socket;

  private left = 0;

  constructor(
    netns: Netns,
    private readonly questions: number,
    private readonly answers: Answers,
  ) {
    this.socket = unwrap(createSocket(netns, 'inet', 'datagram'));
    this.socket.changed.add(this);
  }

  ask(address: Ipv4, port: number): void {
    this.left = this.questions;
    this.answers.outstanding += this.questions;
    this.socket.connect({ family: 'inet', address, port });
    this.socket.send(PAYLOAD);
  }

  wake(): void {
    for (let message = this.socket.receive(2048); message.ok; message = this.socket.receive(2048)) {
      this.answers.outstanding--;
      if (--this.left > 0) this.socket.send(PAYLOAD);
    }
    this.socket.changed.add(this);
  }
}
