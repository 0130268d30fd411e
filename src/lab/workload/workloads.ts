import { unwrap } from '../../base/result.ts';
import { portRules, program } from '../../dockerd/libnetwork/iptables-rules.ts';
import { createSocket } from '../../kernel/net/socket/create.ts';
import type { Socket } from '../../kernel/net/socket/socket.ts';
import type { Waiter } from '../../kernel/process/wait-queue.ts';
import { ANY_ADDRESS, type Ipv4, ipv4 } from '../../wire/address.ts';
import { BenchNetwork, UdpPeer } from './network.ts';

export interface Measured {
  /** Frames that crossed a cable. */
  readonly hops: number;
  readonly events: number;
  /** Messages or bytes that arrived. */
  readonly delivered: number;
}

/** One workload, set up; `run` is what is measured. */
export interface Prepared {
  run(): Measured;
}

export interface Workload {
  readonly name: string;
  readonly sizes: readonly number[];
  /** @param scale 1 for the real size, less to warm up */
  prepare(n: number, trace: boolean, scale: number): Prepared;
}

function measured(network: BenchNetwork, start: number, hops: number, delivered: number): Measured {
  return { hops: network.hops() - hops, events: network.queue.fired - start, delivered };
}

/** Asks a server so many times, one question outstanding. */
function echo(network: BenchNetwork, client: UdpPeer, left: { count: number }, address: Ipv4, port: number): Prepared {
  return {
    run() {
      const [fired, hops] = [network.queue.fired, network.hops()];
      client.ask(address, port);
      network.run(() => left.count <= 0);
      return measured(network, fired, hops, client.received);
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
  prepare(n, trace, scale) {
    const network = oneBridge(trace);
    const left = { count: Math.ceil(n * scale) };
    const server = new UdpPeer(network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1'), null);
    server.serve(7);
    const client = new UdpPeer(network.container('a', 'br1', '172.18.0.3/16', '172.18.0.1'), left);
    return echo(network, client, left, ipv4('172.18.0.2'), 7);
  },
};

const w3: Workload = {
  name: 'W3',
  sizes: [100_000],
  prepare(n, trace, scale) {
    const network = oneBridge(trace);
    network.bridge('br2', '172.19.0.0/16', '172.19.0.1');
    network.host.netfilter.iptables('-I DOCKER-USER -j ACCEPT'.split(' '));
    const left = { count: Math.ceil(n * scale) };
    const server = new UdpPeer(network.container('b', 'br2', '172.19.0.2/16', '172.19.0.1'), null);
    server.serve(7);
    const client = new UdpPeer(network.container('a', 'br1', '172.18.0.3/16', '172.18.0.1'), left);
    return echo(network, client, left, ipv4('172.19.0.2'), 7);
  },
};

const w4: Workload = {
  name: 'W4',
  sizes: [10, 100, 1000],
  prepare(n, trace, scale) {
    const network = oneBridge(trace);
    const server = new UdpPeer(network.container('s', 'br1', '172.18.255.1/16', '172.18.0.1'), null);
    server.serve(7);
    const count = Math.max(1, Math.ceil(100 * scale));
    const clients = Array.from({ length: n }, (_, i) => {
      const left = { count };
      return {
        left,
        peer: new UdpPeer(
          network.container(`c${i}`, 'br1', `172.18.${1 + (i >> 8)}.${i & 255}/16`, '172.18.0.1'),
          left,
        ),
      };
    });
    return {
      run() {
        const [fired, hops] = [network.queue.fired, network.hops()];
        for (const { peer } of clients) peer.ask(ipv4('172.18.255.1'), 7);
        network.run(() => clients.every(({ left }) => left.count <= 0));
        return measured(
          network,
          fired,
          hops,
          clients.reduce((sum, { peer }) => sum + peer.received, 0),
        );
      },
    };
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
    return {
      run() {
        const [fired, hops] = [network.queue.fired, network.hops()];
        hosts.forEach((netns, i) => {
          const socket = unwrap(createSocket(netns, 'inet', 'datagram'));
          socket.connect({ family: 'inet', address: ipv4(address((i + 1) % n)), port: 9 });
          socket.send(new Uint8Array(1));
        });
        network.queue.runUntil(network.queue.now + 500e6);
        return measured(
          network,
          fired,
          hops,
          hosts.filter((netns) => netns.admin.neighbors().some(({ mac }) => mac !== null)).length,
        );
      },
    };
  },
};

const w6: Workload = {
  name: 'W6',
  sizes: [100_000],
  prepare(n, trace, scale) {
    const network = oneBridge(trace);
    network.plainBridge('lan', '192.168.0.0/24', '192.168.0.10');
    const left = { count: Math.ceil(n * scale) };
    const server = new UdpPeer(network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1'), null);
    server.serve(7);
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
    const client = new UdpPeer(network.container('a', 'lan', '192.168.0.20/24', '192.168.0.10'), left);
    return echo(network, client, left, ipv4('192.168.0.10'), 7000);
  },
};

/** Writes until all is written, and reads until all is read. */
class Bulk implements Waiter {
  received = 0;
  private server: Socket | null = null;

  constructor(
    private readonly listener: Socket,
    private readonly client: Socket,
    private left: number,
  ) {}

  start(): void {
    this.listener.changed.add(this);
    this.client.changed.add(this);
  }

  wake(): void {
    const accepted = this.server === null ? this.listener.accept() : null;
    if (accepted?.ok) this.server = accepted.value.socket;
    while (this.left > 0) {
      const sent = this.client.send(this.left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, this.left));
      if (!sent.ok) break;
      this.left -= sent.value;
    }
    for (
      let data = this.server?.receive(1 << 20);
      data?.ok && data.value.data.length > 0;
      data = this.server?.receive(1 << 20)
    )
      this.received += data.value.data.length;
    for (const socket of [this.listener, this.client, this.server]) {
      socket?.changed.remove(this);
      socket?.changed.add(this);
    }
  }
}

const CHUNK = new Uint8Array(1448 * 16);

const w2: Workload = {
  name: 'W2',
  sizes: [100_000_000],
  prepare(n, trace, scale) {
    const network = oneBridge(trace);
    const server = unwrap(createSocket(network.container('b', 'br1', '172.18.0.2/16', '172.18.0.1'), 'inet', 'stream'));
    const client = unwrap(createSocket(network.container('a', 'br1', '172.18.0.3/16', '172.18.0.1'), 'inet', 'stream'));
    server.bind({ family: 'inet', address: 0 as Ipv4, port: 7 });
    server.listen(1);
    const bytes = Math.ceil(n * scale);
    const bulk = new Bulk(server, client, bytes);
    return {
      run() {
        const [fired, hops] = [network.queue.fired, network.hops()];
        bulk.start();
        client.connect({ family: 'inet', address: ipv4('172.18.0.2'), port: 7 });
        network.run(() => bulk.received >= bytes);
        return measured(network, fired, hops, bulk.received);
      },
    };
  },
};

export const WORKLOADS: readonly Workload[] = [w1, w2, w3, w4, w5, w6];
