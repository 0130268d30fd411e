import { NO_BYTES } from '../base/bytes.ts';
import { err, ok, type Result } from '../base/result.ts';
import { formatIpv4 } from './address.ts';
import { internetChecksum } from './checksum.ts';
import { emitIpv4, parseIpv4Packet } from './ipv4.ts';
import { ICMP_QUOTE_LIMIT, IcmpMessage, type Ipv4Packet, TcpSegment, UdpDatagram } from './packet.ts';

/** ICMP, RFC 792: type 0, code 1, checksum 2, identifier 4, sequence 6, data 8. */
const HEADER = 8;
const ERRORS = new Set([3, 5, 11, 12]);

export function parseIcmp(bytes: Uint8Array): Result<IcmpMessage, 'truncated'> {
  if (bytes.length < HEADER) return err('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = bytes.subarray(HEADER);
  const quoted = ERRORS.has(bytes[0] as number) ? parseIpv4Packet(data) : null;
  const isError = quoted?.ok === true;
  return ok(
    new IcmpMessage(
      view.getUint8(0),
      view.getUint8(1),
      view.getUint16(4),
      view.getUint16(6),
      isError ? NO_BYTES : data,
      isError ? quoted.value : null,
    ),
  );
}

export function emitIcmp(message: IcmpMessage): Uint8Array {
  const data = message.quoted === null ? message.payload : emitIpv4(message.quoted).subarray(0, ICMP_QUOTE_LIMIT);
  const bytes = new Uint8Array(HEADER + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, message.type);
  view.setUint8(1, message.code);
  view.setUint16(4, message.identifier);
  view.setUint16(6, message.sequence);
  bytes.set(data, HEADER);
  view.setUint16(2, internetChecksum(bytes));
  return bytes;
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };

/** What tcpdump says between the addresses and the length. */
export function formatIcmp(message: IcmpMessage): string {
  const { type, code, identifier, sequence, quoted } = message;
  if (type === 8 || type === 0)
    return `ICMP echo ${type === 8 ? 'request' : 'reply'}, id ${identifier}, seq ${sequence}`;
  if (type === 11) return `ICMP ${code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded'}`;
  if (type === 3 && quoted) return `ICMP ${unreachable(code, quoted, sequence)}`;
  return `ICMP type-#${type}`;
}

function unreachable(code: number, quoted: Ipv4Packet, mtu: number): string {
  const destination = formatIpv4(quoted.destination);
  switch (code) {
    case 0:
      return `net ${destination} unreachable`;
    case 1:
      return `host ${destination} unreachable`;
    case 2:
      return `${destination} protocol ${quoted.protocol} unreachable`;
    case 3: {
      const { payload } = quoted;
      const port = payload instanceof UdpDatagram || payload instanceof TcpSegment ? payload.destinationPort : 0;
      return `${destination} ${PROTOCOLS[quoted.protocol] ?? quoted.protocol} port ${port} unreachable`;
    }
    case 4:
      return `${destination} unreachable - need to frag (mtu ${mtu})`;
    case 9:
      return `net ${destination} unreachable - admin prohibited`;
    case 10:
      return `host ${destination} unreachable - admin prohibited`;
    case 13:
      return `host ${destination} unreachable - admin prohibited filter`;
    default:
      return `${destination} unreachable - #${code}`;
  }
}
