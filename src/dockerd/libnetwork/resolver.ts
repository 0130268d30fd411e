import type { Kernel } from '../../kernel/kernel.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Task } from '../../kernel/process/task.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { SECOND } from '../../sim/clock.ts';
import { TraceKind } from '../../sim/trace.ts';
import { type Ipv4, ipv4, parseIpv4 } from '../../wire/address.ts';
import {
  DnsCode,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  DnsType,
  emitDns,
  parseDns,
} from '../../wire/dns.ts';

/** What the resolver asks the rest of the engine. */
export interface NameService {
  /** Addresses of a name as one container sees it; null: no such name among containers. */
  resolveName(name: string): readonly Ipv4[] | null;
  resolveAddress(address: Ipv4): string | null;
  /** The host's name servers. */
  readonly upstreams: readonly Ipv4[];
}

const ADDRESS = ipv4('127.0.0.11');
const TTL = 600;
const UPSTREAM_TIMEOUT = 4 * SECOND;

/**
 * Docker's embedded DNS for one container (libnetwork/resolver.go): a UDP and a TCP socket in the container's namespace at 127.0.0.11,
 * on random ports, with NAT rules that lead port 53 there. What it doesn't know it asks the host's servers, from the host's namespace.
 */
export class Resolver {
  private readonly tasks: Task[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly sandbox: Namespaces,
    private readonly names: NameService,
  ) {}

  start(): void {
    this.spawn(this.sandbox, (proc) => this.serve(proc));
  }

  stop(): void {
    for (const task of this.tasks) task.destroy();
  }

  private spawn(namespaces: Namespaces, program: (proc: Proc) => Sys<number>): void {
    const task = this.kernel.spawn({
      run: { program },
      argv: ['dockerd'],
      namespaces: { ...this.kernel.hostNamespaces, net: namespaces.net },
    });
    if (task.ok) this.tasks.push(task.value);
  }

  private *serve(proc: Proc): Sys<number> {
    const udp = yield* proc.socket('inet', 'datagram');
    const tcp = yield* proc.socket('inet', 'stream');
    if (!udp.ok || !tcp.ok) return 1;
    const here: SocketAddress = { family: 'inet', address: ADDRESS, port: 0 };
    yield* proc.bind(udp.value, here);
    yield* proc.bind(tcp.value, here);
    yield* proc.listen(tcp.value);
    const portOf = (fd: Fd) => {
      const name = proc.socketName(fd);
      return name.ok && name.value.family === 'inet' ? name.value.port : 0;
    };
    this.setUpRules(portOf(tcp.value), portOf(udp.value));
    for (;;) {
      const received = yield* proc.receive(udp.value, 4096);
      if (!received.ok) {
        if (received.error === 'EINTR') continue;
        return 1;
      }
      const query = parseDns(received.value.data);
      if (!query.ok || query.value.questions.length === 0) continue;
      const [question] = query.value.questions as [DnsQuestion];
      const own = this.answer(query.value, question);
      if (own) yield* proc.send(udp.value, emitDns(own), received.value.from);
      else this.forward(proc, udp.value, received.value.data, query.value, received.value.from);
    }
  }

  /** An answer from among the containers; null when the question is for others. */
  private answer(query: DnsMessage, question: DnsQuestion): DnsMessage | null {
    const name = question.name.toLowerCase();
    const reply = (answers: readonly DnsRecord[]): DnsMessage => ({
      ...query,
      response: true,
      authoritative: false,
      recursionDesired: query.recursionDesired,
      recursionAvailable: true,
      code: DnsCode.noError,
      answers,
    });
    if (question.type === DnsType.ptr) {
      const address = readReverse(name);
      const found = address === null ? null : this.names.resolveAddress(address);
      return found === null
        ? null
        : this.traced(reply([{ name: question.name, type: DnsType.ptr, ttl: TTL, data: found }]), question);
    }
    if (question.type !== DnsType.a && question.type !== DnsType.aaaa) return null;
    const addresses = this.names.resolveName(name);
    if (addresses === null) return null;
    // A name that has IPv4 addresses has an empty answer for AAAA, not NXDOMAIN.
    const answers =
      question.type === DnsType.a
        ? addresses.map((data) => ({ name: question.name, type: DnsType.a, ttl: TTL, data }))
        : [];
    return this.traced(reply(answers), question);
  }

  private traced(message: DnsMessage, question: DnsQuestion): DnsMessage {
    const { queue } = this.kernel;
    const { trace } = queue;
    if (trace.enabled)
      trace.record(queue.now, TraceKind.dns, this.sandbox.net, null, question.name, message.answers[0] ?? null);
    return message;
  }

  /** Asks the host's servers one after the other, on a thread of its own in the host's namespace. */
  private forward(proc: Proc, socket: Fd, data: Uint8Array, query: DnsMessage, client: SocketAddress): void {
    const { upstreams } = this.names;
    this.spawn(this.kernel.hostNamespaces, function* (host) {
      let answer: Uint8Array | null = null;
      for (const server of upstreams) {
        answer = yield* ask(host, server, data);
        if (answer) break;
      }
      const failed = emitDns({
        ...query,
        response: true,
        recursionAvailable: true,
        code: DnsCode.serverFailure,
        answers: [],
      });
      yield* proc.send(socket, answer ?? failed, client);
      return 0;
    });
  }

  private setUpRules(tcp: number, udp: number): void {
    const { netfilter } = this.sandbox.net;
    const rules = [
      '-N DOCKER_OUTPUT',
      '-N DOCKER_POSTROUTING',
      '-A OUTPUT -d 127.0.0.11/32 -j DOCKER_OUTPUT',
      '-A POSTROUTING -d 127.0.0.11/32 -j DOCKER_POSTROUTING',
      `-A DOCKER_OUTPUT -d 127.0.0.11/32 -p tcp -m tcp --dport 53 -j DNAT --to-destination 127.0.0.11:${tcp}`,
      `-A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:${udp}`,
      `-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp -m tcp --sport ${tcp} -j SNAT --to-source :53`,
      `-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport ${udp} -j SNAT --to-source :53`,
    ];
    for (const rule of rules) netfilter.iptables(['-t', 'nat', ...rule.split(' ')]);
  }
}

function* ask(proc: Proc, server: Ipv4, query: Uint8Array): Sys<Uint8Array | null> {
  const socket = yield* proc.socket('inet', 'datagram');
  if (!socket.ok) return null;
  proc.setSocketOption(socket.value, { option: 'receiveTimeout', value: UPSTREAM_TIMEOUT });
  const connected = yield* proc.connect(socket.value, { family: 'inet', address: server, port: 53 });
  const sent = connected.ok ? yield* proc.send(socket.value, query) : connected;
  const received = sent.ok ? yield* proc.receive(socket.value, 4096) : sent;
  yield* proc.close(socket.value);
  return received.ok ? received.value.data : null;
}

function readReverse(name: string): Ipv4 | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name);
  const address = match ? parseIpv4(`${match[4]}.${match[3]}.${match[2]}.${match[1]}`) : null;
  return address?.ok ? address.value : null;
}

export const RESOLVER_ADDRESS = ADDRESS;
