import { encodeUtf8 } from '../../base/bytes.ts';
import type { Fd, Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS } from '../../wire/address.ts';
import { ByteBuffer } from '../../wire/http/byte-buffer.ts';
import { httpDate } from '../../wire/http/date.ts';
import { formatHeaders } from '../../wire/http/headers.ts';
import { type HttpRequest, RequestReader, type RequestProblem } from '../../wire/http/request.ts';

export interface HttpServerOptions {
  /** What stands at `/`. */
  readonly body: string;
  /** What it calls itself in the Server header. */
  readonly server: string;
  /** When its page was last changed, as HTTP writes dates. */
  readonly modified: string;
}

/** A plain web server with one page, which sends headers and body apart and closes after each answer (like Python's http.server). */
export const httpServer = (options: HttpServerOptions): Program =>
  function* (proc) {
    const socket = yield* proc.socket('inet', 'stream');
    if (!socket.ok) return 1;
    proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
    const bound = yield* proc.bind(socket.value, { family: 'inet', address: ANY_ADDRESS, port: 80 });
    if (!bound.ok) return 1;
    yield* proc.listen(socket.value, 5);
    for (;;) {
      const accepted = yield* proc.accept(socket.value);
      if (!accepted.ok) continue;
      yield* proc.spawn({
        run: { program: (child) => answer(child, 0, options) },
        argv: proc.argv,
        fds: [[0, accepted.value.fd]],
      });
      yield* proc.close(accepted.value.fd);
      for (;;) {
        const ended = yield* proc.wait(-1, { noHang: true });
        if (!ended.ok || ended.value === null) break;
      }
    }
  };

function* answer(proc: Proc, fd: Fd, { body, server, modified }: HttpServerOptions): Sys<number> {
  proc.setSocketOption(fd, { option: 'noDelay', on: true });
  const request = yield* readRequest(proc, fd);
  if (request === null) return 0;
  const { status, reason, content } = replyTo(request, body);
  const head = formatHeaders([
    ['Server', server],
    ['Date', httpDate(proc.date())],
    ['Content-type', 'text/html'],
    ['Content-Length', String(content.length)],
    ...(status === 200 ? [['Last-Modified', modified] as const] : []),
    ['Connection', 'close'],
  ]);
  yield* proc.write(fd, `HTTP/1.1 ${status} ${reason}\r\n${head}\r\n`);
  if (typeof request === 'string' || request.method !== 'HEAD') yield* proc.write(fd, content);
  yield* proc.close(fd);
  return 0;
}

function* readRequest(proc: Proc, fd: Fd): Sys<HttpRequest | RequestProblem | null> {
  const buffer = new ByteBuffer();
  const reader = new RequestReader();
  for (;;) {
    const request = reader.next(buffer);
    if (request !== 'incomplete') return request;
    const more = yield* proc.read(fd, 8192);
    if (!more.ok || more.value.length === 0) return null;
    buffer.push(more.value);
  }
}

function replyTo(
  request: HttpRequest | RequestProblem,
  body: string,
): { readonly status: number; readonly reason: string; readonly content: Uint8Array } {
  const failed = (status: number, reason: string) => ({
    status,
    reason,
    content: encodeUtf8(`<!DOCTYPE HTML>\n<html><head><title>${status}</title></head><body>${reason}</body></html>\n`),
  });
  if (typeof request === 'string') return failed(400, 'Bad request syntax');
  if (request.method !== 'GET' && request.method !== 'HEAD') return failed(501, 'Unsupported method');
  const [path = ''] = request.target.replace(/^http:\/\/[^/]*/, '').split('?');
  if (path !== '/' && path !== '/index.html' && path !== '') return failed(404, 'Not Found');
  return { status: 200, reason: 'OK', content: encodeUtf8(body) };
}
