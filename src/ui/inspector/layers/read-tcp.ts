import { TcpFlag } from '../../../wire/packet.ts';
import { dataText } from './data-text.ts';
import { FieldReader, hex, type Layer } from './field.ts';
import { readHttpLayer } from './read-http.ts';

const HEADER = 20;
const FLAGS = [
  [TcpFlag.syn, 'SYN'],
  [TcpFlag.fin, 'FIN'],
  [TcpFlag.rst, 'RST'],
  [TcpFlag.psh, 'PSH'],
  [TcpFlag.ack, 'ACK'],
  [TcpFlag.urg, 'URG'],
] as const;
const OPTION = { end: 0, nop: 1, mss: 2, scale: 3, sack: 4, timestamps: 8 } as const;

/** TCP; offsets as in `wire/tcp.ts`. What begins like HTTP is read as HTTP. */
export function readTcpLayers(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER) return [];
  const header = (reader.u8(12) >> 4) * 4;
  reader.add('tcp.source', 0, 2, reader.u16(0));
  reader.add('tcp.destination', 2, 2, reader.u16(2));
  reader.add('tcp.sequence', 4, 4, reader.u32(4));
  reader.add('tcp.acknowledgment', 8, 4, reader.u32(8));
  reader.add('tcp.offset', 12, 1, `${header} bytes`);
  reader.add('tcp.flags', 13, 1, tcpFlagNames(reader.u8(13)).join(', ') || '–');
  reader.add('tcp.window', 14, 2, reader.u16(14));
  reader.add('tcp.checksum', 16, 2, hex(reader.u16(16), 4));
  reader.add('tcp.urgent', 18, 2, reader.u16(18));
  if (header < HEADER || header > reader.left) return [reader.layer('tcp', reader.left)];
  readOptions(reader, header);
  const http = readHttpLayer(bytes, start + header);
  if (http !== null) return [reader.layer('tcp', header), http];
  if (reader.left > header) reader.add('tcp.data', header, reader.left - header, dataText(reader.slice(header)));
  return [reader.layer('tcp', reader.left)];
}

/** `SYN`, `ACK` …: the flags that are set, the telling ones first. */
export function tcpFlagNames(flags: number): readonly string[] {
  return FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
}

function readOptions(reader: FieldReader, end: number): void {
  for (let at = HEADER; at < end; ) {
    const kind = reader.u8(at);
    if (kind === OPTION.end) return;
    if (kind === OPTION.nop) {
      at++;
      continue;
    }
    const length = at + 1 < end ? reader.u8(at + 1) : 0;
    if (length < 2 || at + length > end) return;
    if (kind === OPTION.mss && length === 4) reader.add('tcp.mss', at, length, reader.u16(at + 2));
    else if (kind === OPTION.scale && length === 3)
      reader.add('tcp.scale', at, length, `${reader.u8(at + 2)} (× ${2 ** reader.u8(at + 2)})`);
    else if (kind === OPTION.sack) reader.add('tcp.sack', at, length, '✓');
    else if (kind === OPTION.timestamps && length === 10)
      reader.add('tcp.timestamps', at, length, `${reader.u32(at + 2)}, ${reader.u32(at + 6)}`);
    at += length;
  }
}
