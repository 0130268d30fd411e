import type { ByteBuffer } from './byte-buffer.ts';
import { type Headers, parseHeaderLine } from './headers.ts';

/** The head of a request (RFC 9112 section 3). */
export interface HttpRequest {
  readonly method: string;
  /** As it came: a path with its query, or a whole address. */
  readonly target: string;
  readonly version: '0.9' | '1.0' | '1.1';
  readonly headers: Headers;
}

export type RequestProblem =
  | 'bad request line'
  | 'bad version'
  | 'bad header'
  | 'request line too long'
  | 'header too large';

export interface HeadLimits {
  /** The longest line, bytes. */
  readonly line: number;
  /** The whole head. */
  readonly head: number;
}

const DEFAULT_LIMITS: HeadLimits = { line: 8192, head: 32768 };

/** Reads the heads of requests off a stream, one after the other, as their bytes come in. */
export class RequestReader {
  /** The request line as it came, as far as it is known: for logs. */
  line: string | null = null;
  private request: { method: string; target: string; version: HttpRequest['version'] } | null = null;
  private headers: (readonly [string, string])[] = [];
  private size = 0;

  constructor(private readonly limits: HeadLimits = DEFAULT_LIMITS) {}

  /** The next head; `incomplete` while more bytes are needed; what is wrong with it. */
  next(buffer: ByteBuffer): HttpRequest | 'incomplete' | RequestProblem {
    for (;;) {
      const line = buffer.takeLine();
      if (line === null) {
        if (buffer.length < this.limits.line) return 'incomplete';
        if (this.request) return 'header too large';
        this.line = buffer.peekLine();
        return 'request line too long';
      }
      this.size += line.length;
      if (this.request === null) {
        // Empty lines before a request are passed over (RFC 9112 section 2.2).
        if (line === '' && this.size < this.limits.head) continue;
        this.line = line;
        if (line.length > this.limits.line) return 'request line too long';
        const parsed = parseRequestLine(line);
        if (typeof parsed === 'string') return parsed;
        this.request = parsed;
        if (parsed.version === '0.9') return this.finish();
      } else if (line === '') return this.finish();
      else {
        if (line.length > this.limits.line || this.size > this.limits.head) return 'header too large';
        const header = parseHeaderLine(line);
        if (!header.ok) return header.error;
        this.headers.push(header.value);
      }
    }
  }

  /** Forgets the request that was read; the next one begins. */
  reset(): void {
    this.line = null;
    this.request = null;
    this.headers = [];
    this.size = 0;
  }

  private finish(): HttpRequest {
    return { ...(this.request as NonNullable<typeof this.request>), headers: this.headers };
  }
}

function parseRequestLine(
  line: string,
): { method: string; target: string; version: HttpRequest['version'] } | RequestProblem {
  const match = /^([A-Z_-]+) +(\S+)(?: +HTTP\/(\d{1,3})\.(\d{1,3}))? *$/.exec(line);
  const [, method = '', target = '', major, minor] = match ?? [];
  if (!match || /[\0-\x20\x7f]/.test(target)) return 'bad request line';
  if (!target.startsWith('/') && !/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.test(target)) return 'bad request line';
  if (major === undefined) return method === 'GET' ? { method, target, version: '0.9' } : 'bad request line';
  if (Number(major) !== 1) return 'bad version';
  return { method, target, version: Number(minor) === 0 ? '1.0' : '1.1' };
}

export function formatRequest({ method, target, version, headers }: HttpRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${target} HTTP/${version}\r\n${lines}\r\n`;
}
