import type { Errno } from '../../../kernel/syscalls/errno.ts';
import type { Fd } from '../../../kernel/syscalls/proc.ts';
import { ByteBuffer } from '../../../wire/http/byte-buffer.ts';
import { type HttpResponse, ResponseReader } from '../../../wire/http/response.ts';
import { type Coroutine, until } from '../../libc/event-loop.ts';
import { numberedError } from '../../libc/errno-number.ts';
import type { Peer } from '../server/upstream-peers.ts';
import type { Exchange, UpstreamTry } from './exchange.ts';

/** What went wrong with an upstream, in nginx's words, and whether that was a time-out. */
export interface UpstreamProblem {
  readonly text: string;
  readonly timeout: boolean;
}

/** One connection to one peer of an upstream, for one request. */
export class UpstreamConnection {
  readonly buffer = new ByteBuffer();

  private constructor(
    private readonly x: Exchange,
    private readonly fd: Fd,
    private readonly trial: UpstreamTry,
    private readonly started: number,
  ) {}

  static *open(x: Exchange, peer: Peer, trial: UpstreamTry): Coroutine<UpstreamConnection | UpstreamProblem> {
    const { proc } = x;
    const during = 'while connecting to upstream';
    const started = proc.now();
    const failed = (error: Errno): UpstreamProblem => ({
      text: `connect() failed (${numberedError(error, proc.library)}) ${during}`,
      timeout: false,
    });
    const socket = yield* proc.socket('inet', 'stream');
    if (!socket.ok) return failed(socket.error);
    const fd = socket.value;
    proc.setSocketOption(fd, { option: 'nonBlocking', on: true });
    const address = { family: 'inet', address: peer.address, port: peer.port } as const;
    const connecting = yield* proc.connect(fd, address);
    if (!connecting.ok && connecting.error !== 'EINPROGRESS') {
      yield* proc.close(fd);
      return failed(connecting.error);
    }
    const deadline = started + x.settings.proxy.connectTimeout * 1e9;
    const ready = connecting.ok ? 'ready' : yield* until(fd, 'write', { deadline });
    if (ready !== 'ready') {
      yield* proc.close(fd);
      return { text: `upstream timed out (${numberedError('ETIMEDOUT', proc.library)}) ${during}`, timeout: true };
    }
    // A pending error comes with the next call on the socket.
    const probe = yield* proc.send(fd, new Uint8Array(0));
    if (!probe.ok && probe.error !== 'EAGAIN') {
      yield* proc.close(fd);
      return failed(probe.error);
    }
    trial.connectTime = (proc.now() - started) / 1e9;
    return new UpstreamConnection(x, fd, trial, started);
  }

  *send(request: Uint8Array): Coroutine<UpstreamProblem | null> {
    const { proc, settings } = this.x;
    for (let at = 0; at < request.length; ) {
      const sent = yield* proc.send(this.fd, request.subarray(at));
      if (sent.ok) {
        at += sent.value;
        continue;
      }
      const during = 'while sending request to upstream';
      if (sent.error !== 'EAGAIN')
        return { text: `writev() failed (${numberedError(sent.error, proc.library)}) ${during}`, timeout: false };
      const deadline = proc.now() + settings.proxy.sendTimeout * 1e9;
      if ((yield* until(this.fd, 'write', { deadline })) !== 'ready')
        return { text: `upstream timed out (${numberedError('ETIMEDOUT', proc.library)}) ${during}`, timeout: true };
    }
    return null;
  }

  *head(): Coroutine<HttpResponse | UpstreamProblem> {
    const reader = new ResponseReader();
    const during = 'while reading response header from upstream';
    for (;;) {
      const head = reader.next(this.buffer);
      if (typeof head !== 'string') {
        if (head.status >= 100 && head.status < 200 && head.status !== 101) continue;
        this.trial.headerTime = this.seconds();
        return head;
      }
      if (head !== 'incomplete')
        return {
          text: `${head === 'header too large' ? 'upstream sent too big header' : 'upstream sent invalid header'} ${during}`,
          timeout: false,
        };
      const more = yield* this.more(during);
      if (more === 'end') return { text: `upstream prematurely closed connection ${during}`, timeout: false };
      if (more !== 'more') return more;
    }
  }

  /** Waits for more bytes and takes them into the buffer. */
  *more(during = 'while reading upstream'): Coroutine<'more' | 'end' | UpstreamProblem> {
    const { proc, settings } = this.x;
    for (;;) {
      const deadline = proc.now() + settings.proxy.readTimeout * 1e9;
      if ((yield* until(this.fd, 'read', { deadline })) !== 'ready')
        return { text: `upstream timed out (${numberedError('ETIMEDOUT', proc.library)}) ${during}`, timeout: true };
      const bytes = yield* proc.read(this.fd);
      if (!bytes.ok && bytes.error === 'EAGAIN') continue;
      if (!bytes.ok)
        return { text: `recv() failed (${numberedError(bytes.error, proc.library)}) ${during}`, timeout: false };
      if (bytes.value.length === 0) return 'end';
      this.buffer.push(bytes.value);
      return 'more';
    }
  }

  *close(): Coroutine<void> {
    this.trial.responseTime = this.seconds();
    yield* this.x.proc.close(this.fd);
  }

  private seconds(): number {
    return (this.x.proc.now() - this.started) / 1e9;
  }
}
