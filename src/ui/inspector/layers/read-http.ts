import { decodeUtf8 } from '../../../base/bytes.ts';
import { dataText } from './data-text.ts';
import { FieldReader, type Layer } from './field.ts';

/** The first line of a message (RFC 9112 sections 3 and 4). */
const START = /^(?:[A-Z]{3,10} \S+ HTTP\/\d\.\d|HTTP\/\d\.\d \d{3}(?: .*)?)$/;

/** The part of an HTTP message that one segment carries, if it carries its beginning: first line, headers, the body's beginning. */
export function readHttpLayer(bytes: Uint8Array, start: number): Layer | null {
  const reader = new FieldReader(bytes, start);
  let name: 'http.start' | 'http.header' = 'http.start';
  for (let at = 0; at < reader.left; ) {
    const end = lineEnd(reader.slice(at));
    const line = decodeUtf8(reader.slice(at, at + end.text));
    if (name === 'http.start' && !START.test(line)) return null;
    if (line === '' && end.next > end.text) {
      const body = reader.slice(at + end.next);
      if (body.length > 0) reader.add('http.body', at + end.next, body.length, dataText(body));
      break;
    }
    reader.add(name, at, end.next, line);
    name = 'http.header';
    at += end.next;
  }
  return reader.fields.length === 0 ? null : reader.layer('http', reader.left);
}

/** How far a line's text goes, and where the next begins. */
function lineEnd(bytes: Uint8Array): { readonly text: number; readonly next: number } {
  const newline = bytes.indexOf(10);
  if (newline < 0) return { text: bytes.length, next: bytes.length };
  return { text: newline > 0 && bytes[newline - 1] === 13 ? newline - 1 : newline, next: newline + 1 };
}
