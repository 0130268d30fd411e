import { concatBytes, NO_BYTES } from '../../base/bytes.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { headerHas, headerValue, type Headers } from './headers.ts';

/** Where a message's body ends (RFC 9112 section 6.3). */
export type BodyFraming =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until close' };

const NONE: BodyFraming = { kind: 'length', length: 0 };

/** The framing that the headers tell; null where they contradict each other or make no sense. */
function framingOf(headers: Headers, otherwise: BodyFraming): BodyFraming | null {
  const coding = headerValue(headers, 'transfer-encoding');
  const lengths = headers.filter(([name]) => name.toLowerCase() === 'content-length').map(([, value]) => value);
  if (coding !== undefined) {
    if (!headerHas(headers, 'transfer-encoding', 'chunked'))
      return coding.toLowerCase() === 'identity' ? otherwise : null;
    return lengths.length > 0 ? null : { kind: 'chunked' };
  }
  const [length] = lengths;
  if (length === undefined) return otherwise;
  if (lengths.some((each) => each !== length) || !/^\d{1,15}$/.test(length)) return null;
  return { kind: 'length', length: Number(length) };
}

export const requestFraming = (headers: Headers): BodyFraming | null => framingOf(headers, NONE);

export function responseFraming(method: string, status: number, headers: Headers): BodyFraming | null {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  return framingOf(headers, { kind: 'until close' });
}

const LONGEST_LINE = 4096;

/** Takes a body off a stream, whatever its framing. */
export class BodyReader {
  /** Bytes of the body, or of the chunk, that are still to come. */
  private left: number;
  private state: 'data' | 'size' | 'data end' | 'trailer' | 'done' | 'broken';

  constructor(private readonly framing: BodyFraming) {
    this.left = framing.kind === 'length' ? framing.length : Number.POSITIVE_INFINITY;
    this.state = framing.kind === 'chunked' ? 'size' : this.left === 0 ? 'done' : 'data';
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /** What it says makes no sense. */
  get broken(): boolean {
    return this.state === 'broken';
  }

  /** How much has still to come, where that is known; for a chunked body Infinity. */
  get missing(): number {
    return this.framing.kind === 'length' ? this.left : Number.POSITIVE_INFINITY;
  }

  /** All of the body that has arrived. */
  take(buffer: ByteBuffer): Uint8Array {
    const parts: Uint8Array[] = [];
    while (this.step(buffer, parts));
    return parts.length === 0 ? NO_BYTES : concatBytes(parts);
  }

  /** The stream has ended. @returns whether the body was whole */
  end(): boolean {
    if (this.framing.kind === 'until close') this.state = 'done';
    return this.state === 'done';
  }

  private step(buffer: ByteBuffer, parts: Uint8Array[]): boolean {
    if (this.state === 'done' || this.state === 'broken') return false;
    if (this.state === 'data') {
      const part = buffer.take(this.left);
      if (part.length === 0) return false;
      parts.push(part);
      this.left -= part.length;
      if (this.left > 0) return false;
      this.state = this.framing.kind === 'chunked' ? 'data end' : 'done';
      return true;
    }
    const line = buffer.takeLine();
    if (line === null) {
      if (buffer.length > LONGEST_LINE) this.state = 'broken';
      return false;
    }
    if (this.state === 'size') {
      const match = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line);
      this.left = match ? Number.parseInt(match[1] as string, 16) : 0;
      this.state = match ? (this.left === 0 ? 'trailer' : 'data') : 'broken';
    } else if (this.state === 'data end') this.state = line === '' ? 'size' : 'broken';
    else if (line === '') this.state = 'done';
    return true;
  }
}
