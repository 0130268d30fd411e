import { decodeUtf8 } from '../../base/bytes.ts';

export interface AccessLogLine {
  readonly client: string;
  readonly path: string;
  readonly status: number;
}

const COMBINED = /^(\S+) - \S+ \[[^\]]+\] "[A-Z]+ (\S+) HTTP\/[\d.]+" (\d{3}) /;

/** A line in the combined log format of web servers, or null for any other line. */
export function readAccessLog(line: Uint8Array): AccessLogLine | null {
  const match = COMBINED.exec(decodeUtf8(line));
  return match ? { client: match[1] as string, path: match[2] as string, status: Number(match[3]) } : null;
}
