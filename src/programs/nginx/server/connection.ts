import type { Fd, Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../../kernel/syscalls/socket.ts';
import { formatIpv4, type Ipv4 } from '../../../wire/address.ts';
import { formatIpv6 } from '../../../wire/ipv6-address.ts';
import { BodyReader, requestFraming } from '../../../wire/http/body.ts';
import { ByteBuffer } from '../../../wire/http/byte-buffer.ts';
import { headerHas, headerValue } from '../../../wire/http/headers.ts';
import { type HttpRequest, RequestReader, type RequestProblem } from '../../../wire/http/request.ts';
import { type Coroutine, until } from '../../libc/event-loop.ts';
import { concatBytes } from '../../../base/bytes.ts';
import { HEADER_TOO_LARGE } from '../http/error-page.ts';
import { type Client, Exchange } from '../http/exchange.ts';
import { findServer } from '../http/find-location.ts';
import { handle } from '../http/handle.ts';
import { send } from '../http/send.ts';
import type { Answer } from '../http/answer.ts';
import { parseTarget } from '../http/uri.ts';
import { logLine } from '../http/variables.ts';
import type { Cycle, Listening } from './cycle.ts';

const STATUS: Record<RequestProblem, number> = {
  'bad request line': 400,
  'bad header': 400,
  'bad version': 505,
  'request line too long': 414,
  'header too large': HEADER_TOO_LARGE,
};

/** Text of an end as nginx logs it: IPv4 addresses of inet6 sockets with their prefix. */
function endText(address: SocketAddress): { readonly address: string; readonly port: number } {
  if (address.family === 'inet') return { address: formatIpv4(address.address), port: address.port };
  if (address.family !== 'inet6') return { address: 'unix:', port: 0 };
  const mapped = address.address >> 32n === 0xffffn;
  const text = mapped
    ? `::ffff:${formatIpv4((Number(address.address & 0xffffffffn) | 0) as Ipv4)}`
    : formatIpv6(address.address);
  return { address: text, port: address.port };
}

/** One connection from its first byte to its end, request after request. */
export class Connection {
  private readonly buffer = new ByteBuffer();
  private readonly reader = new RequestReader();
  private readonly client: Client;
  private requests = 0;

  constructor(
    private readonly proc: Proc,
    private readonly cycle: Cycle,
    private readonly listening: Listening,
    private readonly fd: Fd,
    peer: SocketAddress,
    private readonly closing: () => boolean,
  ) {
    const own = proc.socketName(fd);
    const server = own.ok ? endText(own.value) : { address: '0.0.0.0', port: listening.listen.port };
    this.client = {
      number: ++cycle.shared.connections,
      ...endText(peer),
      serverAddress: server.address,
      serverPort: server.port,
    };
  }

  *serve(): Coroutine<void> {
    this.cycle.shared.active++;
    this.proc.setSocketOption(this.fd, { option: 'nonBlocking', on: true });
    while (yield* this.oneRequest());
    this.cycle.shared.active--;
    yield* this.proc.close(this.fd);
  }

  /** @returns whether another request may follow */
  private *oneRequest(): Coroutine<boolean> {
    const fallback = this.defaultServer();
    const { settings } = fallback.server.location;
    const { proc } = this;
    let started = proc.now();
    const limit = this.requests === 0 ? settings.headerTimeout : settings.keepalive;
    let deadline = started + limit * 1e9;
    for (let begun = false; ; ) {
      const request = this.reader.next(this.buffer);
      if (request !== 'incomplete') {
        this.requests++;
        this.cycle.shared.requests++;
        return yield* this.answer(request, started);
      }
      const outcome = yield* until(this.fd, 'read', { deadline, idle: !begun });
      if (outcome === 'closing') return false;
      if (outcome === 'timeout') return yield* this.timedOut(begun, started);
      const bytes = yield* proc.read(this.fd);
      if (!bytes.ok) {
        if (bytes.error === 'EAGAIN') continue;
        return false;
      }
      if (bytes.value.length === 0) return false;
      if (!begun) {
        begun = true;
        started = proc.now();
        deadline = started + settings.headerTimeout * 1e9;
      }
      this.buffer.push(bytes.value);
    }
  }

  /** Silence before a request just ends the connection; in the middle of one it is logged as 408. */
  private *timedOut(begun: boolean, started: number): Coroutine<boolean> {
    if (!begun) return false;
    const x = this.exchange(null, started);
    x.status = 408;
    yield* this.logAccess(x);
    return false;
  }

  private defaultServer(): Listening['servers'][number] {
    const { servers } = this.listening;
    const address = this.client?.serverAddress;
    const own = servers.filter(({ listen }) => listen.address !== null && formatIpv4(listen.address) === address);
    const candidates = own.length > 0 ? own : servers.filter(({ listen }) => listen.address === null);
    const from = candidates.length > 0 ? candidates : servers;
    return (from.find(({ listen }) => listen.defaultServer) ?? from[0]) as Listening['servers'][number];
  }

  private exchange(request: HttpRequest | null, started: number): Exchange {
    const { proc, cycle, client, listening } = this;
    const target = request ? parseTarget(request.target) : null;
    const fallback = this.defaultServer();
    const host = target?.host ?? (request ? headerValue(request.headers, 'host') : undefined);
    const same = listening.servers.filter(({ listen }) => listen.address === fallback.listen.address);
    const name = host?.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase() ?? null;
    const { server } = findServer(same, fallback, name);
    return new Exchange(proc, cycle, client, this.reader.line, request, target, server, started, this.requests);
  }

  private *answer(request: HttpRequest | RequestProblem, started: number): Coroutine<boolean> {
    const head = typeof request === 'string' ? null : request;
    const x = this.exchange(head, started);
    const problem = yield* this.problemOf(x, request);
    x.keepalive = problem === null && head !== null && this.mayStay(x, head);
    const answer: Answer = problem === null ? yield* this.respond(x) : { status: problem };
    const alive = yield* send(x, this.fd, answer);
    x.completed = alive;
    yield* this.logAccess(x);
    this.reader.reset();
    if (!alive || !x.keepalive || this.closing()) return false;
    this.proc.setSocketOption(this.fd, { option: 'noDelay', on: true });
    return true;
  }

  /** The status for a request that goes no further; null for a good one. */
  private *problemOf(x: Exchange, request: HttpRequest | RequestProblem): Coroutine<number | null> {
    if (typeof request === 'string') return STATUS[request];
    if (!x.target) return 400;
    const hosts = request.headers.filter(([name]) => name.toLowerCase() === 'host');
    if (hosts.length > 1 || (hosts.length === 0 && request.version === '1.1' && x.target.host === null)) {
      if (hosts.length > 1) yield* x.log('info', 'client sent duplicate host header');
      return 400;
    }
    if (hosts.some(([, host]) => /[\s/\\]|\.\./.test(host))) return 400;
    const framing = requestFraming(request.headers);
    if (!framing)
      return headerValue(request.headers, 'transfer-encoding') !== undefined &&
        !headerHas(request.headers, 'transfer-encoding', 'chunked')
        ? 501
        : 400;
    if (request.method === 'TRACE' || request.method === 'CONNECT') return 405;
    x.requestLength =
      request.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 2) +
      (x.line?.length ?? 0) +
      2;
    return null;
  }

  private mayStay({ settings }: Exchange, { version, headers }: HttpRequest): boolean {
    if (settings.keepalive === 0 || this.requests >= settings.keepaliveRequests || this.closing()) return false;
    if (headerHas(headers, 'connection', 'close') || version === '0.9') return false;
    return version === '1.1' || headerHas(headers, 'connection', 'keep-alive');
  }

  /** Answers once the body is here, which nobody but an upstream looks at. */
  private *respond(x: Exchange): Coroutine<Answer> {
    const framing = x.request ? requestFraming(x.request.headers) : null;
    if (framing && !(framing.kind === 'length' && framing.length === 0)) {
      const { maxBody } = x.settings;
      if (framing.kind === 'length' && maxBody > 0 && framing.length > maxBody) {
        yield* x.log('error', `client intended to send too large body: ${framing.length} bytes`);
        return { status: 413 };
      }
      if (headerHas(x.request?.headers ?? [], 'expect', '100-continue')) yield* this.proc.send(this.fd, CONTINUE);
      const status = yield* this.readBody(x, new BodyReader(framing));
      if (status !== null) return { status };
    }
    return yield* handle(x);
  }

  private *readBody(x: Exchange, body: BodyReader): Coroutine<number | null> {
    const parts: Uint8Array[] = [];
    for (let size = 0; ; ) {
      const part = body.take(this.buffer);
      size += part.length;
      parts.push(part);
      if (body.broken) return 400;
      if (x.settings.maxBody > 0 && size > x.settings.maxBody) {
        yield* x.log('error', `client intended to send too large chunked body: ${size} bytes`);
        return 413;
      }
      if (body.done) {
        x.requestBody = concatBytes(parts);
        x.requestLength += size;
        return null;
      }
      const deadline = this.proc.now() + x.settings.bodyTimeout * 1e9;
      if ((yield* until(this.fd, 'read', { deadline })) !== 'ready') return 408;
      const bytes = yield* this.proc.read(this.fd);
      if (!bytes.ok && bytes.error === 'EAGAIN') continue;
      if (!bytes.ok || bytes.value.length === 0) return 400;
      this.buffer.push(bytes.value);
    }
  }

  private *logAccess(x: Exchange): Sys<void> {
    for (const { path, format } of x.settings.accessLogs) {
      const file = this.cycle.files.find((each) => each.path === path);
      const text = this.cycle.config.logFormats.get(format) ?? '';
      if (file) yield* this.proc.write(file.fd, `${logLine(x, text)}\n`);
    }
  }
}

const CONTINUE = new Uint8Array([...'HTTP/1.1 100 Continue\r\n\r\n'].map((char) => char.charCodeAt(0)));
