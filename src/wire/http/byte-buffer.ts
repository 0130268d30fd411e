import { concatBytes, NO_BYTES } from '../../base/bytes.ts';

const LF = 10;
const CR = 13;

/** Bytes of a stream that have arrived and wait to be read, by lines or by count. */
export class ByteBuffer {
  private bytes: Uint8Array = NO_BYTES;
  /** Where the search for the next line's end goes on. */
  private searched = 0;

  get length(): number {
    return this.bytes.length;
  }

  push(bytes: Uint8Array): void {
    this.bytes = this.bytes.length === 0 ? bytes : concatBytes([this.bytes, bytes]);
  }

  /** The next line without its end, CR LF or LF alone (RFC 9112 section 2.2); null while it has not ended. */
  takeLine(): string | null {
    const end = this.bytes.indexOf(LF, this.searched);
    if (end < 0) {
      this.searched = this.bytes.length;
      return null;
    }
    const last = end > 0 && this.bytes[end - 1] === CR ? end - 1 : end;
    const line = latin1(this.bytes.subarray(0, last));
    this.bytes = this.bytes.subarray(end + 1);
    this.searched = 0;
    return line;
  }

  /** What has come of a line that has not ended. */
  peekLine(): string {
    const end = this.bytes.findIndex((byte) => byte === LF || byte === CR);
    return latin1(end < 0 ? this.bytes : this.bytes.subarray(0, end));
  }

  /** At most so many bytes. */
  take(max: number): Uint8Array {
    const part = this.bytes.subarray(0, max);
    this.bytes = this.bytes.subarray(part.length);
    this.searched = 0;
    return part;
  }
}

/** Bytes as the characters of the same numbers: how HTTP's heads are read, so that no byte is lost. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** The bytes again; characters beyond U+00FF become `?`. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code < 256 ? code : 63;
  }
  return bytes;
}
