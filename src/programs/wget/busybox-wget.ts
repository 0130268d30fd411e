import { decodeUtf8, concatBytes } from '../../base/bytes.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { resolveHost } from '../libc/resolve.ts';

const USAGE = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR] [-T SEC] [-U AGENT] URL...

Retrieve files over HTTP

	--spider	Only see whether the page is there
	--header STR	Add a header
	--post-data STR	Send STR with POST
	-q		Say nothing
	-S		Show the server's headers
	-O FILE		Write to FILE ('-' for standard output)
	-T SEC		Give up after so long
	-U STR		Another user agent`;

const LONG = {
  spider: 'X',
  header: 'H',
  'post-data': 'D',
  timeout: 'T',
  'user-agent': 'U',
  quiet: 'q',
  'output-document': 'O',
  'server-response': 'S',
  tries: 't',
  'no-check-certificate': 'N',
};

interface Settings {
  readonly quiet: boolean;
  readonly headers: boolean;
  readonly spider: boolean;
  readonly output: string | null;
  /** Nanoseconds. */
  readonly timeout: number;
  readonly agent: string;
  readonly extra: readonly string[];
  readonly body: string | null;
}

interface Url {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** BusyBox wget (networking/wget.c), for http alone. */
export const busyboxWget: Program = function* (proc) {
  const parsed = getopt(proc.argv.slice(1), 'cqSO:o:P:T:U:t:XH:D:NY:', { long: LONG });
  if (parsed.problem) return yield* showUsage(proc, USAGE, problemText('wget', parsed.problem, 'musl'));
  const value = (name: string) => parsed.given.findLast((each) => each.name === name)?.value;
  const has = (name: string) => parsed.given.some((each) => each.name === name);
  const [target] = parsed.rest;
  if (target === undefined) return yield* showUsage(proc, USAGE);
  const settings: Settings = {
    quiet: has('q'),
    headers: has('S'),
    spider: has('X'),
    output: value('O') ?? null,
    timeout: Number(value('T') ?? 900) * 1e9,
    agent: value('U') ?? 'Wget',
    extra: parsed.given.flatMap((each) => (each.name === 'H' ? [each.value] : [])),
    body: value('D') ?? null,
  };
  let url = readUrl(target);
  for (let redirects = 0; redirects < 20; redirects++) {
    if (typeof url === 'string') return yield* fail(proc, url);
    const next: number | string = yield* fetchPage(proc, url, settings);
    if (typeof next === 'number') return next;
    url = next.startsWith('/') ? { ...url, path: next } : readUrl(next);
  }
  return yield* fail(proc, 'too many redirections');
};

function readUrl(text: string): Url | string {
  const match = /^(?:([a-z]+):\/\/)?([^/:?#]+)(?::(\d+))?([/?][^#]*)?/.exec(text);
  if (!match) return `not an http or ftp url: ${text}`;
  if (match[1] !== undefined && match[1] !== 'http')
    return match[1] === 'https' ? 'https is not on this simulated host: use http' : `not an http or ftp url: ${text}`;
  const path = match[4] ?? '/';
  return { host: match[2] as string, port: Number(match[3] ?? 80), path: path.startsWith('?') ? `/${path}` : path };
}

function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `wget: ${text}\n`);
  return 1;
}

/** The exit status, or the address that the server sends us to. */
function* fetchPage(proc: Proc, { host, port, path }: Url, settings: Settings): Sys<number | string> {
  const found = yield* resolveHost(proc, host);
  if (!found.ok) return yield* fail(proc, `bad address '${host}'`);
  const address = found.value[0] as Ipv4;
  if (!settings.quiet)
    yield* proc.write(2, `Connecting to ${host}${port === 80 ? '' : `:${port}`} (${formatIpv4(address)}:${port})\n`);
  const socket = yield* proc.socket('inet', 'stream');
  if (!socket.ok) return yield* fail(proc, strerror(socket.error, 'musl'));
  proc.setSocketOption(socket.value, { option: 'sendTimeout', value: settings.timeout });
  proc.setSocketOption(socket.value, { option: 'receiveTimeout', value: settings.timeout });
  const connected = yield* proc.connect(socket.value, { family: 'inet', address, port });
  if (!connected.ok) {
    if (connected.error === 'EINPROGRESS') return yield* fail(proc, 'download timed out');
    return yield* fail(
      proc,
      `can't connect to remote host (${formatIpv4(address)}): ${strerror(connected.error, 'musl')}`,
    );
  }
  yield* proc.write(socket.value, requestText(host, port, path, settings));
  const reader = new ResponseReader(proc, socket.value);
  const head = yield* reader.head();
  if (typeof head === 'string') return yield* fail(proc, head);
  if (settings.headers) yield* proc.write(2, head.lines.map((line) => `  ${line}\n`).join(''));
  const location = head.header('location');
  if (head.status >= 300 && head.status < 400 && location !== undefined) return location;
  if (head.status < 200 || head.status >= 300) return yield* fail(proc, `server returned error: ${head.lines[0]}`);
  if (settings.spider) {
    if (!settings.quiet) yield* proc.write(2, 'remote file exists\n');
    return 0;
  }
  return yield* save(proc, reader, head, path, settings);
}

function requestText(host: string, port: number, path: string, { agent, extra, body }: Settings): string {
  const lines = [
    `${body === null ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    `Host: ${host}${port === 80 ? '' : `:${port}`}`,
    `User-Agent: ${agent}`,
    'Connection: close',
    ...extra,
  ];
  if (body !== null) lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

interface Head {
  readonly lines: readonly string[];
  readonly status: number;
  header(name: string): string | undefined;
}

/** Reads an HTTP response from a socket. */
class ResponseReader {
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly proc: Proc,
    private readonly fd: Fd,
  ) {}

  /** The status line and headers; a text where there are none. */
  *head(): Sys<Head | string> {
    for (;;) {
      const text = decodeUtf8(this.rest);
      const end = text.indexOf('\r\n\r\n');
      if (end >= 0) {
        this.rest = this.rest.subarray(end + 4);
        return headOf(text.slice(0, end).split('\r\n'));
      }
      const more = yield* this.proc.read(this.fd);
      if (!more.ok) return problem(more.error);
      if (more.value.length === 0) return 'error getting response';
      this.rest = concatBytes([this.rest, more.value]);
    }
  }

  /** Up to `max` bytes of what follows; empty at the end. */
  *body(max: number): Sys<Uint8Array | string> {
    if (this.rest.length > 0) {
      const part = this.rest.subarray(0, max);
      this.rest = this.rest.subarray(part.length);
      return part;
    }
    const more = yield* this.proc.read(this.fd, max);
    return more.ok ? more.value : problem(more.error);
  }
}

const problem = (errno: Errno): string => (errno === 'EAGAIN' ? 'download timed out' : strerror(errno, 'musl'));

function headOf(lines: readonly string[]): Head {
  return {
    lines,
    status: Number(/^HTTP\/\d\.\d (\d{3})/.exec(lines[0] ?? '')?.[1] ?? 0),
    header: (name) =>
      lines
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim(),
  };
}

function* save(proc: Proc, reader: ResponseReader, head: Head, path: string, settings: Settings): Sys<number> {
  const name = settings.output ?? (path.split('?')[0]?.split('/').pop() || 'index.html');
  let out: Fd = 1;
  if (name !== '-') {
    const file = yield* proc.open(
      name,
      { write: true, create: true, truncate: settings.output !== null, exclusive: settings.output === null },
      0o666,
    );
    if (!file.ok) return yield* fail(proc, `can't open '${name}': ${strerror(file.error, 'musl')}`);
    out = file.value;
    if (!settings.quiet) yield* proc.write(2, `saving to '${name}'\n`);
  }
  const length = head.header('content-length');
  let left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  let total = 0;
  while (left > 0) {
    const part = yield* reader.body(Math.min(left, 65536));
    if (typeof part === 'string') return yield* fail(proc, part);
    if (part.length === 0) break;
    left -= part.length;
    total += part.length;
    yield* proc.write(out, part);
  }
  if (left > 0 && left !== Number.POSITIVE_INFINITY) return yield* fail(proc, 'connection closed prematurely');
  if (!settings.quiet) {
    const shown = name === '-' ? '-' : name;
    yield* proc.write(
      2,
      `${shown.padEnd(20).slice(0, 20)} 100% |${'*'.repeat(32)}| ${String(total).padStart(5)}  0:00:00 ETA\n`,
    );
    yield* proc.write(2, name === '-' ? 'written to stdout\n' : `'${name}' saved\n`);
  }
  return 0;
}
