import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ByteBuffer } from '../../wire/http/byte-buffer.ts';
import { type Connected, connectTo, type ConnectOptions } from './connect.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Failure } from './failure.ts';

/** A connection that requests go out on, one after the other. */
export interface OpenConnection extends Connected {
  readonly number: number;
  readonly buffer: ByteBuffer;
  readonly key: string;
}

/** The connections of one run of curl: those that stay open are used again. */
export class Session {
  private readonly idle = new Map<string, OpenConnection>();
  private made = 0;

  constructor(private readonly proc: Proc) {}

  *connection(options: ConnectOptions): Sys<Result<{ connection: OpenConnection; reused: boolean }, Failure>> {
    const key = `${options.url.host}:${options.url.port}`;
    const kept = this.idle.get(key);
    if (kept) {
      this.idle.delete(key);
      if (!(yield* hasEnded(this.proc, kept.fd))) {
        options.timings.nameLookup = options.timings.connect = this.proc.now();
        yield* options.tell(`Reusing existing http: connection with host ${options.url.host}`);
        return ok({ connection: kept, reused: true });
      }
      yield* this.proc.close(kept.fd);
    }
    const connected = yield* connectTo(this.proc, options);
    if (!connected.ok) return err(connected.error);
    const connection = { ...connected.value, number: this.made++, buffer: new ByteBuffer(), key };
    return ok({ connection, reused: false });
  }

  keep(connection: OpenConnection): void {
    this.idle.set(connection.key, connection);
  }

  *discard({ fd }: OpenConnection): Sys<void> {
    yield* this.proc.close(fd);
  }

  *closeAll(): Sys<void> {
    for (const { fd } of this.idle.values()) yield* this.proc.close(fd);
    this.idle.clear();
  }
}

/** Whether the other side has closed it meanwhile, or sent what nobody asked for. */
function* hasEnded(proc: Proc, fd: Fd): Sys<boolean> {
  const ready = yield* proc.poll([{ fd, read: true }], 0);
  return !ready.ok || ready.value.length > 0;
}
