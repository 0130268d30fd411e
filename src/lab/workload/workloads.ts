import { unwrap } from '../../base/result.ts';
import { portRules, program } from '../../dockerd/libnetwork/iptables-rules.ts';
import { createSocket } from '../../kernel/net/socket/create.ts';
import type { Socket } from '../../kernel/net/socket/socket.ts';
import type { Waiter } from '../../kernel/process/wait-queue.ts';
import { ANY_ADDRESS, type Ipv4, ipv4 } from '../../wire/address.ts';
import { w7, w8, w9 } from './sessions.ts';
import type { Measured, Prepared, Workload } from './workload.ts';
import { type Answers, BenchNetwork, EchoClient, EchoServer } from './network.ts';

function measured(network: BenchNetwork, start: number, hops: number, delivered: number): Measured {
  return { hops: network.hops() - hops, events: network.queue.fired - start, delivered };
}

/** Lets clients ask a server, each with one question outstanding, until all have their answers. */
function echo(
  network: BenchNetwork,
  clients: readonly EchoClient[],
  answers: Answers,
  server: { readonly address: string; readonly port: number },
): Prepared {
  const address = ipv4(server.address);
  return {
    reset: () => network.forget(),
    run() {
      const [fired, hops] = [network.queue.fired, network.hops()];
      for (const client of clients) client.ask(address, server.port);
      const total = answers.outstanding;
      network.run(() => answers.outstanding === 0);
      return measured(network, fired, hops, total);
    },
  };
}

function oneBridge(trace: boolean): BenchNetwork {
  const network = new BenchNetwork(trace);
  network.bridge('br1', '172.18.0.0/16', '172.18.0.1');
  return network;
}

const w1: Workload = {
  name: 'W1',
  sizes: [100_000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    const answers = { outstanding: 0 };
    new EchoServer(network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1')).serve(7);
    const client = new EchoClient(network.container('a', 'br1', '172.18.0.3/16', '172.18.0.1'), n, answers);
    return echo(network, [client], answers, { address: '172.18.0.2', port: 7 });
  },
};

/**
 * From bridge to bridge through a router: a namespace with a cable to either, and a rule that lets them through. That makes
 * eight cables a round trip, 800,000 hops in all. A host with two bridges of its own, as Docker's networks have it, would
 * forward without a cable in between and cross four; W6 has that way through the host, with NAT on top.
 */
const w3: Workload = {
  name: 'W3',
  sizes: [100_000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    network.bridge('br2', '172.19.0.0/16', '172.19.0.1');
    const router = network.namespace('router');
    router.sysctlSet('net.ipv4.ip_forward', '1');
    network.connect(router, 'eth0', 'br1', '172.18.0.254/16');
    network.connect(router, 'eth1', 'br2', '172.19.0.254/16');
    router.netfilter.iptables('-P FORWARD DROP'.split(' '));
    router.netfilter.iptables('-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'.split(' '));
    router.netfilter.iptables('-A FORWARD -i eth0 -o eth1 -j ACCEPT'.split(' '));
    const answers = { outstanding: 0 };
    new EchoServer(network.container('b', 'br2', '172.19.0.2/16', '172.19.0.254')).serve(7);
    const client = new EchoClient(network.container('a', 'br1', '172.18.0.3/16', '172.18.0.254'), n, answers);
    return echo(network, [client], answers, { address: '172.19.0.2', port: 7 });
  },
};

const w4: Workload = {
  name: 'W4',
  sizes: [10, 100, 1000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    const answers = { outstanding: 0 };
    new EchoServer(network.container('s', 'br1', '172.18.255.1/16', '172.18.0.1')).serve(7);
    const clients = Array.from({ length: n }, (_, i) => {
      const address = `172.18.${1 + (i >> 8)}.${i & 255}/16`;
      return new EchoClient(network.container(`c${i}`, 'br1', address, '172.18.0.1'), 100, answers);
    });
    return echo(network, clients, answers, { address: '172.18.255.1', port: 7 });
  },
};

/** Every host asks for its right-hand neighbour: a broadcast each, which all others get. */
const w5: Workload = {
  name: 'W5',
  sizes: [100, 1000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    const address = (i: number) => `172.18.${1 + (i >> 8)}.${i & 255}`;
    const hosts = Array.from({ length: n }, (_, i) =>
      network.container(`h${i}`, 'br1', `${address(i)}/16`, '172.18.0.1'),
    );
    const sockets = hosts.map((netns) => unwrap(createSocket(netns, 'inet', 'datagram')));
    return {
      reset: () => network.forget(),
      run() {
        const [fired, hops] = [network.queue.fired, network.hops()];
        for (const [i, socket] of sockets.entries()) {
          socket.connect({ family: 'inet', address: ipv4(address((i + 1) % n)), port: 9 });
          socket.send(new Uint8Array(1));
        }
        network.queue.runUntil(network.queue.now + 500e6);
        const resolved = hosts.filter((netns) => netns.admin.neighbors().some(({ mac }) => mac !== null));
        return measured(network, fired, hops, resolved.length);
      },
    };
  },
};

const w6: Workload = {
  name: 'W6',
  sizes: [100_000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    network.plainBridge('lan', '192.168.0.0/24', '192.168.0.10');
    const answers = { outstanding: 0 };
    new EchoServer(network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1')).serve(7);
    program(
      network.host,
      portRules('br1', ipv4('172.18.0.2'), {
        protocol: 'udp',
        hostAddress: ANY_ADDRESS,
        hostPort: 7000,
        containerPort: 7,
      }),
    );
    network.host.netfilter.iptables('-I DOCKER-USER -j ACCEPT'.split(' '));
    const client = new EchoClient(network.container('a', 'lan', '192.168.0.20/24', '192.168.0.10'), n, answers);
    return echo(network, [client], answers, { address: '192.168.0.10', port: 7000 });
  },
};

/** Writes until all is written. */
class Writer implements Waiter {
  constructor(
    private readonly socket: Socket,
    private left: number,
  ) {}

  /** Its first wake-up is the connection's being made. */
  start(): void {
    this.socket.changed.add(this);
  }

  wake(): void {
    while (this.left > 0) {
      const sent = this.socket.send(this.left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, this.left));
      if (!sent.ok) break;
      this.left -= sent.value;
    }
    this.socket.changed.add(this);
  }
}

/** Accepts one connection and reads all that comes. */
class Reader implements Waiter {
  received = 0;

  constructor(private socket: Socket) {}

  start(): void {
    this.socket.changed.add(this);
  }

  wake(): void {
    const accepted = this.socket.accept();
    if (accepted.ok) this.socket = accepted.value.socket;
    for (
      let data = this.socket.receive(1 << 20);
      data.ok && data.value.data.length > 0;
      data = this.socket.receive(1 << 20)
    )
      this.received += data.value.data.length;
    this.socket.changed.add(this);
  }
}

const CHUNK = new Uint8Array(1448 * 16);

const w2: Workload = {
  name: 'W2',
  sizes: [100_000_000],
  prepare(n, trace) {
    const network = oneBridge(trace);
    const server = network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1');
    const client = network.container('a', 'br1', '172.18.0.3/16', '172.18.0.1');
    const listener = unwrap(createSocket(server, 'inet', 'stream'));
    listener.bind({ family: 'inet', address: 0 as Ipv4, port: 7 });
    listener.listen(1);
    return {
      reset: () => network.forget(),
      run() {
        const [fired, hops] = [network.queue.fired, network.hops()];
        const socket = unwrap(createSocket(client, 'inet', 'stream'));
        socket.connect({ family: 'inet', address: ipv4('172.18.0.2'), port: 7 });
        const reader = new Reader(listener);
        const writer = new Writer(socket, n);
        reader.start();
        writer.start();
        network.run(() => reader.received >= n);
        return measured(network, fired, hops, reader.received);
      },
    };
  },
};

export const WORKLOADS: readonly Workload[] = [w1, w2, w3, w4, w5, w6, w7, w8, w9];
