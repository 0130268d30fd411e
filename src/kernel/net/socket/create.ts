import { err, ok, type Result } from '../../../base/result.ts';
import { IpProtocol } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketFamily, SocketType } from '../../syscalls/socket.ts';
import type { Netns } from '../netns.ts';
import { Icmp6Socket } from '../raw/icmp6-socket.ts';
import { RawSocket } from '../raw/raw-socket.ts';
import { PacketSocket } from '../raw/packet-socket.ts';
import { TcpSocket } from '../tcp/tcp-socket.ts';
import { UdpSocket } from '../udp/udp-socket.ts';
import type { Socket } from './socket.ts';

/** A new socket of the network (socket(2)); AF_UNIX is the process layer's. */
export function createSocket(
  netns: Netns,
  family: SocketFamily,
  type: SocketType,
  protocol = 0,
): Result<Socket, Errno> {
  if (family === 'packet') return ok(new PacketSocket(netns));
  if (family === 'unix') return err('EAFNOSUPPORT');
  if (type === 'stream') return ok(new TcpSocket(netns, family));
  if (type === 'datagram') return ok(new UdpSocket(netns, family));
  if (type === 'raw' && family === 'inet') return ok(new RawSocket(netns, protocol));
  if (type === 'raw' && family === 'inet6' && protocol === IpProtocol.icmp6) return ok(new Icmp6Socket(netns));
  return err('EPROTONOSUPPORT');
}
