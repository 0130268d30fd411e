import type { SimTime } from '../../sim/clock.ts';
import type { Ipv4 } from '../../wire/address.ts';

export type SocketFamily = 'inet' | 'inet6' | 'unix' | 'packet';
/** `raw` takes an IP protocol number; `packet` sockets are `raw` on family `packet`; `seqpacket` carries messages on `unix`. */
export type SocketType = 'stream' | 'datagram' | 'raw' | 'seqpacket';

/**
 * The end of a socket. An `inet6` socket bound to `any6` is dual-stack: it takes IPv4 as well, as Linux does with
 * bindv6only=0, and shows as `:::80` in netstat.
 */
export type SocketAddress =
  | { readonly family: 'inet'; readonly address: Ipv4; readonly port: number }
  | { readonly family: 'inet6'; readonly address: bigint; readonly port: number }
  | { readonly family: 'unix'; readonly path: string }
  | CapturedAt;

/** Where and when a packet socket saw a frame, and whom that was for (sockaddr_ll of packet(7)). */
export interface CapturedAt {
  readonly family: 'packet';
  readonly device: string;
  readonly type: 'in' | 'out' | 'broadcast' | 'multicast' | 'otherhost';
  readonly time: SimTime;
}

export type SocketOption =
  | { readonly option: 'reuseAddress' | 'broadcast' | 'keepAlive' | 'noDelay' | 'bindV6Only'; readonly on: boolean }
  /** O_NONBLOCK: what would wait fails with EAGAIN, and connect(2) with EINPROGRESS. */
  | { readonly option: 'nonBlocking'; readonly on: boolean }
  /** IP_TTL. */
  | { readonly option: 'ttl'; readonly value: number }
  /** PACKET_ADD_MEMBERSHIP with PACKET_MR_PROMISC: the device of this packet socket takes frames for everybody. */
  | { readonly option: 'promiscuous'; readonly on: boolean }
  /** SO_BINDTODEVICE, or the device that a packet socket listens to. */
  | { readonly option: 'device'; readonly name: string }
  /** IP_MTU_DISCOVER: whether packets carry DF. */
  | { readonly option: 'dontFragment'; readonly on: boolean }
  /** SO_RCVTIMEO and SO_SNDTIMEO, nanoseconds; 0: none. */
  | { readonly option: 'receiveTimeout' | 'sendTimeout'; readonly value: number };

export interface Received {
  readonly data: Uint8Array;
  readonly from: SocketAddress;
  /** Raw sockets: the TTL that the packet had on arrival. */
  readonly ttl?: number;
}
