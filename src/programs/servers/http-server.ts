import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import type { Fd, Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS } from '../../wire/address.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export interface HttpServerOptions {
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
  let text = '';
  while (!text.includes('\r\n\r\n')) {
    const more = yield* proc.read(fd, 8192);
    if (!more.ok || more.value.length === 0) return 0;
    text += decodeUtf8(more.value);
  }
  const [method = ''] = text.split(' ');
  const known = method === 'GET' || method === 'HEAD';
  const content = encodeUtf8(body);
  const head = [
    known ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 501 Unsupported method',
    `Server: ${server}`,
    `Date: ${httpDate(proc.date())}`,
    'Content-type: text/html',
    `Content-Length: ${known ? content.length : 0}`,
    `Last-Modified: ${modified}`,
    'Connection: close',
  ];
  yield* proc.write(fd, `${head.join('\r\n')}\r\n\r\n`);
  if (method === 'GET') yield* proc.write(fd, content);
  return 0;
}

/** `Mon, 23 Nov 2026 19:18:15 GMT`. @param date milliseconds since 1970 */
export function httpDate(date: number): string {
  const days = Math.floor(date / 86_400_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = Math.floor((date % 86_400_000) / 1000);
  let year = 1970;
  let left = days;
  const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  for (; left >= (leap(year) ? 366 : 365); year++) left -= leap(year) ? 366 : 365;
  const lengths = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; left >= (lengths[month] as number); month++) left -= lengths[month] as number;
  return `${DAYS[(days + 4) % 7]}, ${two(left + 1)} ${MONTHS[month]} ${year} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} GMT`;
}
