import type { Fd, PollRequest, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { dumpLines } from './dump.ts';
import type { NcOptions } from './options.ts';
import { fail, punt } from './words.ts';

/** The most that is read at once (BIGSIZ). */
const BLOCK = 8192;

/**
 * Carries standard input to the connection and the connection to standard output until both have ended (readwrite in
 * networking/nc_bloaty.c): the end of the input shuts down our direction only; when the other side has ended, the input is
 * still read, and what it says is lost.
 */
export function* readWrite(proc: Proc, net: Fd, options: NcOptions, first: Uint8Array | null = null): Sys<number> {
  const carrier = new Carrier(proc, net, options);
  yield* carrier.open();
  if (first !== null) yield* carrier.show(first);
  const exit = yield* carrier.run();
  yield* proc.close(net);
  return exit;
}

class Carrier {
  sent = 0;
  received = 0;
  private inputOpen: boolean;
  private netOpen = true;
  private dump: Fd | null = null;

  constructor(
    private readonly proc: Proc,
    private readonly net: Fd,
    private readonly options: NcOptions,
  ) {
    this.inputOpen = options.command === null;
  }

  *open(): Sys<void> {
    const { dump } = this.options;
    if (dump === null) return;
    const file = yield* this.proc.open(dump, { write: true, create: true, truncate: true }, 0o666);
    if (file.ok) this.dump = file.value;
  }

  *run(): Sys<number> {
    const { proc, options } = this;
    // A silence of -w seconds is borne once: some answers come late.
    let patience = 2;
    if (options.interval > 0) yield* proc.sleep(options.interval);
    while (this.inputOpen || this.netOpen) {
      const signal = proc.takeSignal();
      if (signal !== null) return yield* this.interrupted(signal);
      const requests: PollRequest[] = [];
      if (this.inputOpen) requests.push({ fd: 0, read: true });
      if (this.netOpen) requests.push({ fd: this.net, read: true });
      const ready = yield* proc.poll(requests, options.timeout > 0 ? options.timeout : undefined);
      if (!ready.ok) {
        if (ready.error === 'EINTR') continue;
        return 1;
      }
      if (ready.value.length === 0 && --patience === 0) {
        if (options.verbose > 1) yield* proc.write(2, 'net timeout\n');
        return 0;
      }
      if (ready.value.some(({ fd }) => fd === this.net)) yield* this.fromNet();
      if (ready.value.some(({ fd }) => fd === 0) && !(yield* this.fromInput())) return 1;
    }
    if (options.verbose > 1) yield* proc.write(2, this.tally());
    return 0;
  }

  private *fromNet(): Sys<void> {
    const data = yield* this.proc.receive(this.net, BLOCK);
    if (!data.ok && data.error === 'EINTR') return;
    if (data.ok && (data.value.data.length > 0 || this.options.udp)) yield* this.show(data.value.data);
    else this.netOpen = false;
  }

  *show(data: Uint8Array): Sys<void> {
    if (this.dump !== null) yield* this.proc.write(this.dump, dumpLines('<', data, this.received));
    this.received += data.length;
    yield* this.proc.write(1, data);
  }

  /** False: it can't get rid of what it has read. */
  private *fromInput(): Sys<boolean> {
    const { proc, options } = this;
    const data = yield* proc.read(0, BLOCK);
    if (!data.ok && data.error === 'EINTR') return true;
    if (!data.ok || data.value.length === 0) {
      this.inputOpen = false;
      yield* proc.shutdown(this.net, 'write');
      return true;
    }
    for (const part of options.interval > 0 ? linesOf(data.value) : [data.value]) {
      const sent = yield* proc.send(this.net, part);
      if (!sent.ok) {
        if (options.verbose > 0) yield* fail(proc, 'too many output retries');
        return false;
      }
      if (this.dump !== null) yield* proc.write(this.dump, dumpLines('>', part, this.sent));
      this.sent += part.length;
      if (options.interval > 0) yield* proc.sleep(options.interval);
    }
    return true;
  }

  private *interrupted(signal: Parameters<typeof punt>[1]): Sys<number> {
    if (this.options.verbose > 1) yield* this.proc.write(2, this.tally());
    return yield* punt(this.proc, signal);
  }

  private tally(): string {
    return `sent ${this.sent}, rcvd ${this.received}\n`;
  }
}

function linesOf(data: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf(10, at);
    const next = end < 0 ? data.length : end + 1;
    lines.push(data.subarray(at, next));
    at = next;
  }
  return lines;
}
