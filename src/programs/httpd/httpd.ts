import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { ByteBuffer } from '../../wire/http/byte-buffer.ts';
import { type HttpRequest, RequestReader, type RequestProblem } from '../../wire/http/request.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { appletOptions, readNumber } from '../libc/options.ts';
import { failed, replyTo } from './reply.ts';

const USAGE = `httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]

Serve files over HTTP

	-f		Stay in the foreground
	-v[v]		Say what is asked for
	-p [IP:]PORT	Listen there (default *:80)
	-h HOME		Folder of the files (default .)
	-c FILE, -i, -r REALM, -u USER: not on this simulated host`;

const SPEC = 'ifvp:h:c:u:r:d:e:m:';
const NOT_HERE = 'icurdem';

/** How long a client may take for its request. */
const PATIENCE = 60e9;

/** BusyBox httpd (networking/httpd.c): files and folders, without CGI, passwords and configuration files. */
export const httpd = declareProgram(
  {
    options: getoptOptions(SPEC, {
      limits: Object.fromEntries([...NOT_HERE].map((letter) => [letter, 'refused: -f -v -p -h are here'])),
    }),
  },
  function* (proc) {
    const options = yield* appletOptions(proc, 'httpd', SPEC, USAGE);
    if (!options) return 1;
    for (const letter of NOT_HERE)
      if (options.has(letter)) return yield* fail(proc, `-${letter} is not on this simulated host: -f -v -p -h are`);
    const home = options.value('h') ?? '.';
    const entered = yield* proc.chdir(home);
    if (!entered.ok)
      return yield* fail(proc, `can't change directory to '${home}': ${strerror(entered.error, 'musl')}`);
    const end = readEnd(options.value('p') ?? '80');
    if (typeof end === 'string') return yield* fail(proc, end);
    const socket = yield* proc.socket(end.family, 'stream');
    if (!socket.ok) return yield* fail(proc, `socket: ${strerror(socket.error, 'musl')}`);
    proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
    const bound = yield* proc.bind(socket.value, end);
    const listening = bound.ok ? yield* proc.listen(socket.value, 9) : bound;
    if (!listening.ok) return yield* fail(proc, `bind: ${strerror(listening.error, 'musl')}`);
    const verbose = options.count('v');
    const run: Program = (self) => serve(self, socket.value, verbose);
    if (options.has('f')) return yield* run(proc);
    yield* proc.spawn({ run: { program: run }, argv: proc.argv, session: 'new', fds: [[socket.value, socket.value]] });
    return 0;
  },
);

function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `httpd: ${text}\n`);
  return 1;
}

function readEnd(text: string): SocketAddress | string {
  const [, host, portText = ''] = /^(?:(.*):)?(.*)$/.exec(text) ?? [];
  const port = readNumber(portText, 0, 65535);
  if (typeof port === 'string') return port;
  if (host === undefined) return { family: 'inet6', address: 0n, port };
  const address = parseIpv4(host);
  return address.ok ? { family: 'inet', address: address.value, port } : `bad address '${host}'`;
}

function* serve(proc: Proc, listener: Fd, verbose: number): Sys<number> {
  proc.disposition('SIGCHLD', 'ignore');
  for (;;) {
    const accepted = yield* proc.accept(listener);
    if (!accepted.ok) continue;
    const { fd, peer } = accepted.value;
    yield* proc.spawn({
      run: { program: (child) => answer(child, peer, verbose) },
      argv: proc.argv,
      fds: [
        [0, fd],
        [1, fd],
        [2, 2],
      ],
    });
    yield* proc.close(fd);
    while ((yield* nextEnded(proc)) !== null);
  }
}

function* nextEnded(proc: Proc): Sys<number | null> {
  const ended = yield* proc.wait(-1, { noHang: true });
  return ended.ok && ended.value ? ended.value.pid : null;
}

/** One client, in a process of its own. */
function* answer(proc: Proc, peer: SocketAddress, verbose: number): Sys<number> {
  const name = peerText(peer);
  const say = (level: number, text: string) =>
    verbose >= level ? proc.write(2, `${name}: ${text}\n`) : proc.write(2, '');
  yield* say(3, 'connected');
  proc.setSocketOption(0, { option: 'receiveTimeout', value: PATIENCE });
  const request = yield* readRequest(proc);
  if (request === 'end') {
    yield* say(3, 'eof on read, closing');
    return 0;
  }
  if (typeof request !== 'string') yield* say(2, `url:${request.target}`);
  const reply =
    request === 'late'
      ? failed(proc, 408)
      : typeof request === 'string'
        ? failed(proc, 400)
        : yield* replyTo(proc, request);
  yield* say(1, `response:${reply.status}`);
  const page = typeof reply.body === 'string';
  const wanted = typeof request === 'string' || request.method !== 'HEAD';
  // A page of its own goes out with the head; a file follows by sendfile(2).
  yield* proc.write(1, page && wanted ? reply.head + reply.body : reply.head);
  if (!page && wanted) yield* proc.write(1, reply.body);
  return 0;
}

function* readRequest(proc: Proc): Sys<HttpRequest | RequestProblem | 'end' | 'late'> {
  const buffer = new ByteBuffer();
  const reader = new RequestReader();
  for (;;) {
    const request = reader.next(buffer);
    if (request !== 'incomplete') return request;
    const more = yield* proc.read(0);
    if (!more.ok) return more.error === 'EAGAIN' ? 'late' : 'end';
    if (more.value.length === 0) return 'end';
    buffer.push(more.value);
  }
}

function peerText(peer: SocketAddress): string {
  if (peer.family === 'inet') return `${formatIpv4(peer.address)}:${peer.port}`;
  if (peer.family !== 'inet6') return '';
  const mapped = (Number(peer.address & 0xffffffffn) | 0) as Ipv4;
  return `[${peer.address >> 32n === 0xffffn ? `::ffff:${formatIpv4(mapped)}` : '::1'}]:${peer.port}`;
}
