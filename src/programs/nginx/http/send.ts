import { concatBytes, encodeUtf8 } from '../../../base/bytes.ts';
import type { Errno } from '../../../kernel/syscalls/errno.ts';
import type { Fd, Sys } from '../../../kernel/syscalls/proc.ts';
import { latin1Bytes } from '../../../wire/http/byte-buffer.ts';
import { httpDate } from '../../../wire/http/date.ts';
import { type Headers, headerHas } from '../../../wire/http/headers.ts';
import { type Coroutine, until } from '../../libc/event-loop.ts';
import { parseTime } from '../config/values.ts';
import { VERSION } from '../server/cycle.ts';
import type { Answer, Body } from './answer.ts';
import { applyConditions, type ByteRange, requestedRanges } from './conditional.ts';
import { specialPage, statusLine } from './error-page.ts';
import type { Exchange } from './exchange.ts';
import { interpolate } from './variables.ts';

const PIECE = 65536;
/** After these the connection ends, whatever the client would like (ngx_http_special_response_handler). */
const CLOSING = new Set([400, 408, 413, 414, 494, 495, 496, 497, 500, 501, 505]);
/** The statuses that add_header without `always` is for. */
const GOOD = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** Sends an answer; false when the client has gone away meanwhile. */
export function* send(x: Exchange, fd: Fd, given: Answer): Coroutine<boolean> {
  let answer = applyConditions(x, withPage(x, given));
  if (given.body?.kind === 'file' && answer.body !== given.body) yield* x.proc.close(given.body.fd);
  const size = lengthOf(answer.body);
  const ranges = size === null ? null : requestedRanges(x, answer, size);
  const isPart = Array.isArray(ranges);
  if (ranges === 'none') {
    yield* closeBody(x, answer.body);
    const { body: _body, contentType: _type, ...rest } = answer;
    answer = withPage(x, {
      ...rest,
      status: 416,
      headers: [...(answer.headers ?? []), ['Content-Range', `bytes */${size}`]],
    });
  }
  x.status = answer.status === 494 ? 400 : answer.status;
  if (CLOSING.has(answer.status)) x.keepalive = false;
  const parts = isPart ? (ranges as readonly ByteRange[]) : null;
  const head = formatHead(x, answer, parts, ranges === 'none' ? lengthOf(answer.body) : size);
  const bare = x.request?.version === '0.9';
  const noBody = x.method === 'HEAD' || answer.status === 304 || answer.status === 204;
  const { body } = answer;
  // Head and short bodies in memory leave in one write; files follow by sendfile(2).
  if (body?.kind === 'bytes' && !noBody && !parts) {
    x.bodyBytes = body.bytes.length;
    return yield* sendBytes(x, fd, bare ? body.bytes : concatBytes([latin1Bytes(head), body.bytes]));
  }
  let alive = bare || (yield* sendBytes(x, fd, latin1Bytes(head)));
  if (alive && body && !noBody) alive = yield* sendBody(x, fd, body, parts, size, answer);
  yield* closeBody(x, body);
  return alive;
}

/** A status that nobody gave a body gets nginx's own page. */
function withPage(x: Exchange, answer: Answer): Answer {
  if (answer.body || answer.status < 300) return answer;
  const bytes = specialPage(answer.status, x.settings.serverTokens);
  return bytes ? { ...answer, contentType: 'text/html', body: { kind: 'bytes', bytes } } : answer;
}

export function* closeBody(x: Exchange, body: Body | undefined): Coroutine<void> {
  if (body?.kind === 'file') yield* x.proc.close(body.fd);
  else if (body?.kind === 'stream') yield* body.close();
}

function lengthOf(body: Body | undefined): number | null {
  if (!body) return 0;
  if (body.kind === 'bytes') return body.bytes.length;
  return body.kind === 'file' ? body.size : body.length;
}

/** The head in nginx's order (http/ngx_http_header_filter_module.c). */
function formatHead(x: Exchange, answer: Answer, parts: readonly ByteRange[] | null, size: number | null): string {
  const { settings } = x;
  const status = parts ? 206 : answer.status;
  x.status = status === 494 ? 400 : status;
  const fields: [string, string][] = [];
  fields.push(['Server', settings.serverTokens ? `nginx/${VERSION}` : 'nginx']);
  fields.push(['Date', httpDate(x.proc.date())]);
  const length = parts && size !== null ? partsLength(parts, answer, x, size) : size;
  const type = contentType(x, answer);
  const untyped = status === 304 || status === 204;
  if (parts && parts.length > 1) fields.push(['Content-Type', `multipart/byteranges; boundary=${boundary(x)}`]);
  else if (type !== null && !untyped) fields.push(['Content-Type', type]);
  const streams = length === null;
  if (!untyped && length !== null) fields.push(['Content-Length', String(length)]);
  if (answer.lastModified !== undefined && (status === 200 || status === 206 || status === 304))
    fields.push(['Last-Modified', httpDate(answer.lastModified)]);
  if (answer.location !== undefined) fields.push(['Location', absoluteLocation(x, answer.location)]);
  const chunked = streams && x.request?.version === '1.1' && x.method !== 'HEAD';
  if (chunked) fields.push(['Transfer-Encoding', 'chunked']);
  if (streams && !chunked) x.keepalive = false;
  fields.push(['Connection', x.keepalive ? 'keep-alive' : 'close']);
  if (x.keepalive && settings.keepaliveHeader !== null)
    fields.push(['Keep-Alive', `timeout=${settings.keepaliveHeader}`]);
  if (answer.etag !== undefined) fields.push(['ETag', answer.etag]);
  for (const [name, value] of answer.headers ?? []) fields.push([name, value]);
  for (const [name, value] of expiresHeaders(x, status)) fields.push([name, value]);
  for (const { name, value, always } of settings.addedHeaders) {
    const text = interpolate(x, value);
    if ((always || GOOD.has(status)) && text !== '') fields.push([name, text]);
  }
  if (parts?.length === 1) {
    const [{ start, end }] = parts as [ByteRange];
    fields.push(['Content-Range', `bytes ${start}-${end - 1}/${size}`]);
  } else if (!parts && answer.ranges && status === 200) fields.push(['Accept-Ranges', 'bytes']);
  x.sentHeaders = fields;
  return `${statusLine(status, parts ? undefined : answer.reason)}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function contentType(x: Exchange, answer: Answer): string | null {
  if (answer.contentType !== undefined) return answer.contentType;
  if (!answer.body && answer.status !== 200) return null;
  const { types, defaultType } = x.settings;
  const ending = /\.([^./]*)$/.exec(x.path)?.[1]?.toLowerCase();
  const type = (ending === undefined ? undefined : types.get(ending)) ?? defaultType;
  return type === '' ? null : type;
}

function expiresHeaders(x: Exchange, status: number): Headers {
  const [first = 'off', second] = x.settings.expires ?? [];
  if (first === 'off' || !GOOD.has(status)) return [];
  if (first === 'epoch')
    return [
      ['Expires', 'Thu, 01 Jan 1970 00:00:01 GMT'],
      ['Cache-Control', 'no-cache'],
    ];
  if (first === 'max')
    return [
      ['Expires', 'Thu, 31 Dec 2037 23:55:55 GMT'],
      ['Cache-Control', 'max-age=315360000'],
    ];
  const text = first === 'modified' ? (second ?? '0') : first;
  const sign = text.startsWith('-') ? -1 : 1;
  const seconds = sign * (parseTime(text.replace(/^[-+@]/, '')) ?? 0);
  return [
    ['Expires', httpDate(x.proc.date() + seconds * 1000)],
    ['Cache-Control', seconds < 0 ? 'no-cache' : `max-age=${seconds}`],
  ];
}

/** A path becomes a whole address: the host that was asked for, and the port that this server listens on. */
function absoluteLocation(x: Exchange, location: string): string {
  const { settings, client } = x;
  if (!location.startsWith('/') || !settings.absoluteRedirect) return location;
  const host = settings.serverNameInRedirect ? (x.server.names[0] as string) : (x.host ?? client.serverAddress);
  const port = settings.portInRedirect && client.serverPort !== 80 ? `:${client.serverPort}` : '';
  return `http://${host}${port}${location}`;
}

const boundary = (x: Exchange) => String(x.client.number).padStart(20, '0');

function partHead(x: Exchange, { start, end }: ByteRange, answer: Answer, size: number): string {
  const type = contentType(x, answer);
  const typed = type === null ? '' : `Content-Type: ${type}\r\n`;
  return `\r\n--${boundary(x)}\r\n${typed}Content-Range: bytes ${start}-${end - 1}/${size}\r\n\r\n`;
}

const partsEnd = (x: Exchange) => `\r\n--${boundary(x)}--\r\n`;

function partsLength(parts: readonly ByteRange[], answer: Answer, x: Exchange, size: number): number {
  const bytes = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  if (parts.length === 1) return bytes;
  const heads = parts.reduce((sum, part) => sum + partHead(x, part, answer, size).length, 0);
  return bytes + heads + partsEnd(x).length;
}

function* sendBody(
  x: Exchange,
  fd: Fd,
  body: Body,
  parts: readonly ByteRange[] | null,
  size: number | null,
  answer: Answer,
): Coroutine<boolean> {
  if (body.kind === 'stream') return yield* sendStream(x, fd, body);
  const whole = [{ start: 0, end: size ?? 0 }];
  for (const part of parts ?? whole) {
    if (
      parts &&
      parts.length > 1 &&
      !(yield* sendBytes(x, fd, latin1Bytes(partHead(x, part, answer, size ?? 0)), true))
    )
      return false;
    const sent =
      body.kind === 'bytes'
        ? yield* sendBytes(x, fd, body.bytes.subarray(part.start, part.end), true)
        : yield* sendFile(x, fd, body.fd, part);
    if (!sent) return false;
  }
  return parts && parts.length > 1 ? yield* sendBytes(x, fd, latin1Bytes(partsEnd(x)), true) : true;
}

function* sendFile(x: Exchange, fd: Fd, file: Fd, { start, end }: ByteRange): Coroutine<boolean> {
  yield* x.proc.seek(file, start);
  for (let at = start; at < end; ) {
    const piece = yield* x.proc.read(file, Math.min(PIECE, end - at));
    if (!piece.ok || piece.value.length === 0) return false;
    if (!(yield* sendBytes(x, fd, piece.value, true))) return false;
    at += piece.value.length;
  }
  return true;
}

function* sendStream(x: Exchange, fd: Fd, body: Extract<Body, { kind: 'stream' }>): Coroutine<boolean> {
  const chunked = headerHas(x.sentHeaders, 'transfer-encoding', 'chunked');
  for (;;) {
    const part = yield* body.next();
    if (part === null) break;
    if (part.length === 0) continue;
    const framed = chunked
      ? concatBytes([encodeUtf8(`${part.length.toString(16)}\r\n`), part, encodeUtf8('\r\n')])
      : part;
    if (!(yield* sendBytes(x, fd, framed, true))) return false;
  }
  return chunked ? yield* sendBytes(x, fd, encodeUtf8('0\r\n\r\n'), true) : true;
}

/** Sends bytes whole, however slowly they are taken; false when they are not. */
function* sendBytes(x: Exchange, fd: Fd, bytes: Uint8Array, ofBody = false): Coroutine<boolean> {
  for (let at = 0; at < bytes.length; ) {
    const sent = yield* trySend(x, fd, bytes.subarray(at));
    if (typeof sent === 'number') {
      at += sent;
      x.bytes += sent;
      if (ofBody) x.bodyBytes += sent;
      continue;
    }
    if (sent !== 'EAGAIN') return false;
    const deadline = x.proc.now() + x.settings.sendTimeout * 1e9;
    if ((yield* until(fd, 'write', { deadline })) !== 'ready') return false;
  }
  return true;
}

function* trySend(x: Exchange, fd: Fd, bytes: Uint8Array): Sys<number | Errno> {
  const sent = yield* x.proc.send(fd, bytes);
  return sent.ok ? sent.value : sent.error;
}
