import type { ByteBuffer } from './byte-buffer.ts';
import { type Headers, parseHeaderLine } from './headers.ts';

/** The head of a response (RFC 9112 section 4). */
export interface HttpResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  /** Its lines as they came, the status line first. */
  readonly lines: readonly string[];
}

export type ResponseProblem = 'no http' | 'bad header' | 'header too large';

const LONGEST_HEAD = 300 * 1024;

/** Reads the heads of responses off a stream as their bytes come in. */
export class ResponseReader {
  private lines: string[] = [];
  private size = 0;

  /** Whether part of a head has been read. */
  get begun(): boolean {
    return this.lines.length > 0;
  }

  next(buffer: ByteBuffer): HttpResponse | 'incomplete' | ResponseProblem {
    for (;;) {
      const line = buffer.takeLine();
      if (line === null) {
        if (this.lines.length === 0 && buffer.length >= 5 && !/^HTTP\//i.test(buffer.peekLine())) return 'no http';
        return buffer.length > LONGEST_HEAD ? 'header too large' : 'incomplete';
      }
      this.size += line.length;
      if (this.size > LONGEST_HEAD) return 'header too large';
      if (line === '' && this.lines.length > 0) return this.finish();
      this.lines.push(line);
      if (this.lines.length === 1 && !/^HTTP\/\d\.\d \d{3}(\s|$)/.test(line)) return 'no http';
    }
  }

  private finish(): HttpResponse | ResponseProblem {
    const { lines } = this;
    this.lines = [];
    this.size = 0;
    const [, version = '', status = '', reason = ''] = /^HTTP\/(\d\.\d) (\d{3}) ?(.*)$/.exec(lines[0] as string) ?? [];
    const headers: (readonly [string, string])[] = [];
    for (const line of lines.slice(1)) {
      const header = parseHeaderLine(line);
      if (!header.ok) return header.error;
      headers.push(header.value);
    }
    return { version, status: Number(status), reason, headers, lines };
  }
}
