import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { httpDate, parseHttpDate } from '../../wire/http/date.ts';
import { formatHeaders, headerValue, type Headers } from '../../wire/http/headers.ts';
import type { HttpRequest } from '../../wire/http/request.ts';
import { readFile } from '../libc/io.ts';

/** What goes back: a head and a body. */
export interface Reply {
  readonly status: number;
  readonly head: string;
  readonly body: Uint8Array | string;
}

/** [words of the status line, what the page says; null: no page] */
const STATUS: Readonly<Record<number, readonly [string, string | null]>> = {
  200: ['OK', null],
  206: ['Partial Content', null],
  302: ['Found', null],
  304: ['Not Modified', null],
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  408: ['Request Timeout', 'No request appeared within 60 seconds'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

/** By the ends of names (networking/httpd.c, suffixTable). */
const TYPES: readonly (readonly [type: string, endings: string])[] = [
  ['text/plain', 'txt h c cc cpp'],
  ['text/html', 'htm html'],
  ['image/jpeg', 'jpg jpeg'],
  ['image/gif', 'gif'],
  ['image/png', 'png'],
  ['image/svg+xml', 'svg'],
  ['text/css', 'css'],
  ['application/javascript', 'js'],
  ['audio/wav', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['video/mpeg', 'mpe mpeg'],
];

export function failed(proc: Proc, status: number, extra: Headers = []): Reply {
  const [words, info] = STATUS[status] ?? ['', ''];
  const head = headOf(proc, status, [['Content-type', 'text/html'], ...extra]);
  const title = `${status} ${words}`;
  const page = `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${info}\n</BODY></HTML>\n`;
  return { status, head, body: info === null ? '' : page };
}

function headOf(proc: Proc, status: number, fields: Headers): string {
  const all: Headers = [['Date', httpDate(proc.date())], ['Connection', 'close'], ...fields];
  return `HTTP/1.1 ${status} ${STATUS[status]?.[0] ?? ''}\r\n${formatHeaders(all)}\r\n`;
}

/** Answers with what the working folder has. */
export function* replyTo(proc: Proc, { method, target, headers }: HttpRequest): Sys<Reply> {
  if (method !== 'GET' && method !== 'HEAD') return failed(proc, 501);
  const [raw = '', query] = target.replace(/^http:\/\/[^/]*/, '').split('?') as [string, string?];
  if (/%(?![0-9a-fA-F]{2})/.test(raw)) return failed(proc, 400);
  const path = decodeURI8(raw).replace(/\/{2,}/g, '/');
  if (path.includes('\0') || path.split('/').includes('..')) return failed(proc, 400);
  // Programs behind /cgi-bin/ are not simulated: nothing is run, and nothing of them is shown.
  if (path.startsWith('/cgi-bin/')) return failed(proc, 501);
  const name = `.${path}`;
  const stat = yield* proc.stat(name);
  if (!stat.ok) return failed(proc, stat.error === 'EACCES' ? 403 : 404);
  const folder = stat.value.type === 'directory';
  if (folder && !path.endsWith('/')) {
    const back: Headers = [['Location', `${path}/${query === undefined ? '' : `?${query}`}`]];
    return failed(proc, 302, back);
  }
  return yield* fileReply(proc, folder ? `${name}index.html` : name, headers);
}

function* fileReply(proc: Proc, name: string, headers: Headers): Sys<Reply> {
  const stat = yield* proc.stat(name);
  const bytes = stat.ok && stat.value.type === 'file' ? yield* readFile(proc, name) : null;
  if (!stat.ok || !bytes?.ok) return failed(proc, 404);
  const modified = Math.floor(stat.value.modified / 1000);
  const etag = `"${modified.toString(16)}-${bytes.value.length.toString(16)}"`;
  const since = parseHttpDate(headerValue(headers, 'if-modified-since') ?? '');
  if (headerValue(headers, 'if-none-match') === etag || (since !== null && since >= modified * 1000))
    return failed(proc, 304);
  const ending = /\.([^./]*)$/.exec(name)?.[1] ?? '';
  const type = TYPES.find(([, endings]) => endings.split(' ').includes(ending))?.[0] ?? 'application/octet-stream';
  const size = bytes.value.length;
  const range = /^bytes=(\d+)-(\d*)$/.exec(headerValue(headers, 'range') ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(Number(range[2]) + 1, size) : size;
  const partial = range !== null && start < end;
  const body = partial ? bytes.value.subarray(start, end) : bytes.value;
  const head = headOf(proc, partial ? 206 : 200, [
    ['Content-type', partial ? 'text/html' : type],
    ...(partial ? [['Content-Range', `bytes ${start}-${end - 1}/${size}`] as const] : []),
    ['Accept-Ranges', 'bytes'],
    ['Last-Modified', httpDate(modified * 1000)],
    ['ETag', etag],
    ['Content-Length', String(body.length)],
  ]);
  return { status: partial ? 206 : 200, head, body };
}

const decodeURI8 = (text: string) =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
