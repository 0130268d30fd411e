import { concatBytes } from '../../base/bytes.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { OpenFile } from '../../kernel/fs/open-file.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Task } from '../../kernel/process/task.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { TraceKind } from '../../sim/trace.ts';
import { type Ipv4, ipv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, emitDns, parseDns } from '../../wire/dns.ts';
import { answerFrom, refusal } from './resolver-answer.ts';
import { askUpstreams } from './resolver-forward.ts';

/** A server that the resolver passes questions on to. */
export interface Upstream {
  readonly address: Ipv4;
  /** Asked from the host's namespace, not from the container's. */
  readonly fromHost: boolean;
}

/** What the resolver asks the rest of the engine. */
export interface NameService {
  /** Addresses of a name as one container sees it; null: no such name among containers. */
  resolveName(name: string): readonly Ipv4[] | null;
  resolveAddress(address: Ipv4): string | null;
  readonly upstreams: readonly Upstream[];
  /** Whether questions may leave from the host's namespace. */
  readonly forwards: boolean;
  /** Somebody set `ndots`: a name without a dot is then not for servers outside. */
  readonly ndotsSet: boolean;
}

const ADDRESS = ipv4('127.0.0.11');

/**
 * Docker's embedded DNS for one container (libnetwork/resolver.go): a UDP and a TCP socket in the container's namespace at
 * 127.0.0.11, on random ports, with NAT rules that lead port 53 there. What it doesn't know it asks other servers.
 * Left out: truncation of long answers (TC), SRV.
 */
export class Resolver {
  private readonly tasks = new Set<Task>();

  constructor(
    private readonly kernel: Kernel,
    private readonly sandbox: Namespaces,
    private readonly names: NameService,
  ) {}

  start(): void {
    this.spawn((proc) => this.listen(proc));
  }

  stop(): void {
    for (const task of this.tasks) task.destroy();
    this.tasks.clear();
  }

  /** A thread of the engine that has entered the container's network namespace; descriptor 0 is `file`. */
  private spawn(program: (proc: Proc) => Sys<number>, file?: OpenFile, fromHost = false): void {
    const { hostNamespaces } = this.kernel;
    file?.retain();
    const spawned = this.kernel.spawn({
      run: { program },
      argv: ['dockerd'],
      thread: true,
      namespaces: fromHost ? hostNamespaces : { ...hostNamespaces, net: this.sandbox.net },
      ...(file && { stdio: [file, file, file] as const }),
      onExit: () => {
        if (spawned.ok) this.tasks.delete(spawned.value);
      },
    });
    if (spawned.ok) this.tasks.add(spawned.value);
  }

  private *listen(proc: Proc): Sys<number> {
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
    setUpRules(this.sandbox, portOf(tcp.value), portOf(udp.value));
    this.spawn((thread) => this.serveTcp(thread), this.fileOf(proc, tcp.value));
    yield* proc.close(tcp.value);
    return yield* this.serveUdp(proc, udp.value);
  }

  private fileOf(proc: Proc, fd: Fd): OpenFile {
    return this.kernel.taskOf(proc).files.get(fd) as OpenFile;
  }

  private *serveUdp(proc: Proc, socket: Fd): Sys<number> {
    for (;;) {
      const received = yield* proc.receive(socket, 4096);
      if (!received.ok) {
        if (received.error === 'EINTR') continue;
        return 1;
      }
      const { data, from } = received.value;
      const query = parseDns(data);
      if (!query.ok || query.value.questions.length === 0) continue;
      const own = this.answer(query.value);
      if (own) yield* proc.send(socket, emitDns(own), from);
      else
        this.forward(query.value, data, this.fileOf(proc, socket), function* (thread, answer) {
          yield* thread.send(0, answer, from);
        });
    }
  }

  private *serveTcp(proc: Proc): Sys<number> {
    for (;;) {
      const accepted = yield* proc.accept(0);
      if (!accepted.ok) return 1;
      this.spawn((thread) => this.serveConnection(thread), this.fileOf(proc, accepted.value.fd));
      yield* proc.close(accepted.value.fd);
    }
  }

  /** Messages on TCP have their length before them (RFC 1035 section 4.2.2). */
  private *serveConnection(proc: Proc): Sys<number> {
    for (;;) {
      const head = yield* readWhole(proc, 2);
      const data = head && (yield* readWhole(proc, ((head[0] as number) << 8) | (head[1] as number)));
      const query = data && parseDns(data);
      if (!data || !query?.ok || query.value.questions.length === 0) return 0;
      const own = this.answer(query.value);
      if (own) yield* proc.write(0, withLength(emitDns(own)));
      else
        this.forward(query.value, data, this.fileOf(proc, 0), function* (thread, answer) {
          yield* thread.write(0, withLength(answer));
        });
    }
  }

  /** An answer from among the containers, or one that keeps the question here; null when others are to be asked. */
  private answer(query: DnsMessage): DnsMessage | null {
    const own = answerFrom(this.names, query);
    if (!own) return null;
    const { queue } = this.kernel;
    const [question] = query.questions;
    if (queue.trace.enabled && question)
      queue.trace.record(queue.now, TraceKind.dns, this.sandbox.net, null, question.name, own.answers[0] ?? null);
    return own;
  }

  /** Asks the servers one after the other, on a thread of its own that has the client's socket as descriptor 0. */
  private forward(
    query: DnsMessage,
    data: Uint8Array,
    socket: OpenFile,
    send: (thread: Proc, answer: Uint8Array) => Sys<void>,
  ): void {
    const upstreams = this.names.upstreams.filter(({ fromHost }) => !fromHost || this.names.forwards);
    const fromHost = upstreams[0]?.fromHost ?? false;
    const failed = emitDns(refusal(query, DnsCode.serverFailure));
    this.spawn(
      function* (thread) {
        yield* send(thread, (yield* askUpstreams(thread, upstreams, data)) ?? failed);
        return 0;
      },
      socket,
      fromHost,
    );
  }
}

function* readWhole(proc: Proc, length: number): Sys<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  for (let left = length; left > 0; ) {
    const chunk = yield* proc.read(0, left);
    if (!chunk.ok || chunk.value.length === 0) return null;
    parts.push(chunk.value);
    left -= chunk.value.length;
  }
  return concatBytes(parts);
}

const withLength = (message: Uint8Array): Uint8Array =>
  concatBytes([Uint8Array.of(message.length >> 8, message.length & 255), message]);

/** Port 53 of 127.0.0.11 leads to the resolver's sockets, and its answers come from there (resolver_unix.go, setupNAT). */
function setUpRules({ net }: Namespaces, tcp: number, udp: number): void {
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
  for (const rule of rules) net.netfilter.iptables(['-t', 'nat', ...rule.split(' ')]);
}
