import { err, ok, type Result } from '../../base/result.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Call, Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { ApiRequest, ApiResponse, ClientMessage, ServerMessage } from './types.ts';

export const DOCKER_SOCKET = '/var/run/docker.sock';

/** An open exchange with the engine: the answer, and the stream behind it. */
export interface ApiStream {
  readonly response: ApiResponse;
  /** For poll: readable when `receive` would not wait. */
  readonly fd: Fd;
  /** The next message; undefined at the end of the stream. */
  receive(): Sys<ServerMessage | undefined>;
  send(message: ClientMessage): Sys<void>;
  close(): Sys<void>;
}

/** Sends a request and keeps the connection open; a failure is that of the socket: nobody listens. */
export function* open(proc: Proc, request: ApiRequest): Call<ApiStream> {
  const socket = yield* proc.socket('unix', 'seqpacket');
  if (!socket.ok) return socket;
  const fd = socket.value;
  const connected = yield* proc.connect(fd, { family: 'unix', path: DOCKER_SOCKET });
  if (!connected.ok) return yield* fail(proc, fd, connected.error);
  const sent = yield* proc.sendMessage(fd, request);
  if (!sent.ok) return yield* fail(proc, fd, sent.error);
  const response = yield* proc.receiveMessage(fd);
  if (response.ok && response.value !== undefined) return ok(stream(proc, fd, response.value as ApiResponse));
  return yield* fail(proc, fd, response.ok ? 'ECONNRESET' : response.error);
}

/** Sends a request and takes its answer. */
export function* request(proc: Proc, asked: ApiRequest): Sys<Result<ApiResponse, Errno>> {
  const opened = yield* open(proc, asked);
  if (!opened.ok) return opened;
  yield* opened.value.close();
  return ok(opened.value.response);
}

function* fail(proc: Proc, fd: Fd, errno: Errno): Sys<Result<never, Errno>> {
  yield* proc.close(fd);
  return err(errno);
}

function stream(proc: Proc, fd: Fd, response: ApiResponse): ApiStream {
  return {
    response,
    fd,
    *receive() {
      const message = yield* proc.receiveMessage(fd);
      return message.ok ? (message.value as ServerMessage | undefined) : undefined;
    },
    *send(message) {
      yield* proc.sendMessage(fd, message);
    },
    *close() {
      yield* proc.close(fd);
    },
  };
}
