import { err, ok, type Result } from '../../../base/result.ts';
import { withIcmp6Checksum } from '../../../wire/icmp6.ts';
import { ANY_ADDRESS6, type Ipv6, LOOPBACK_ADDRESS6 } from '../../../wire/ipv6-address.ts';
import { IpProtocol, Ipv6Packet, OtherTransport } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketAddress } from '../../syscalls/socket.ts';
import { sendIpv6 } from '../ip6/loopback-only.ts';
import type { Netns } from '../netns.ts';
import { Socket } from '../socket/socket.ts';

const MOST_WAITING = 256;

/** A raw socket for ICMPv6 (net/ipv6/raw.c): it sends a message, to which the kernel adds the checksum, and gets a copy of all that come. */
export class Icmp6Socket extends Socket {
  override localAddress: Ipv6 = ANY_ADDRESS6;
  override remoteAddress: Ipv6 = ANY_ADDRESS6;
  private readonly queue: Ipv6Packet[] = [];

  constructor(netns: Netns) {
    super(netns, 'inet6');
    netns.protocols.icmp6.push(this);
  }

  readable(): boolean {
    return this.queue.length > 0 || this.error !== null;
  }

  writable(): boolean {
    return true;
  }

  bind(address: SocketAddress): Result<void, Errno> {
    if (address.family !== 'inet6') return err('EINVAL');
    if (address.address !== ANY_ADDRESS6 && address.address !== LOOPBACK_ADDRESS6) return err('EADDRNOTAVAIL');
    this.localAddress = address.address as Ipv6;
    return ok();
  }

  connect(address: SocketAddress): Result<void, Errno> {
    if (address.family !== 'inet6') return err('EAFNOSUPPORT');
    if (address.address !== LOOPBACK_ADDRESS6) return err('ENETUNREACH');
    this.remoteAddress = address.address as Ipv6;
    return ok();
  }

  send(data: Uint8Array, to?: SocketAddress): Result<number, Errno> {
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    if (to !== undefined && to.family !== 'inet6') return err('EAFNOSUPPORT');
    const destination = to === undefined ? this.remoteAddress : (to.address as Ipv6);
    if (destination === ANY_ADDRESS6) return err('EDESTADDRREQ');
    const { netns } = this;
    const message = new OtherTransport(withIcmp6Checksum(data, LOOPBACK_ADDRESS6, destination));
    const hopLimit = this.ttl || netns.sysctl.defaultTtl;
    const sent = sendIpv6(netns, new Ipv6Packet(LOOPBACK_ADDRESS6, destination, IpProtocol.icmp6, hopLimit, message));
    return sent.ok ? ok(data.length) : sent;
  }

  receive(max: number): Result<Received, Errno> {
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    const packet = this.queue.shift();
    if (!packet || !(packet.payload instanceof OtherTransport)) return err('EAGAIN');
    return ok({
      data: packet.payload.payload.subarray(0, max),
      from: this.addressOf(packet.source, 0),
      ttl: packet.hopLimit,
    });
  }

  /** Takes a copy. */
  deliver(packet: Ipv6Packet): void {
    if (this.queue.length < MOST_WAITING) this.queue.push(packet);
    this.changed.wake();
  }

  info(): SocketInfo {
    return {
      ...this.describe('raw', '', 0, 0),
      local: { address: this.localAddress, port: IpProtocol.icmp6 },
    };
  }

  protected closed(): void {
    const { icmp6 } = this.netns.protocols;
    const at = icmp6.indexOf(this);
    if (at >= 0) icmp6.splice(at, 1);
  }
}
