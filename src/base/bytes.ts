/** Bytes and their texts. The language's own library has no UTF-8 without the DOM, so it stands here (RFC 3629). */

export const NO_BYTES = new Uint8Array(0);

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** UTF-8 of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  // Mostly it is ASCII, and then there is a byte for each character.
  const ascii = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return encodeBeyondAscii(text);
    ascii[i] = code;
  }
  return ascii;
}

function encodeBeyondAscii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = text.charCodeAt(i + 1);
      if (code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else code = 0xfffd;
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
      else {
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[at++] = 0x80 | (code & 63);
  }
  return bytes.slice(0, at);
}

/** Text of UTF-8 bytes; what is malformed becomes U+FFFD, one for each bad byte. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const end = endOfAscii(bytes, i);
    if (end > i) {
      text += String.fromCharCode(...bytes.subarray(i, end));
      i = end;
      continue;
    }
    const lead = bytes[i] as number;
    const length =
      lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    let code = length === 0 ? -1 : lead & (0x7f >> length);
    for (let k = 1; k < length && code >= 0; k++) {
      const next = bytes[i + k] ?? 0;
      code = (next & 0xc0) === 0x80 ? (code << 6) | (next & 63) : -1;
    }
    const shortest = length === 3 ? 0x800 : length === 4 ? 0x10000 : 0;
    if (code < shortest || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      text += '\ufffd';
      i++;
    } else {
      text += String.fromCodePoint(code);
      i += length;
    }
  }
  return text;
}

/** How many characters are made at once: as many as may be arguments of a call without harm. */
const MOST_AT_ONCE = 4096;

/** Where a run of ASCII ends, or has become long enough. */
function endOfAscii(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + MOST_AT_ONCE);
  let end = from;
  while (end < limit && (bytes[end] as number) < 0x80) end++;
  return end;
}

/** A decoder for a stream that may split a character over two chunks. */
export class Utf8Stream {
  private rest: Uint8Array = NO_BYTES;

  /** The text of all whole characters so far; an unfinished one waits for the next chunk. */
  write(chunk: Uint8Array): string {
    const bytes = this.rest.length === 0 ? chunk : concatBytes([this.rest, chunk]);
    let end = bytes.length;
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back] as number;
      if ((byte & 0xc0) === 0x80) continue;
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      if (needs > back) end = bytes.length - back;
      break;
    }
    this.rest = bytes.slice(end);
    return decodeUtf8(bytes.subarray(0, end));
  }
}

const HEX = '0123456789abcdef';

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (HEX[byte >> 4] as string) + (HEX[byte & 15] as string);
  return text;
}

/** Bytes of a hex text; spaces and colons between digits are passed over. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, '');
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
