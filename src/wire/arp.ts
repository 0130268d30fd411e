import { err, ok, type Result } from '../base/result.ts';
import { formatIpv4, formatMac, type Ipv4 } from './address.ts';
import { readMac, writeMac } from './mac-bytes.ts';
import { ArpOperation, ArpPacket } from './packet.ts';

/** ARP for Ethernet and IPv4, RFC 826: hardware 0, protocol 2, lengths 4, operation 6, sender 8 and 14, target 18 and 24. */
const LENGTH = 28;

export function parseArp(bytes: Uint8Array): Result<ArpPacket, 'truncated' | 'not Ethernet and IPv4'> {
  if (bytes.length < LENGTH) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint16(0) !== 1 || view.getUint16(2) !== 0x0800 || view.getUint16(4) !== 0x0604)
    return err('not Ethernet and IPv4');
  return ok(
    new ArpPacket(
      view.getUint16(6),
      readMac(view, 8),
      view.getInt32(14) as Ipv4,
      readMac(view, 18),
      view.getInt32(24) as Ipv4,
    ),
  );
}

export function emitArp(packet: ArpPacket): Uint8Array {
  const bytes = new Uint8Array(LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 1);
  view.setUint16(2, 0x0800);
  view.setUint16(4, 0x0604);
  view.setUint16(6, packet.operation);
  writeMac(view, 8, packet.senderMac);
  view.setInt32(14, packet.senderAddress);
  writeMac(view, 18, packet.targetMac);
  view.setInt32(24, packet.targetAddress);
  return bytes;
}

/** tcpdump's line. */
export function formatArp(packet: ArpPacket, how: 'brief' | 'verbose' = 'brief'): string {
  const said =
    packet.operation === ArpOperation.reply
      ? `Reply ${formatIpv4(packet.senderAddress)} is-at ${formatMac(packet.senderMac)}`
      : `Request who-has ${formatIpv4(packet.targetAddress)} tell ${formatIpv4(packet.senderAddress)}`;
  const types = how === 'verbose' ? 'Ethernet (len 6), IPv4 (len 4), ' : '';
  return `ARP, ${types}${said}, length ${LENGTH}`;
}
