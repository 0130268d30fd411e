import { err, ok, type Result } from '../../../base/result.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../../wire/address.ts';
import { emitTransport, parseTransport } from '../../../wire/transport.ts';
import { IpProtocol, Ipv4Packet } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketAddress } from '../../syscalls/socket.ts';
import { sendIpv4 } from '../ip/output.ts';
import type { Netns } from '../netns.ts';
import type { SkBuff } from '../skb.ts';
import { Socket } from '../socket/socket.ts';

const MOST_WAITING = 256;

/** A raw socket for one IP protocol (raw(7)): it sends what follows the IPv4 header, and gets a copy of all that comes. */
export class RawSocket extends Socket {
  override localAddress: Ipv4 = ANY_ADDRESS;
  override remoteAddress: Ipv4 = ANY_ADDRESS;
  private readonly queue: { readonly packet: Ipv4Packet }[] = [];

  constructor(
    netns: Netns,
    private readonly protocol: number,
  ) {
    super(netns, 'inet');
    netns.protocols.raw.push(this);
  }

  readable(): boolean {
    return this.queue.length > 0 || this.error !== null;
  }

  writable(): boolean {
    return true;
  }

  bind(address: SocketAddress): Result<void, Errno> {
    const end = this.ipv4Of(address);
    if (!end.ok) return end;
    if (end.value.address !== ANY_ADDRESS && !this.netns.isLocal(end.value.address)) return err('EADDRNOTAVAIL');
    this.localAddress = end.value.address;
    return ok();
  }

  connect(address: SocketAddress): Result<void, Errno> {
    const end = this.ipv4Of(address);
    if (!end.ok) return end;
    const route = this.netns.routes.lookup(end.value.address);
    if (!route.ok) return route;
    this.remoteAddress = end.value.address;
    if (this.localAddress === ANY_ADDRESS) this.localAddress = route.value.preferredSource;
    return ok();
  }

  /** @param data the transport header and what follows it, as bytes */
  send(data: Uint8Array, to?: SocketAddress): Result<number, Errno> {
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    const end = to === undefined ? ok({ address: this.remoteAddress, port: 0 }) : this.ipv4Of(to);
    if (!end.ok) return end;
    const { address } = end.value;
    if (address === ANY_ADDRESS) return err('EDESTADDRREQ');
    const device = this.device === null ? undefined : (this.netns.devices.byName(this.device) ?? undefined);
    const route = this.netns.routes.lookup(address, device ? { device } : {});
    if (!route.ok) return route;
    if (route.value.type === 'broadcast' && !this.broadcast) return err('EACCES');
    const source = this.localAddress === ANY_ADDRESS ? route.value.preferredSource : this.localAddress;
    const { netns } = this;
    const packet = new Ipv4Packet(
      source,
      address,
      this.protocol,
      this.ttl || netns.sysctl.defaultTtl,
      0,
      netns.nextIdentification(),
      this.dontFragment ?? data.length + 20 <= route.value.mtu,
      false,
      0,
      parseTransport(this.protocol, data),
    );
    const sent = sendIpv4(netns, packet, route.value);
    return sent.ok ? ok(data.length) : sent;
  }

  /** The whole packet's transport part; the sender in `from`, its TTL beside it. */
  receive(max: number): Result<Received, Errno> {
    const pending = this.takeError();
    if (pending !== null) return err(pending);
    const first = this.queue.shift();
    if (!first) return err('EAGAIN');
    const { packet } = first;
    return ok({
      data: emitTransport(packet).subarray(0, max),
      from: { family: 'inet', address: packet.source, port: 0 },
      ttl: packet.ttl,
    });
  }

  /** Takes a copy if the packet is of its protocol and for its address. */
  deliver(skb: SkBuff): boolean {
    const { packet } = skb;
    if (packet.protocol !== this.protocol) return false;
    if (this.localAddress !== ANY_ADDRESS && this.localAddress !== packet.destination) return false;
    if (this.remoteAddress !== ANY_ADDRESS && this.remoteAddress !== packet.source) return false;
    if (this.queue.length < MOST_WAITING) this.queue.push({ packet });
    this.changed.wake();
    return true;
  }

  icmpError(quoted: Ipv4Packet, errno: Errno): void {
    if (
      quoted.protocol !== this.protocol ||
      this.remoteAddress === ANY_ADDRESS ||
      quoted.destination !== (this.remoteAddress as Ipv4)
    )
      return;
    this.error = errno;
    this.changed.wake();
  }

  info(): SocketInfo {
    return {
      ...this.describe('raw', '', 0, 0),
      local: { address: this.localAddress, port: this.protocol === IpProtocol.icmp ? 1 : this.protocol },
    };
  }

  protected closed(): void {
    const { raw } = this.netns.protocols;
    const at = raw.indexOf(this);
    if (at >= 0) raw.splice(at, 1);
  }
}
