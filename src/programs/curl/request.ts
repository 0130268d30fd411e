import { concatBytes, encodeUtf8 } from '../../base/bytes.ts';
import { encodeBase64 } from '../../base/base64.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { latin1Bytes } from '../../wire/http/byte-buffer.ts';
import { readFile } from '../libc/io.ts';
import { CURL_VERSION, HELP_HINT } from './help.ts';
import type { CurlOptions, GivenValue } from './options.ts';
import type { Url } from './url.ts';

/** What goes out, whatever the address. */
export interface Upload {
  readonly method: string;
  readonly body: Uint8Array | null;
  readonly contentType: string | null;
  /** What -G and --url-query put behind the address. */
  readonly query: string;
}

/** Reads what is to be sent; the error is a whole complaint, the status then 26. */
export function* readUpload(proc: Proc, options: CurlOptions): Sys<Result<Upload, string>> {
  const parts: Uint8Array[] = [];
  const given = options.all('data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'json');
  for (const each of given) {
    const part = yield* readData(proc, each);
    if (!part.ok) return part;
    if (parts.length > 0 && each.name !== 'json') parts.push(encodeUtf8('&'));
    parts.push(part.value);
  }
  const data = given.length > 0 ? concatBytes(parts) : null;
  const extra = options
    .all('url-query')
    .map(({ value }) => (value.startsWith('+') ? value.slice(1) : formEncoded(value)));
  const file = options.value('upload-file');
  let body = options.has('get') ? null : data;
  if (file !== undefined) {
    const bytes = yield* readFile(proc, file === '.' ? '-' : file);
    if (!bytes.ok) return err(`curl: cannot open '${file}'\n${HELP_HINT}`);
    body = bytes.value;
  }
  if (options.has('get') && data) extra.unshift(String.fromCharCode(...data));
  const json = options.all('json').length > 0;
  const method =
    options.value('request') ??
    (options.has('head') ? 'HEAD' : file !== undefined ? 'PUT' : body !== null ? 'POST' : 'GET');
  const contentType = json
    ? 'application/json'
    : body !== null && file === undefined
      ? 'application/x-www-form-urlencoded'
      : null;
  return ok({ method, body, contentType, query: extra.join('&') });
}

function* readData(proc: Proc, { name, value }: GivenValue): Sys<Result<Uint8Array, string>> {
  const option = name === 'data' ? '-d' : `--${name}`;
  if (name === 'data-urlencode') return ok(encodeUtf8(formEncoded(value)));
  if (name === 'data-raw' || !value.startsWith('@')) return ok(encodeUtf8(value));
  const bytes = yield* readFile(proc, value.slice(1));
  if (!bytes.ok)
    return err(
      `curl: Failed to open ${value.slice(1)}\ncurl: option ${option}: error encountered when reading a file\n${HELP_HINT}`,
    );
  const keep = name === 'data-binary' || name === 'json';
  return ok(keep ? bytes.value : bytes.value.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0));
}

/** `name=text`: the text escaped; `=text` and `text` are text alone. */
function formEncoded(value: string): string {
  const at = value.indexOf('=');
  const escape = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  if (at < 0) return escape(value);
  return at === 0 ? escape(value.slice(1)) : `${value.slice(0, at)}=${escape(value.slice(at + 1))}`;
}

/** The head of a request, in curl's order (lib/http.c). */
export function formatHead(options: CurlOptions, url: Url, upload: Upload): string {
  const own = options.all('header').map(({ value }) => value);
  const replaced = (name: string) =>
    own.some(
      (line) =>
        line
          .toLowerCase()
          .replace(/[:;].*/s, '')
          .trim() === name.toLowerCase(),
    );
  const lines: string[] = [];
  const add = (name: string, value: string | undefined | null) => {
    if (value !== undefined && value !== null && value !== '' && !replaced(name)) lines.push(`${name}: ${value}`);
  };
  const target =
    upload.query === '' ? url.target : `${url.target}${url.target.includes('?') ? '&' : '?'}${upload.query}`;
  const custom = own.find((line) => /^host:/i.test(line));
  const host = custom === undefined ? `${url.host}${url.port === 80 ? '' : `:${url.port}`}` : custom.slice(5).trim();
  if (host !== '') lines.push(`Host: ${host}`);
  add('Authorization', authorization(options, url));
  const range = options.value('range');
  add('Range', range === undefined ? undefined : `bytes=${range}`);
  add('User-Agent', options.value('user-agent') ?? `curl/${CURL_VERSION}`);
  add('Accept', upload.contentType === 'application/json' ? 'application/json' : '*/*');
  if (options.has('compressed')) add('Accept-Encoding', 'identity');
  add('Referer', options.value('referer')?.replace(/;auto$/, ''));
  add(
    'Cookie',
    options
      .all('cookie')
      .map(({ value }) => value)
      .join('; '),
  );
  for (const line of own) {
    const field = customHeader(line);
    if (field !== null && !/^host:/i.test(line)) lines.push(field);
  }
  if (upload.body !== null) add('Content-Length', String(upload.body.length));
  add('Content-Type', upload.contentType);
  const version = options.has('http1.0') ? '1.0' : '1.1';
  return `${upload.method} ${target} HTTP/${version}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

/** `Name:` leaves a header out, `Name;` sends it empty. */
function customHeader(line: string): string | null {
  if (/^[^:;]+;\s*$/.test(line)) return `${line.replace(/;\s*$/, '')}:`;
  const at = line.indexOf(':');
  return at < 0 || line.slice(at + 1).trim() === '' ? null : line;
}

function authorization(options: CurlOptions, url: Url): string | null {
  const user = options.value('user') ?? (url.user === null ? undefined : `${url.user}:${url.password ?? ''}`);
  if (user === undefined) return null;
  return `Basic ${encodeBase64(latin1Bytes(user.includes(':') ? user : `${user}:`))}`;
}
