import { err, ok, type Result } from '../base/result.ts';
import { internetChecksum, pseudoHeaderSum } from './checksum.ts';
import { IpProtocol, type Ipv4Packet, UdpDatagram } from './packet.ts';

/** UDP, RFC 768: source port 0, destination port 2, length 4, checksum 6, data 8. */
const HEADER = 8;

export function parseUdp(bytes: Uint8Array): Result<UdpDatagram, 'truncated' | 'bad length'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint16(4);
  if (length < HEADER || length > bytes.length) return err('bad length');
  return ok(new UdpDatagram(view.getUint16(0), view.getUint16(2), bytes.subarray(HEADER, length)));
}

export function emitUdp(
  datagram: UdpDatagram,
  { source, destination }: Pick<Ipv4Packet, 'source' | 'destination'>,
): Uint8Array {
  const bytes = new Uint8Array(HEADER + datagram.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, datagram.sourcePort);
  view.setUint16(2, datagram.destinationPort);
  view.setUint16(4, bytes.length);
  bytes.set(datagram.payload, HEADER);
  // A sum of zero goes out as all ones: zero means "none".
  view.setUint16(
    6,
    internetChecksum(bytes, pseudoHeaderSum(source, destination, IpProtocol.udp, bytes.length)) || 0xffff,
  );
  return bytes;
}
