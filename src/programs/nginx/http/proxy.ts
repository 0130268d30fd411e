import { formatIpv4, type Ipv4, parseIpv4 } from '../../../wire/address.ts';
import { BodyReader, responseFraming } from '../../../wire/http/body.ts';
import { parseHttpDate } from '../../../wire/http/date.ts';
import { headerValue } from '../../../wire/http/headers.ts';
import type { HttpResponse } from '../../../wire/http/response.ts';
import type { ProxyPass } from '../config/location.ts';
import type { Coroutine } from '../../libc/event-loop.ts';
import type { Peer } from '../server/upstream-peers.ts';
import type { Answer, Body } from './answer.ts';
import type { Exchange, UpstreamTry } from './exchange.ts';
import { proxyRequest } from './proxy-request.ts';
import { type ProxyTarget, proxyTarget } from './proxy-target.ts';
import { UpstreamConnection, type UpstreamProblem } from './upstream-connection.ts';

/** What nginx says itself, or what only the connection to the upstream is about. */
const NOT_PASSED = new Set(
  'date server x-pad x-accel-expires x-accel-redirect x-accel-limit-rate x-accel-buffering x-accel-charset connection keep-alive transfer-encoding content-length content-type last-modified etag location'.split(
    ' ',
  ),
);

/** Passes a request on to an upstream, to the next peer where one fails (http/ngx_http_upstream.c). */
export function* proxyContent(x: Exchange, pass: ProxyPass): Coroutine<Answer> {
  const target = yield* proxyTarget(x, pass);
  if (!target.ok) {
    yield* x.log('error', target.error);
    return { status: target.error.startsWith('invalid') ? 500 : 502 };
  }
  const { peers, host, uri } = target.value;
  const client = parseIpv4(x.client.address);
  const tried = new Set<Peer>();
  let last: UpstreamProblem | null = null;
  for (;;) {
    const peer = peers.choose(x.proc.now(), tried, client.ok ? client.value : (0 as Ipv4));
    if (!peer) {
      if (last === null) {
        x.upstreams.push(newTry(host));
        yield* x.log('error', 'no live upstreams while connecting to upstream', `http://${host}${uri}`);
      }
      return { status: last?.timeout ? 504 : 502 };
    }
    tried.add(peer);
    const answer = yield* tryPeer(x, peer, target.value, pass);
    if ('status' in answer) return answer;
    last = answer;
    peers.failed(peer, x.proc.now());
    yield* x.log('error', answer.text, `http://${formatIpv4(peer.address)}:${peer.port}${uri}`);
    const again = x.settings.proxy.nextUpstream;
    const unsafe = (x.method === 'POST' || x.method === 'PATCH') && !answer.text.startsWith('connect()');
    if (!again.includes(answer.timeout ? 'timeout' : 'error') || (unsafe && !again.includes('non_idempotent')))
      return { status: answer.timeout ? 504 : 502 };
  }
}

const newTry = (address: string): UpstreamTry => ({
  address,
  status: null,
  connectTime: null,
  headerTime: null,
  responseTime: null,
  length: 0,
});

function* tryPeer(x: Exchange, peer: Peer, target: ProxyTarget, pass: ProxyPass): Coroutine<Answer | UpstreamProblem> {
  const trial = newTry(`${formatIpv4(peer.address)}:${peer.port}`);
  x.upstreams.push(trial);
  x.cycle.shared.connections++;
  peer.active++;
  const connection = yield* UpstreamConnection.open(x, peer, trial);
  if (!(connection instanceof UpstreamConnection)) {
    peer.active--;
    trial.status = connection.timeout ? 504 : 502;
    return connection;
  }
  const head = (yield* connection.send(proxyRequest(x, target))) ?? (yield* connection.head());
  if (!('headers' in head)) {
    peer.active--;
    trial.status = head.timeout ? 504 : 502;
    yield* connection.close();
    return head;
  }
  peer.fails = 0;
  trial.status = head.status;
  const close = function* (): Coroutine<void> {
    peer.active--;
    yield* connection.close();
  };
  const framing = responseFraming(x.method, head.status, head.headers);
  if (!framing) {
    yield* close();
    return {
      text: 'upstream sent invalid "Content-Length" header while reading response header from upstream',
      timeout: false,
    };
  }
  const intercepted =
    x.settings.proxy.interceptErrors && x.settings.errorPages.some(({ codes }) => codes.includes(head.status));
  if (intercepted) {
    yield* close();
    return { status: head.status };
  }
  const told = headerValue(head.headers, 'content-length');
  const body: Body = {
    kind: 'stream',
    length:
      framing.kind === 'length' ? (x.method === 'HEAD' && told !== undefined ? Number(told) : framing.length) : null,
    next: bodyOf(x, connection, new BodyReader(framing), trial, `http://${trial.address}${target.uri}`),
    close,
  };
  return passedOn(x, head, body, target, pass);
}

/** The upstream's answer as the client gets it. */
function passedOn(x: Exchange, head: HttpResponse, body: Body, target: ProxyTarget, pass: ProxyPass): Answer {
  const { proxy } = x.settings;
  const hidden = new Set(proxy.hidden.map((name) => name.toLowerCase()));
  const passed = new Set(proxy.passed.map((name) => name.toLowerCase()));
  const value = (name: string) => (hidden.has(name) ? undefined : headerValue(head.headers, name));
  const modified = parseHttpDate(value('last-modified') ?? '');
  const location = value('location');
  const etag = value('etag');
  return {
    status: head.status,
    reason: head.reason,
    body,
    contentType: value('content-type') ?? null,
    ...(modified !== null && { lastModified: modified }),
    ...(etag !== undefined && { etag }),
    ...(location !== undefined && { location: redirectTo(x, location, target, pass) }),
    headers: head.headers.filter(([name]) => {
      const lower = name.toLowerCase();
      return !hidden.has(lower) && (!NOT_PASSED.has(lower) || passed.has(lower));
    }),
  };
}

/** Location, with the upstream's own address taken out of it (proxy_redirect). */
function redirectTo(x: Exchange, location: string, { host }: ProxyTarget, pass: ProxyPass): string {
  for (const [from = '', to = ''] of x.settings.proxy.redirect) {
    if (from === 'off') return location;
    const prefix = from === 'default' ? `http://${host}${pass.uri ?? x.location.pattern}` : from;
    const replacement = from === 'default' ? x.location.pattern : to;
    if (from === 'default' && pass.host === null) continue;
    if (location.startsWith(prefix)) return replacement + location.slice(prefix.length);
  }
  return location;
}

function bodyOf(
  x: Exchange,
  connection: UpstreamConnection,
  reader: BodyReader,
  trial: UpstreamTry,
  address: string,
): () => Coroutine<Uint8Array | null> {
  return function* () {
    for (;;) {
      const part = reader.take(connection.buffer);
      trial.length += part.length;
      if (part.length > 0) return part;
      if (reader.done || reader.broken) return null;
      const more = yield* connection.more();
      if (more === 'more') continue;
      if (more === 'end' && reader.end()) return null;
      const text = more === 'end' ? 'upstream prematurely closed connection while reading upstream' : more.text;
      yield* x.log('error', text, address);
      x.keepalive = false;
      return null;
    }
  };
}
