import { encodeBase64 } from '../../base/base64.ts';
import { concatBytes, encodeUtf8 } from '../../base/bytes.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { BodyReader, responseFraming } from '../../wire/http/body.ts';
import { ByteBuffer, latin1Bytes } from '../../wire/http/byte-buffer.ts';
import { headerHas, headerValue } from '../../wire/http/headers.ts';
import { type HttpResponse, ResponseReader } from '../../wire/http/response.ts';
import { declareProgram } from '../libc/command-line.ts';
import { readFile } from '../libc/io.ts';
import { resolveHost } from '../libc/resolve.ts';
import { Meter } from './meter.ts';
import { readOptions, WGET_OPTIONS, type WgetOptions } from './options.ts';

const MOST_REDIRECTS = 16;

interface Url {
  /** As written, with its port where one was. */
  readonly host: string;
  readonly name: string;
  readonly port: number;
  readonly user: string | null;
  /** Without the slash at its start. */
  readonly path: string;
}

/** BusyBox wget (networking/wget.c), for http alone. */
export const busyboxWget = declareProgram({ options: WGET_OPTIONS, limit: 'http alone' }, function* (proc) {
  const options = yield* readOptions(proc);
  if (!options) return 1;
  if (options.log !== null && options.log !== '-') {
    const log = yield* proc.open(options.log, { write: true, create: true, truncate: true }, 0o666);
    if (!log.ok) return yield* fail(proc, `can't open '${options.log}': ${strerror(log.error, 'musl')}`);
    yield* proc.duplicate(log.value, 2);
  }
  for (const url of options.urls) {
    const download = new Download(proc, options);
    const problem = yield* download.run(url);
    if (problem !== null) return yield* fail(proc, problem);
  }
  return 0;
});

function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `wget: ${text}\n`);
  return 1;
}

function parseUrl(text: string): Url | string {
  const match = /^(?:([a-z]+):\/\/)?([^/?#]+)(?:\/|(?=[?#])|$)([^#]*)/.exec(text);
  if (!match || (match[1] !== undefined && !/^(http|https|ftp|ftps)$/.test(match[1])))
    return `not an http or ftp url: ${text}`;
  const [, scheme = 'http', authority = '', path = ''] = match;
  if (scheme !== 'http') return `${scheme} is not on this simulated host: use http`;
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const end = /^(.*?)(?::(\d+))?$/.exec(host);
  return {
    host,
    name: end?.[1] ?? host,
    port: Number(end?.[2] ?? 80),
    user: at < 0 ? null : authority.slice(0, at),
    path,
  };
}

/** One address that is fetched; its methods give what went wrong, or null. */
class Download {
  private readonly buffer = new ByteBuffer();
  private fd: Fd = -1;
  private begin = 0;

  constructor(
    private readonly proc: Proc,
    private readonly options: WgetOptions,
  ) {}

  *run(text: string): Sys<string | null> {
    const first = parseUrl(text);
    if (typeof first === 'string') return first;
    const file = this.fileName(first);
    if (this.options.resume) {
      const stat = yield* this.proc.stat(file);
      if (stat.ok) this.begin = stat.value.size;
    }
    let url = first;
    let address: Ipv4 | null = null;
    for (let redirects = 1; ; redirects++) {
      if (address === null) {
        const found = yield* this.lookUp(url);
        if (typeof found === 'string') return found;
        address = found;
      }
      const head = (yield* this.request(url, address)) ?? (yield* this.head());
      if (typeof head === 'string') return head;
      const problem = this.statusProblem(head);
      if (problem !== null) return problem;
      const location = head.status >= 300 ? headerValue(head.headers, 'location') : undefined;
      if (location === undefined) return this.options.spider ? yield* this.found() : yield* this.save(head, file);
      if (redirects >= MOST_REDIRECTS) return 'too many redirections';
      yield* this.proc.close(this.fd);
      this.buffer.take(Number.POSITIVE_INFINITY);
      if (location.startsWith('/')) url = { ...url, path: location.slice(1) };
      else {
        const next = parseUrl(location);
        if (typeof next === 'string') return next;
        url = next;
        address = null;
      }
    }
  }

  private *say(text: string): Sys<void> {
    if (!this.options.quiet) yield* this.proc.write(2, text);
  }

  private fileName({ path }: Url): string {
    const { output, folder } = this.options;
    if (output !== null) return output;
    const name = path.slice(path.lastIndexOf('/') + 1) || 'index.html';
    return folder === null ? name : `${folder.replace(/\/$/, '')}/${name}`;
  }

  private *lookUp({ host, name, port }: Url): Sys<Ipv4 | string> {
    const found = yield* resolveHost(this.proc, name);
    const address = found.ok ? found.value[0] : undefined;
    if (address === undefined) return `bad address '${host}'`;
    yield* this.say(`Connecting to ${host} (${formatIpv4(address)}:${port})\n`);
    return address;
  }

  private *request(url: Url, address: Ipv4): Sys<string | null> {
    const { proc, options } = this;
    const socket = yield* proc.socket('inet', 'stream');
    if (!socket.ok) return strerror(socket.error, 'musl');
    this.fd = socket.value;
    proc.setSocketOption(this.fd, { option: 'sendTimeout', value: options.timeout });
    proc.setSocketOption(this.fd, { option: 'receiveTimeout', value: options.timeout });
    const connected = yield* proc.connect(this.fd, { family: 'inet', address, port: url.port });
    if (!connected.ok)
      return connected.error === 'EINPROGRESS'
        ? 'download timed out'
        : `can't connect to remote host (${formatIpv4(address)}): ${strerror(connected.error, 'musl')}`;
    const body = yield* this.postBody();
    if (typeof body === 'string') return body;
    const head = requestHead(url, options, this.begin, body);
    yield* proc.write(this.fd, body ? concatBytes([head, body]) : head);
    return null;
  }

  private *postBody(): Sys<Uint8Array | null | string> {
    const { postData, postFile } = this.options;
    if (postData !== null) return encodeUtf8(postData);
    if (postFile === null) return null;
    const bytes = yield* readFile(this.proc, postFile);
    return bytes.ok ? bytes.value : `can't open '${postFile}': ${strerror(bytes.error, 'musl')}`;
  }

  private *head(): Sys<HttpResponse | string> {
    const reader = new ResponseReader();
    for (;;) {
      const head = reader.next(this.buffer);
      if (typeof head !== 'string') {
        if (head.status === 100) continue;
        if (this.options.showHeaders) yield* this.proc.write(2, head.lines.map((line) => `  ${line}\n`).join(''));
        return head;
      }
      if (head === 'bad header') return 'bad header line';
      if (head !== 'incomplete') return 'error getting response';
      const more = yield* this.more('error getting response: ');
      if (more !== true) return more === false ? 'error getting response' : more;
    }
  }

  /** Takes more bytes in: false at the end; a text where that fails. */
  private *more(during: string): Sys<boolean | string> {
    const bytes = yield* this.proc.read(this.fd);
    if (!bytes.ok) return bytes.error === 'EAGAIN' ? 'download timed out' : during + errorText(bytes.error);
    this.buffer.push(bytes.value);
    return bytes.value.length > 0;
  }

  private statusProblem({ status, lines }: HttpResponse): string | null {
    const good = [200, 201, 202, 203, 204, 300, 301, 302, 303, 307, 308].includes(status);
    if (status === 206 && this.begin > 0) return null;
    if (good && status < 300) this.begin = 0;
    return good ? null : `server returned error: ${lines[0]}`;
  }

  private *found(): Sys<string | null> {
    yield* this.say('remote file exists\n');
    return null;
  }

  private *save(head: HttpResponse, file: string): Sys<string | null> {
    const framing = responseFraming('GET', head.status, head.headers);
    if (!framing) {
      const coding = headerValue(head.headers, 'transfer-encoding');
      if (coding !== undefined && !headerHas(head.headers, 'transfer-encoding', 'chunked'))
        return `transfer encoding '${coding}' is not supported`;
      return `content-length ${headerValue(head.headers, 'content-length')} is garbage`;
    }
    const out = yield* this.open(file);
    if (typeof out === 'string') return out;
    yield* this.say(file === '-' ? 'writing to stdout\n' : `saving to '${file}'\n`);
    const body = new BodyReader(framing);
    const whole = framing.kind === 'length' ? this.begin + framing.length : 0;
    const shows = !this.options.quiet && this.options.log === null;
    const meter = shows ? new Meter(this.proc, file.slice(file.lastIndexOf('/') + 1), this.begin) : null;
    let size = 0;
    for (let ended = false; ; ) {
      const part = body.take(this.buffer);
      size += part.length;
      if (part.length > 0) {
        const written = yield* this.proc.write(out, part);
        if (!written.ok) return `short write: ${errorText(written.error)}`;
      }
      if (body.broken) return 'bad chunk length';
      if (body.done || ended) break;
      if (meter && size > 0) yield* meter.update(size, whole);
      const more = yield* this.more('read error: ');
      if (typeof more === 'string') return more;
      ended = !more;
      if (ended) body.end();
    }
    if (meter) yield* meter.end(size);
    if (!body.done) return 'connection closed prematurely';
    yield* this.say(file === '-' ? 'written to stdout\n' : `'${file}' saved\n`);
    if (out !== 1) yield* this.proc.close(out);
    yield* this.proc.close(this.fd);
    return null;
  }

  /** Without -O a file that is there already is left alone. */
  private *open(file: string): Sys<Fd | string> {
    if (file === '-') return 1;
    const fresh = this.options.output === null;
    const opened =
      this.begin > 0
        ? yield* this.proc.open(file, { write: true, append: true })
        : yield* this.proc.open(
            file,
            { write: true, create: true, truncate: true, exclusive: fresh && !this.options.resume },
            0o666,
          );
    return opened.ok ? opened.value : `can't open '${file}': ${strerror(opened.error, 'musl')}`;
  }
}

const errorText = (error: Errno) => strerror(error, 'musl');

function requestHead(url: Url, options: WgetOptions, begin: number, body: Uint8Array | null): Uint8Array {
  const own = (name: string) => options.headers.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const lines = [`${body ? 'POST' : 'GET'} /${url.path} HTTP/1.1`];
  const add = (name: string, value: string) => {
    if (!own(name)) lines.push(`${name}: ${value}`);
  };
  add('Host', url.host);
  add('User-Agent', options.agent);
  lines.push('Connection: close');
  if (url.user !== null) add('Authorization', `Basic ${encodeBase64(latin1Bytes(url.user))}`);
  if (begin > 0) add('Range', `bytes=${begin}-`);
  lines.push(...options.headers);
  if (body) {
    add('Content-Type', 'application/x-www-form-urlencoded');
    lines.push(`Content-Length: ${body.length}`);
  }
  return latin1Bytes(`${lines.join('\r\n')}\r\n\r\n`);
}
