import { NO_BYTES } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { ANY_ADDRESS, LOOPBACK_ADDRESS } from '../../../wire/address.ts';
import { type IpAddress, LOOPBACK_ADDRESS6 } from '../../../wire/ipv6-address.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketAddress, SocketOption } from '../../syscalls/socket.ts';
import type { Netns } from '../netns.ts';
import { shareVersion } from '../socket/ports.ts';
import { Socket } from '../socket/socket.ts';
import { type ConnectionOwner, routedAs, TcpConnection } from './connection.ts';

const LARGEST_BACKLOG = 4096;

/** A TCP socket: unconnected, listening, or the program's side of a connection (net/ipv4/af_inet.c). */
export class TcpSocket extends Socket implements ConnectionOwner {
  listening = false;
  private connection: TcpConnection | null = null;
  private bound = false;
  private backlog = 0;
  /** Connections whose handshake is under way, and those that wait for accept. */
  private readonly half = new Set<TcpConnection>();
  private readonly accepted: TcpConnection[] = [];
  private noDelay = false;

  static of(netns: Netns, family: 'inet' | 'inet6', connection: TcpConnection): TcpSocket {
    const socket = new TcpSocket(netns, family);
    socket.adopt(connection);
    return socket;
  }

  readable(): boolean {
    if (this.listening) return this.accepted.length > 0;
    const c = this.connection;
    return c === null || c.receiveQueue.bytes.length > 0 || c.finReceived || c.readShut || c.state === 'CLOSE';
  }

  /** While connecting: once that has ended, either way. */
  writable(): boolean {
    const c = this.connection;
    if (c === null) return true;
    return c.state !== 'SYN_SENT' && c.state !== 'SYN_RECV' && (c.canWrite || c.state === 'CLOSE');
  }

  bind(address: SocketAddress): Result<void, Errno> {
    if (this.bound) return err('EINVAL');
    const end = this.endOf(address);
    if (!end.ok) return end;
    const { address: wanted, port } = end.value;
    if (wanted !== ANY_ADDRESS && !this.isOwn(wanted)) return err('EADDRNOTAVAIL');
    const { tcp } = this.netns.protocols;
    if (port !== 0 && tcp.conflicts(port, wanted, this)) return err('EADDRINUSE');
    const chosen = port || tcp.ports.ephemeral(this.netns, (each) => !tcp.conflicts(each, wanted, this));
    if (chosen === 0) return err('EADDRINUSE');
    this.localAddress = wanted;
    this.hold(chosen);
    return ok();
  }

  override listen(backlog: number): Result<void, Errno> {
    if (this.connection !== null) return err('EINVAL');
    const { ports } = this.netns.protocols.tcp;
    if (!this.bound) {
      const port = ports.ephemeral(this.netns, (each) => ports.at(each).length === 0);
      if (port === 0) return err('EADDRINUSE');
      this.hold(port);
    } else if (
      ports
        .at(this.localPort)
        .some(
          (other) =>
            other !== this &&
            other.listening &&
            shareVersion(other, this) &&
            (other.localAddress === this.localAddress ||
              other.localAddress === ANY_ADDRESS ||
              this.localAddress === ANY_ADDRESS),
        )
    ) {
      return err('EADDRINUSE');
    }
    this.listening = true;
    this.backlog = Math.min(Math.max(backlog, 0), LARGEST_BACKLOG);
    return ok();
  }

  override accept(): Result<{ readonly socket: Socket; readonly peer: SocketAddress }, Errno> {
    if (!this.listening) return err('EINVAL');
    const connection = this.accepted.shift();
    if (!connection) return err('EAGAIN');
    const socket = TcpSocket.of(this.netns, this.family, connection);
    socket.owner = this.owner;
    return ok({ socket, peer: this.addressOf(connection.remoteAddress, connection.remotePort) });
  }

  connect(address: SocketAddress): Result<void, Errno> {
    if (this.listening) return err('EISCONN');
    const old = this.connection;
    if (old !== null) return old.state === 'SYN_SENT' ? err('EALREADY') : err('EISCONN');
    const end = this.endOf(address);
    if (!end.ok) return end;
    const remote = end.value.address === ANY_ADDRESS ? this.thisHost : end.value.address;
    if (typeof remote === 'bigint' && remote !== LOOPBACK_ADDRESS6) return err('ENETUNREACH');
    const route = this.netns.routes.lookup(routedAs(remote));
    if (!route.ok) return route;
    const { type } = route.value;
    if (type === 'broadcast' || type === 'multicast') return err('ENETUNREACH');
    if (type === 'unreachable' || type === 'blackhole' || type === 'prohibit')
      return err(type === 'prohibit' ? 'EACCES' : 'EHOSTUNREACH');
    const { tcp } = this.netns.protocols;
    const preferred = typeof remote === 'bigint' ? LOOPBACK_ADDRESS6 : route.value.preferredSource;
    const source = this.localAddress === ANY_ADDRESS ? preferred : this.localAddress;
    if (typeof source !== typeof remote) return err('EINVAL');
    const free = (port: number) =>
      tcp.find(source, port, remote, end.value.port) === null && !tcp.ports.at(port).some((other) => other.listening);
    const port = this.localPort || tcp.ports.ephemeral(this.netns, free);
    if (port === 0 || tcp.find(source, port, remote, end.value.port) !== null) return err('EADDRNOTAVAIL');
    const connection = new TcpConnection(
      this.netns,
      source,
      port,
      remote,
      end.value.port,
      'SYN_SENT',
      this,
      route.value,
    );
    connection.ttl = this.ttl;
    connection.reuseAddress = this.reuseAddress;
    this.adopt(connection);
    tcp.add(connection);
    connection.sendSyn();
    return err('EINPROGRESS');
  }

  send(data: Uint8Array): Result<number, Errno> {
    const c = this.connection;
    if (c === null) return err(this.listening ? 'ENOTCONN' : 'EPIPE');
    const failure = this.takeError();
    if (failure !== null) return err(failure);
    if (c.finWanted || c.state === 'CLOSE') return err('EPIPE');
    if (c.state === 'SYN_SENT' || c.state === 'SYN_RECV') return err('EAGAIN');
    const taken = c.write(data);
    return taken === 0 && data.length > 0 ? err('EAGAIN') : ok(taken);
  }

  receive(max: number): Result<Received, Errno> {
    const c = this.connection;
    if (c === null) return err('ENOTCONN');
    const from = this.addressOf(c.remoteAddress, c.remotePort);
    if (c.receiveQueue.bytes.length > 0) return ok({ data: c.read(max), from });
    const failure = this.takeError();
    if (failure !== null) return err(failure);
    if (c.finReceived || c.readShut || c.state === 'CLOSE') return ok({ data: NO_BYTES, from });
    return err('EAGAIN');
  }

  override shutdown(how: 'read' | 'write' | 'both'): Result<void, Errno> {
    const c = this.connection;
    if (c === null || c.state === 'CLOSE' || c.state === 'SYN_SENT') return err('ENOTCONN');
    if (how !== 'write') c.readShut = true;
    if (how !== 'read') c.shutdownWrite();
    this.changed.wake();
    return ok();
  }

  override setOption(option: SocketOption): Result<void, Errno> {
    if (option.option === 'noDelay') {
      this.noDelay = option.on;
      if (this.connection) this.connection.noDelay = option.on;
    }
    return super.setOption(option);
  }

  override takeError(): Errno | null {
    const c = this.connection;
    if (c?.error) {
      const { error } = c;
      c.error = null;
      return error;
    }
    return super.takeError();
  }

  /** Whether another connection may begin: the queue of those that wait for accept is not full. */
  get hasRoom(): boolean {
    return this.accepted.length <= this.backlog && this.half.size < LARGEST_BACKLOG;
  }

  opening(connection: TcpConnection): void {
    this.half.add(connection);
  }

  connected(connection: TcpConnection): void {
    if (this.listening) {
      this.half.delete(connection);
      this.accepted.push(connection);
    }
    this.changed.wake();
  }

  connectionChanged(connection: TcpConnection): void {
    if (connection.state === 'CLOSE') this.half.delete(connection);
    this.changed.wake();
  }

  info(): SocketInfo {
    return this.describe(
      'tcp',
      this.listening ? 'LISTEN' : (this.connection?.state ?? 'CLOSE'),
      this.accepted.length,
      this.listening ? this.backlog : 0,
    );
  }

  /** Family and owner, for its connection's line in netstat. */
  describeConnection(): Partial<SocketInfo> {
    return { family: this.family, ...this.describeOwner() };
  }

  protected closed(): void {
    if (this.bound) this.netns.protocols.tcp.ports.remove(this.localPort, this);
    this.bound = false;
    for (const connection of this.half) connection.finish();
    for (const connection of this.accepted) connection.abort();
    this.listening = false;
    this.connection?.abandon();
  }

  private adopt(connection: TcpConnection): void {
    this.connection = connection;
    connection.owner = this;
    connection.noDelay = this.noDelay;
    this.localAddress = connection.localAddress;
    this.localPort = connection.localPort;
    this.remoteAddress = connection.remoteAddress;
    this.remotePort = connection.remotePort;
  }

  private isOwn(address: IpAddress): boolean {
    return typeof address === 'bigint' ? address === LOOPBACK_ADDRESS6 : this.netns.addressType(address) === 'local';
  }

  /** What 0.0.0.0 and :: mean as a destination. */
  private get thisHost(): IpAddress {
    return this.family === 'inet6' ? LOOPBACK_ADDRESS6 : LOOPBACK_ADDRESS;
  }

  private hold(port: number): void {
    this.localPort = port;
    this.bound = true;
    this.netns.protocols.tcp.ports.add(port, this);
  }
}
