import { err, ok, type Result } from '../../../base/result.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../../wire/address.ts';
import { ANY_ADDRESS6, type IpAddress, type Ipv6 } from '../../../wire/ipv6-address.ts';
import type { OpenFile } from '../../fs/open-file.ts';
import { WaitQueue } from '../../process/wait-queue.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { Stat } from '../../syscalls/file.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketAddress, SocketOption } from '../../syscalls/socket.ts';
import type { Netns } from '../netns.ts';

const STAT: Stat = { type: 'socket', mode: 0o777, uid: 0, gid: 0, size: 0, links: 1, modified: 0, inode: 0, device: 7 };
/** ::ffff:0:0/96, where an inet6 socket shows IPv4 addresses (RFC 4291 section 2.5.5.2). */
const MAPPED = 0xffffn << 32n;

/** A process that has a socket. */
export interface SocketOwner {
  /** In its own namespace, and on the host. */
  readonly pid: number;
  readonly hostPid: number;
  readonly program: string;
  readonly descriptor: number;
}

/** A socket of the network: what is the same for all of them. Nothing waits; `changed` is woken when asking again may help. */
export abstract class Socket implements OpenFile {
  readonly changed = new WaitQueue();
  /** `ANY_ADDRESS` for either version's. */
  localAddress: IpAddress = ANY_ADDRESS;
  /** 0: not bound. */
  localPort = 0;
  remoteAddress: IpAddress = ANY_ADDRESS;
  remotePort = 0;
  ttl = 0;
  dontFragment: boolean | null = null;
  device: string | null = null;
  reuseAddress = false;
  broadcast = false;
  nonBlocking = false;
  /** IPV6_V6ONLY: an inet6 socket that leaves IPv4 to others. */
  v6Only = false;
  /** Who owns it, for netstat -p and ss -p: noted when it gets a descriptor. */
  owner: SocketOwner | null = null;
  private references = 0;
  protected error: Errno | null = null;

  constructor(
    readonly netns: Netns,
    readonly family: 'inet' | 'inet6',
  ) {}

  abstract bind(address: SocketAddress): Result<void, Errno>;
  abstract connect(address: SocketAddress): Result<void, Errno>;
  abstract send(data: Uint8Array, to?: SocketAddress): Result<number, Errno>;
  abstract receive(max: number): Result<Received, Errno>;
  abstract readable(): boolean;
  abstract writable(): boolean;
  abstract info(): SocketInfo;
  /** The last descriptor has gone. */
  protected abstract closed(): void;

  listen(_backlog: number): Result<void, Errno> {
    return err('EOPNOTSUPP');
  }

  accept(): Result<{ readonly socket: Socket; readonly peer: SocketAddress }, Errno> {
    return err('EOPNOTSUPP');
  }

  shutdown(_how: 'read' | 'write' | 'both'): Result<void, Errno> {
    return err('ENOTCONN');
  }

  read(max: number): Result<Uint8Array, Errno> {
    const received = this.receive(max);
    return received.ok ? ok(received.value.data) : received;
  }

  write(data: Uint8Array): Result<number, Errno> {
    return this.send(data);
  }

  name(): Result<SocketAddress, Errno> {
    return ok(this.addressOf(this.localAddress, this.localPort));
  }

  peer(): Result<SocketAddress, Errno> {
    return this.remotePort === 0 ? err('ENOTCONN') : ok(this.addressOf(this.remoteAddress, this.remotePort));
  }

  setOption(option: SocketOption): Result<void, Errno> {
    switch (option.option) {
      case 'ttl':
        if (option.value < 1 || option.value > 255) return err('EINVAL');
        this.ttl = option.value;
        break;
      case 'device':
        if (option.name !== '' && !this.netns.devices.byName(option.name)) return err('ENODEV');
        this.device = option.name || null;
        break;
      case 'dontFragment':
        this.dontFragment = option.on;
        break;
      case 'reuseAddress':
        this.reuseAddress = option.on;
        break;
      case 'broadcast':
        this.broadcast = option.on;
        break;
      case 'bindV6Only':
        this.v6Only = option.on;
        break;
      default:
    }
    return ok();
  }

  /** The error that happened meanwhile, once. */
  takeError(): Errno | null {
    const { error } = this;
    this.error = null;
    return error;
  }

  stat(): Stat {
    return STAT;
  }

  retain(): void {
    this.references++;
  }

  release(): void {
    if (--this.references === 0) this.closed();
  }

  /** An end as this socket's family shows it. */
  addressOf(address: IpAddress, port: number): SocketAddress {
    if (typeof address === 'bigint') return { family: 'inet6', address, port };
    if (this.family === 'inet') return { family: 'inet', address, port };
    return { family: 'inet6', address: address === ANY_ADDRESS ? 0n : MAPPED | BigInt(address >>> 0), port };
  }

  /** The end that an address means to this socket: `::ffff:10.0.0.1` is IPv4. */
  protected endOf(address: SocketAddress): Result<{ readonly address: IpAddress; readonly port: number }, Errno> {
    if (address.family === 'inet') return ok(address);
    if (address.family !== 'inet6' || this.family !== 'inet6') return err('EAFNOSUPPORT');
    const { port } = address;
    if (address.address === ANY_ADDRESS6) return ok({ address: ANY_ADDRESS, port });
    if (address.address >> 32n !== 0xffffn) return ok({ address: address.address as Ipv6, port });
    return ok({ address: (Number(address.address & 0xffffffffn) | 0) as Ipv4, port });
  }

  /** The same for sockets that speak IPv4 only: other addresses are nobody's. */
  protected ipv4Of(address: SocketAddress): Result<{ readonly address: Ipv4; readonly port: number }, Errno> {
    const end = this.endOf(address);
    if (!end.ok) return end;
    const { address: ip, port } = end.value;
    return typeof ip === 'bigint' ? err('EADDRNOTAVAIL') : ok({ address: ip, port });
  }

  protected describeOwner(): Pick<SocketInfo, 'pid' | 'program' | 'hostPid' | 'descriptor'> {
    return this.owner ?? { pid: null, program: null, hostPid: null, descriptor: null };
  }

  protected describe(
    protocol: 'tcp' | 'udp' | 'raw',
    state: string,
    receiveQueue: number,
    sendQueue: number,
  ): SocketInfo {
    const shown = (address: IpAddress) => (this.family === 'inet6' && address === ANY_ADDRESS ? 0n : address);
    return {
      protocol,
      family: this.family,
      state,
      local: { address: shown(this.localAddress), port: this.localPort },
      remote: { address: shown(this.remoteAddress), port: this.remotePort },
      receiveQueue,
      sendQueue,
      path: null,
      ...this.describeOwner(),
    };
  }
}
