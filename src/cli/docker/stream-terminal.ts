import type { Result } from '../../base/result.ts';
import type { ApiStream } from '../../dockerd/api/client.ts';
import type { Fd, Sys } from '../../kernel/syscalls/proc.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import { RAW, type Termios } from '../../kernel/syscalls/tty.ts';
import type { ApiFailure, Cli } from './cli.ts';
import { EscapeKeys } from './escape-keys.ts';

export interface StreamOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly detachKeys: string;
  /** Gets the signals that docker passes on to the container; without it they do what they always do. */
  readonly forward?: (signal: Signal) => Sys<void>;
}

/** How it ended: the other side closed, the detach keys came, or the user insisted with three signals. */
export type StreamEnd = 'closed' | 'detached' | 'forced';

const FORWARDED: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGTSTP'];

/**
 * Carries an attached stream between the terminal and the engine until it ends (docker/cli hijack.go): raw mode and
 * the window's size with a tty, signals where they are to be forwarded.
 */
export class StreamTerminal {
  private before: Termios | null = null;
  private terminations = 0;

  constructor(
    private readonly cli: Cli,
    private readonly stream: ApiStream,
    private readonly options: StreamOptions,
  ) {}

  /** Catches signals and makes the terminal raw: before the container starts, so that nothing is lost. */
  *prepare(): Sys<void> {
    const { proc } = this.cli;
    if (this.options.forward !== undefined) for (const signal of FORWARDED) proc.disposition(signal, 'catch');
    if (!this.options.tty || !this.options.stdin || !proc.isTty(0)) return;
    this.before = proc.termios(0);
    yield* proc.setTermios(0, RAW);
  }

  /** Tells the engine how large the terminal is. `redraw`: by way of another size, so that a prompt shows itself. */
  *resize(options: { readonly redraw?: boolean } = {}): Sys<void> {
    const size = this.options.tty ? this.cli.proc.windowSize(1) : null;
    if (size === null) return;
    if (options.redraw === true)
      yield* this.stream.send({ resize: { columns: size.columns + 1, rows: size.rows + 1 } });
    yield* this.stream.send({ resize: { columns: size.columns, rows: size.rows } });
  }

  /** Puts the terminal back as it was. */
  *restore(): Sys<void> {
    if (this.before !== null) yield* this.cli.proc.setTermios(0, this.before);
    this.before = null;
  }

  *run(): Sys<StreamEnd> {
    const { proc } = this.cli;
    // Only now is there somebody to tell of another size (docker/cli tty.go, MonitorTtySize after the start).
    if (this.options.tty) proc.disposition('SIGWINCH', 'catch');
    const keys = this.options.tty ? new EscapeKeys(this.options.detachKeys) : null;
    let reading = this.options.stdin;
    if (!reading) yield* this.stream.send({ closeStdin: true });
    for (;;) {
      const waits = [{ fd: this.stream.fd, read: true }, ...(reading ? [{ fd: 0, read: true }] : [])];
      const ready = yield* proc.poll(waits);
      if (!ready.ok) {
        if (ready.error !== 'EINTR') return 'closed';
        if (yield* this.takeSignals()) return 'forced';
        continue;
      }
      if (ready.value.some((each) => each.fd === this.stream.fd)) {
        const message = yield* this.stream.receive();
        if (message === undefined) return 'closed';
        if (message.stdout !== undefined) yield* proc.write(1, message.stdout);
        if (message.stderr !== undefined) yield* proc.write(2, message.stderr);
      }
      if (reading && ready.value.some((each) => each.fd === 0)) {
        const input = yield* proc.read(0);
        if (!input.ok && input.error === 'EINTR') continue;
        if (!input.ok || input.value.length === 0) {
          reading = false;
          yield* this.stream.send({ closeStdin: true });
          continue;
        }
        const typed = keys?.filter(input.value) ?? { data: input.value, detached: false };
        if (typed.data.length > 0) yield* this.stream.send({ stdin: typed.data });
        if (typed.detached) return 'detached';
      }
    }
  }

  /** Waits for the answer to a request, and passes signals on meanwhile. @returns null where the user insisted */
  *awaitAnswer<T>(fd: Fd): Sys<Result<T, ApiFailure> | null> {
    for (;;) {
      const ready = yield* this.cli.proc.poll([{ fd, read: true }]);
      if (ready.ok || ready.error !== 'EINTR') return yield* this.cli.answer<T>(fd);
      if (yield* this.takeSignals()) return null;
    }
  }

  private *takeSignals(): Sys<boolean> {
    const { proc } = this.cli;
    for (let signal = proc.takeSignal(); signal !== null; signal = proc.takeSignal()) {
      if (signal === 'SIGWINCH') yield* this.resize();
      else yield* this.options.forward?.(signal) ?? nothing();
      if (signal === 'SIGINT' || signal === 'SIGTERM') this.terminations++;
      if (this.terminations < 3) continue;
      yield* this.cli.error('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n');
      return true;
    }
    return false;
  }
}

function* nothing(): Sys<void> {}
