import { err, ok, type Result } from '../../base/result.ts';
import { DOCKER_SOCKET, open, type ApiStream } from '../../dockerd/api/client.ts';
import type { ApiResponse } from '../../dockerd/api/types.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** The version that this client models. */
export const CLIENT = {
  version: '28.5.2',
  apiVersion: '1.51',
  gitCommit: 'ecc6942',
  goVersion: 'go1.25.3',
  buildTime: 'Wed Nov  5 14:43:33 2025',
} as const;

/** Why a request failed, in the words that docker prints. Status 0: nobody answered. */
export interface ApiFailure {
  readonly status: number;
  readonly message: string;
}

export type ApiCall<T> = Sys<Result<T, ApiFailure>>;

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a verb has to do with the world: its terminal and the Engine API (docker/cli's DockerCli). */
export class Cli {
  constructor(readonly proc: Proc) {}

  *out(text: string): Sys<void> {
    if (text !== '') yield* this.proc.write(1, text);
  }

  *error(text: string): Sys<void> {
    if (text !== '') yield* this.proc.write(2, text);
  }

  /** Prints one line about what went wrong; the answer is the exit status. */
  *fail(message: string, status = 1): Sys<number> {
    yield* this.error(`${message}\n`);
    return status;
  }

  /** One request and its answer. */
  *call<T = unknown>(method: string, path: string, options: RequestOptions = {}): ApiCall<T> {
    const opened = yield* this.stream(method, path, options);
    if (!opened.ok) return opened;
    yield* opened.value.close();
    return ok(opened.value.response.body as T);
  }

  /** A request whose answer goes on as a stream: attach, logs, events. */
  *stream(method: string, path: string, options: RequestOptions = {}): ApiCall<ApiStream> {
    const opened = yield* open(this.proc, requestOf(method, path, options));
    if (!opened.ok) return err(socketFailure(opened.error, path));
    const { response } = opened.value;
    if (response.status < 400) return opened;
    yield* opened.value.close();
    return err(apiFailure(response));
  }

  /** Sends a request without waiting; `answer` takes what comes back. */
  *begin(method: string, path: string, options: RequestOptions = {}): ApiCall<Fd> {
    const { proc } = this;
    const socket = yield* proc.socket('unix', 'seqpacket');
    if (!socket.ok) return err(socketFailure(socket.error, path));
    const connected = yield* proc.connect(socket.value, { family: 'unix', path: DOCKER_SOCKET });
    const sent = connected.ok ? yield* proc.sendMessage(socket.value, requestOf(method, path, options)) : connected;
    if (sent.ok) return ok(socket.value);
    yield* proc.close(socket.value);
    return err(socketFailure(sent.error, path));
  }

  *answer<T = unknown>(fd: Fd): ApiCall<T> {
    let message = yield* this.proc.receiveMessage(fd);
    // A signal that was caught meanwhile is somebody else's to look at.
    while (!message.ok && message.error === 'EINTR') message = yield* this.proc.receiveMessage(fd);
    yield* this.proc.close(fd);
    if (!message.ok) return err(socketFailure(message.error, ''));
    if (message.value === undefined) return err({ status: 0, message: 'error during connect: EOF' });
    const response = message.value as ApiResponse;
    return response.status < 400 ? ok(response.body as T) : err(apiFailure(response));
  }

  /**
   * The same operation on several objects at once, as docker does; `done` hears of each in the order given. The
   * failures are joined and printed at the end.
   */
  *forEach(
    names: readonly string[],
    request: (name: string) => readonly [method: string, path: string, options?: RequestOptions],
    options: { readonly tolerate?: (failure: ApiFailure) => boolean } = {},
  ): Sys<number> {
    const begun = new Map<string, Result<Fd, ApiFailure>>();
    for (const name of names) if (!begun.has(name)) begun.set(name, yield* this.begin(...request(name)));
    const failures: string[] = [];
    const finished = new Map<string, Result<unknown, ApiFailure>>();
    for (const name of names) {
      const started = begun.get(name) as Result<Fd, ApiFailure>;
      const result = finished.get(name) ?? (started.ok ? yield* this.answer(started.value) : started);
      finished.set(name, result);
      if (result.ok) yield* this.out(`${name}\n`);
      else if (options.tolerate?.(result.error) === true) yield* this.error(`${result.error.message}\n`);
      else failures.push(result.error.message);
    }
    return failures.length === 0 ? 0 : yield* this.fail(failures.join('\n'));
  }
}

function requestOf(method: string, path: string, options: RequestOptions) {
  return { method, path: `/v${CLIENT.apiVersion}${path}`, ...options };
}

function apiFailure(response: ApiResponse): ApiFailure {
  const { message } = (response.body ?? {}) as { message?: string };
  return { status: response.status, message: `Error response from daemon: ${message ?? ''}` };
}

function socketFailure(errno: Errno, path: string): ApiFailure {
  const url = `unix://${DOCKER_SOCKET}`;
  if (errno === 'EACCES') {
    const dial = `Get "http://%2Fvar%2Frun%2Fdocker.sock/v${CLIENT.apiVersion}${path}": dial unix ${DOCKER_SOCKET}: connect: permission denied`;
    return {
      status: 0,
      message: `permission denied while trying to connect to the Docker daemon socket at ${url}: ${dial}`,
    };
  }
  return { status: 0, message: `Cannot connect to the Docker daemon at ${url}. Is the docker daemon running?` };
}
