import { dataText } from './data-text.ts';
import { FieldReader, hex, type Layer } from './field.ts';
import { readDnsLayer } from './read-dns.ts';

const HEADER = 8;
const DNS_PORT = 53;
const EMBEDDED_DNS = '127.0.0.11';

/**
 * UDP; offsets as in `wire/udp.ts`. What goes to or comes from port 53 is read as DNS, if it can be; so is all that goes to or comes
 * from Docker's embedded DNS, which its rules lead to another port.
 */
export function readUdpLayers(bytes: Uint8Array, start: number, addresses: readonly string[]): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER) return [];
  const [source, destination] = [reader.u16(0), reader.u16(2)];
  reader.add('udp.source', 0, 2, source);
  reader.add('udp.destination', 2, 2, destination);
  reader.add('udp.length', 4, 2, reader.u16(4));
  reader.add('udp.checksum', 6, 2, hex(reader.u16(6), 4));
  const asksDns = source === DNS_PORT || destination === DNS_PORT || addresses.includes(EMBEDDED_DNS);
  const dns = asksDns ? readDnsLayer(bytes, start + HEADER) : null;
  if (dns !== null) return [reader.layer('udp', HEADER), dns];
  if (reader.left > HEADER) reader.add('udp.data', HEADER, reader.left - HEADER, dataText(reader.slice(HEADER)));
  return [reader.layer('udp', reader.left)];
}
