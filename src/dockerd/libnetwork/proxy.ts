import type { Kernel } from '../../kernel/kernel.ts';
import type { Socket } from '../../kernel/net/socket/socket.ts';
import type { Task } from '../../kernel/process/task.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import type { PublishedPort } from './iptables-rules.ts';
import { ipText } from './port-allocator.ts';

/**
 * The userland proxy (cmd/docker-proxy): a process on the host that listens on one address of a published port and carries what
 * comes to the container. It serves those whom DNAT misses: the host's own connections to localhost, and all of IPv6.
 * @param socket bound, and for TCP listening already: the engine has reserved the port with it
 */
export function startProxy(kernel: Kernel, port: PublishedPort, container: Ipv4, socket: Socket): Task | null {
  const { protocol, hostAddress, hostPort, containerPort } = port;
  const target: SocketAddress = { family: 'inet', address: container, port: containerPort };
  const argv = [
    '/usr/bin/docker-proxy',
    '-proto',
    protocol,
    '-host-ip',
    ipText(hostAddress),
    '-host-port',
    String(hostPort),
    '-container-ip',
    formatIpv4(container),
    '-container-port',
    String(containerPort),
    '-use-listen-fd',
  ];
  const task = kernel.spawn({
    run: { program: (proc) => (protocol === 'tcp' ? serveTcp(proc, target) : serveUdp(proc, target)) },
    argv,
    stdio: [socket],
  });
  socket.release();
  if (!task.ok) return null;
  const { pid, hostPid } = task.value;
  socket.owner = { pid, hostPid, program: 'docker-proxy', descriptor: SERVER };
  return task.value;
}

/** The descriptor of the listening socket. */
const SERVER: Fd = 0;

function* serveTcp(proc: Proc, target: SocketAddress): Sys<number> {
  for (;;) {
    const client = yield* proc.accept(SERVER);
    if (!client.ok) return 1;
    const { fd } = client.value;
    // Each connection has a thread of its own.
    yield* proc.spawn({
      run: { program: (child) => relay(child, target) },
      argv: proc.argv,
      fds: [[0, fd]],
      group: 'new',
      thread: true,
    });
    yield* proc.close(fd);
    // Those that have ended are let go.
    for (;;) {
      const ended = yield* proc.wait(-1, { noHang: true });
      if (!ended.ok || ended.value === null) break;
    }
  }
}

function* relay(proc: Proc, target: SocketAddress): Sys<number> {
  const upstream = yield* proc.socket('inet', 'stream');
  if (!upstream.ok) return 1;
  const connected = yield* proc.connect(upstream.value, target);
  if (!connected.ok) return 1;
  const open = new Set<Fd>([0, upstream.value]);
  while (open.size > 0) {
    const ready = yield* proc.poll([...open].map((fd) => ({ fd, read: true })));
    if (!ready.ok) return 1;
    for (const { fd } of ready.value) {
      const other = fd === 0 ? upstream.value : 0;
      const data = yield* proc.read(fd);
      if (data.ok && data.value.length > 0) {
        const written = yield* proc.write(other, data.value);
        if (!written.ok) return 1;
        continue;
      }
      if (!data.ok) return 1;
      open.delete(fd);
      yield* proc.shutdown(other, 'write');
    }
  }
  return 0;
}

function* serveUdp(proc: Proc, target: SocketAddress): Sys<number> {
  const clients = new Map<string, Fd>();
  const addresses = new Map<Fd, SocketAddress>();
  for (;;) {
    const ready = yield* proc.poll([SERVER, ...clients.values()].map((fd) => ({ fd, read: true })));
    if (!ready.ok) return 1;
    for (const { fd } of ready.value) {
      const received = yield* proc.receive(fd);
      if (!received.ok) continue;
      if (fd !== SERVER) {
        yield* proc.send(SERVER, received.value.data, addresses.get(fd) as SocketAddress);
        continue;
      }
      const { from } = received.value;
      const key = from.family === 'inet' ? `${from.address}:${from.port}` : '';
      let own = clients.get(key);
      if (own === undefined) {
        const made = yield* proc.socket('inet', 'datagram');
        if (!made.ok) continue;
        own = made.value;
        yield* proc.connect(own, target);
        clients.set(key, own);
        addresses.set(own, from);
      }
      yield* proc.send(own, received.value.data);
    }
  }
}
