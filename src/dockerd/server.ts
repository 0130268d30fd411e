import type { Kernel } from '../kernel/kernel.ts';
import type { Fd, Proc, Sys } from '../kernel/syscalls/proc.ts';
import { DOCKER_SOCKET } from './api/client.ts';
import { answered, type Connection, findRoute, type Route } from './api/router.ts';
import type { ApiRequest, ApiResponse, ClientMessage } from './api/types.ts';
import { Daemon } from './daemon.ts';
import type { ImageDefinition } from './image/image.ts';

interface EngineOptions {
  readonly images: readonly ImageDefinition[];
  /** Its API, asked for by the first request: a page loads it after its first prompt. */
  readonly routes: () => readonly Route[];
}

/** Starts the engine on a host: its networks and rules at once, and a process that listens on /var/run/docker.sock. */
export function startDockerd(kernel: Kernel, { images, routes }: EngineOptions): Daemon {
  const daemon = new Daemon(kernel, images);
  kernel.spawn({
    run: { program: (proc) => listen({ daemon, routes }, proc) },
    argv: ['/usr/bin/dockerd', '-H', 'fd://'],
  });
  return daemon;
}

interface Served {
  readonly daemon: Daemon;
  readonly routes: () => readonly Route[];
}

function* listen(served: Served, proc: Proc): Sys<number> {
  const socket = yield* proc.socket('unix', 'seqpacket');
  if (!socket.ok) return 1;
  const bound = yield* proc.bind(socket.value, { family: 'unix', path: DOCKER_SOCKET });
  if (!bound.ok) return 1;
  yield* proc.listen(socket.value, 128);
  for (;;) {
    const accepted = yield* proc.accept(socket.value);
    if (!accepted.ok) continue;
    const { fd } = accepted.value;
    yield* proc.spawn({
      run: { program: (thread) => serve(served, thread) },
      argv: proc.argv,
      fds: [[0, fd]],
      group: 'new',
      thread: true,
    });
    yield* proc.close(fd);
    for (;;) {
      const ended = yield* proc.wait(-1, { noHang: true });
      if (!ended.ok || ended.value === null) break;
    }
  }
}

/** One connection: a request, its answer, and for streams what follows. */
function* serve({ daemon, routes }: Served, proc: Proc): Sys<number> {
  const received = yield* proc.receiveMessage(0);
  if (!received.ok || received.value === undefined) return 1;
  const request = received.value as ApiRequest;
  const found = findRoute(routes(), request.method, request.path);
  if (!found) {
    yield* proc.sendMessage(0, {
      status: 404,
      body: { message: `page not found: this simulated engine has no ${request.method} ${request.path}` },
    } satisfies ApiResponse);
    return 0;
  }
  const handled = yield* found.route.handle({
    daemon,
    proc,
    path: found.path,
    query: request.query ?? {},
    body: (request.body ?? {}) as Record<string, unknown>,
    connection: connectionOf(proc, 0),
  });
  if (handled !== 'streamed') yield* proc.sendMessage(0, answered(handled));
  return 0;
}

function connectionOf(proc: Proc, fd: Fd): Connection {
  return {
    fd,
    *begin(status) {
      yield* proc.sendMessage(fd, { status, stream: true } satisfies ApiResponse);
    },
    *send(message) {
      return (yield* proc.sendMessage(fd, message)).ok;
    },
    *receive() {
      const message = yield* proc.receiveMessage(fd);
      return message.ok ? (message.value as ClientMessage | undefined) : undefined;
    },
  };
}
