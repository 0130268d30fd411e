import { dataText } from './data-text.ts';
import { FieldReader, hex, type Layer } from './field.ts';
import { readDnsLayer } from './read-dns.ts';

const HEADER = 8;
const DNS_PORT = 53;

/** UDP; offsets as in `wire/udp.ts`. What goes to or comes from port 53 is read as DNS, if it can be. */
export function readUdpLayers(bytes: Uint8Array, start: number): readonly Layer[] {
  const reader = new FieldReader(bytes, start);
  if (reader.left < HEADER) return [];
  const [source, destination] = [reader.u16(0), reader.u16(2)];
  reader.add('udp.source', 0, 2, source);
  reader.add('udp.destination', 2, 2, destination);
  reader.add('udp.length', 4, 2, reader.u16(4));
  reader.add('udp.checksum', 6, 2, hex(reader.u16(6), 4));
  const dns = looksLikeDns(source, destination) ? readDnsLayer(bytes, start + HEADER) : null;
  if (dns !== null) return [reader.layer('udp', HEADER), dns];
  if (reader.left > HEADER) reader.add('udp.data', HEADER, reader.left - HEADER, dataText(reader.slice(HEADER)));
  return [reader.layer('udp', reader.left)];
}

/** The embedded DNS of Docker answers from whichever port its rules lead to, under the name of port 53. */
const looksLikeDns = (source: number, destination: number): boolean => source === DNS_PORT || destination === DNS_PORT;
