import { decodeUtf8 } from '../../base/bytes.ts';

/** What web servers say of themselves: requests that were answered, and a port that was taken. */

export interface AccessLogLine {
  readonly client: string;
  readonly path: string;
  readonly status: number;
  /** Bytes of the body. */
  readonly size: number;
}

const COMBINED = /^(\S+) - \S+ \[[^\]]+\] "[A-Z]+ (\S+) HTTP\/[\d.]+" (\d{3}) (\d+) /;

/** A line in the combined log format of web servers, or null for any other line. */
export function readAccessLog(line: Uint8Array): AccessLogLine | null {
  const match = COMBINED.exec(decodeUtf8(line));
  if (!match) return null;
  const [, client = '', path = '', status, size] = match;
  return { client, path, status: Number(status), size: Number(size) };
}

const BIND_FAILED = /bind\(\) to \S+:(\d+) failed \(98: /;

/** The port that nginx says it couldn't have, or null for any other line. */
export function readBindFailure(line: Uint8Array): number | null {
  const match = BIND_FAILED.exec(decodeUtf8(line));
  return match ? Number(match[1]) : null;
}
