import type { Errno } from '../../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../../kernel/syscalls/socket.ts';
import { ANY_ADDRESS } from '../../../wire/address.ts';
import { numberedError } from '../../libc/errno-number.ts';
import { readWholeFile } from '../../libc/resolve.ts';
import { type Directive, find } from '../config/directive.ts';
import type { HttpConfig } from '../config/http-config.ts';
import { type Listen, listenText } from '../config/listen.ts';
import type { Location } from '../config/location.ts';
import type { Console } from './console.ts';
import { DEFAULT_ERROR_LOG } from './console.ts';
import type { Cycle, Listening, LogFile } from './cycle.ts';
import type { UpstreamPeers } from './upstream-peers.ts';

const BACKLOG = 511;
const BIND_TRIES = 5;
const BIND_PAUSE = 500e6;

/** What a configuration says of the server as a whole. */
export interface MainConfig {
  readonly main: readonly Directive[];
  readonly http: HttpConfig;
  readonly peers: ReadonlyMap<string, UpstreamPeers>;
}

const ALL_LOGS = (location: Location): string[] => [
  ...location.settings.accessLogs.map(({ path }) => path),
  ...(location.settings.errorLog ? [location.settings.errorLog.path] : []),
  ...location.locations.flatMap(ALL_LOGS),
];

const absolute = (path: string) => (path.startsWith('/') || path === 'stderr' ? path : `/etc/nginx/${path}`);

/** Opens every log of a configuration; null after a complaint. */
export function* openLogs(proc: Proc, { main, http }: MainConfig, console: Console): Sys<LogFile[] | null> {
  const error = find(main, 'error_log')?.args[0] ?? DEFAULT_ERROR_LOG;
  const paths = new Set([error, ...http.servers.flatMap(({ location }) => ALL_LOGS(location))]);
  const files: LogFile[] = [];
  for (const path of paths) {
    if (path === 'stderr') {
      files.push({ path, fd: 2 });
      continue;
    }
    const file = yield* proc.open(absolute(path), { write: true, append: true, create: true }, 0o644);
    if (!file.ok) {
      yield* console.say('emerg', `open() "${absolute(path)}" failed (${numberedError(file.error, proc.library)})`);
      return null;
    }
    files.push({ path, fd: file.value });
  }
  return files;
}

/** The sockets that the servers want: one for each port and family, the wildcard instead of single addresses where there is one. */
export function wantedSockets({ servers }: HttpConfig): readonly Omit<Listening, 'fd'>[] {
  const byPort = new Map<string, { listen: Listen; server: (typeof servers)[number] }[]>();
  for (const server of servers)
    for (const listen of server.listens) {
      const key = `${listen.family} ${listen.port}`;
      byPort.set(key, [...(byPort.get(key) ?? []), { listen, server }]);
    }
  return [...byPort.values()].flatMap((group) => {
    const wildcard = group.find(({ listen }) => listen.address === null);
    if (wildcard) return [{ listen: wildcard.listen, servers: group }];
    const texts = new Set(group.map(({ listen }) => listenText(listen)));
    return [...texts].map((text) => {
      const own = group.filter(({ listen }) => listenText(listen) === text);
      return { listen: (own[0] as (typeof own)[number]).listen, servers: own };
    });
  });
}

/** Opens the sockets, those that an older configuration has open stay; null after complaints (ngx_open_listening_sockets). */
export function* openSockets(
  proc: Proc,
  config: HttpConfig,
  old: readonly Listening[],
  console: Console,
): Sys<Listening[] | null> {
  const wanted = wantedSockets(config);
  const open: Listening[] = [];
  for (let tries = BIND_TRIES; tries > 0; tries--) {
    let failed = false;
    for (const each of wanted) {
      const text = listenText(each.listen);
      if (open.some(({ listen }) => listenText(listen) === text)) continue;
      const kept = old.find(({ listen }) => listenText(listen) === text);
      const made: Fd | Errno = kept ? kept.fd : yield* listenAt(proc, each.listen);
      if (typeof made === 'number') {
        open.push({ ...each, fd: made });
        continue;
      }
      yield* console.say('emerg', `bind() to ${text} failed (${numberedError(made, proc.library)})`);
      if (made !== 'EADDRINUSE') return null;
      failed = true;
    }
    if (!failed) return open;
    yield* console.say('notice', 'try again to bind() after 500ms');
    yield* proc.sleep(BIND_PAUSE);
  }
  yield* console.say('emerg', 'still could not bind()');
  return null;
}

function* listenAt(proc: Proc, { family, address, port, ipv6Only }: Listen): Sys<Fd | Errno> {
  const socket = yield* proc.socket(family, 'stream');
  if (!socket.ok) return socket.error;
  proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
  proc.setSocketOption(socket.value, { option: 'nonBlocking', on: true });
  if (family === 'inet6') proc.setSocketOption(socket.value, { option: 'bindV6Only', on: ipv6Only });
  const end: SocketAddress =
    family === 'inet6' ? { family, address: 0n, port } : { family, address: address ?? ANY_ADDRESS, port };
  const bound = yield* proc.bind(socket.value, end);
  const listening = bound.ok ? yield* proc.listen(socket.value, BACKLOG) : bound;
  if (listening.ok) return socket.value;
  yield* proc.close(socket.value);
  return listening.error;
}

/** A configuration with its logs and sockets open: ready for workers. */
export function* startCycle(proc: Proc, config: MainConfig, old: Cycle | null, console: Console): Sys<Cycle | null> {
  const { main, http } = config;
  const files = yield* openLogs(proc, config, console);
  if (!files) return null;
  const listening = yield* openSockets(proc, http, old?.listening ?? [], console);
  if (!listening) return null;
  const workers = find(main, 'worker_processes')?.args[0] ?? '1';
  const errorLog = find(main, 'error_log')?.args ?? [DEFAULT_ERROR_LOG];
  return {
    config: http,
    listening,
    files,
    errorLog: { path: errorLog[0] as string, level: errorLog[1] ?? 'error' },
    peers: config.peers,
    workers: workers === 'auto' ? yield* processors(proc) : Number(workers),
    user: find(main, 'user')?.args[0] ?? 'nobody',
    shared: old?.shared ?? { connections: 0, requests: 0, active: 0 },
  };
}

function* processors(proc: Proc): Sys<number> {
  const text = (yield* readWholeFile(proc, '/proc/cpuinfo')) ?? '';
  return Math.max(1, [...text.matchAll(/^processor\b/gm)].length);
}
