import { err, ok, type Result } from '../base/result.ts';
import { emitArp, parseArp } from './arp.ts';
import { emitIpv4, parseIpv4Packet } from './ipv4.ts';
import { emitIpv6, parseIpv6Packet } from './ipv6.ts';
import { readMac, writeMac } from './mac-bytes.ts';
import { ArpPacket, EtherType, Frame, Ipv6Packet } from './packet.ts';

/** Ethernet II (IEEE 802.3 clause 3): destination 0, source 6, type 12, payload 14. Padding and checksum are the cable's. */
const HEADER = 14;

export function parseFrame(bytes: Uint8Array): Result<Frame, string> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const etherType = view.getUint16(12);
  const payload = parsePayload(etherType, bytes.subarray(HEADER));
  return payload.ok ? ok(new Frame(readMac(view, 0), readMac(view, 6), etherType, payload.value)) : payload;
}

function parsePayload(etherType: number, data: Uint8Array): Result<Frame['payload'], string> {
  switch (etherType) {
    case EtherType.arp:
      return parseArp(data);
    case EtherType.ipv4:
      return parseIpv4Packet(data);
    case EtherType.ipv6:
      return parseIpv6Packet(data);
    default:
      return err('unknown protocol');
  }
}

export function emitFrame(frame: Frame): Uint8Array {
  const { payload } = frame;
  const data =
    payload instanceof ArpPacket
      ? emitArp(payload)
      : payload instanceof Ipv6Packet
        ? emitIpv6(payload)
        : emitIpv4(payload);
  const bytes = new Uint8Array(HEADER + data.length);
  const view = new DataView(bytes.buffer);
  writeMac(view, 0, frame.destination);
  writeMac(view, 6, frame.source);
  view.setUint16(12, frame.etherType);
  bytes.set(data, HEADER);
  return bytes;
}
