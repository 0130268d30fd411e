import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

const STALLED = 5;

/** BusyBox's progress line (libbb/progress.c): at most once a second, and at the end. */
export class Meter {
  private readonly started: number;
  private lastUpdate: number;
  private lastChange: number;
  private lastSize = 0;

  constructor(
    private readonly proc: Proc,
    private readonly name: string,
    /** Where the transfer goes on. */
    private readonly begin: number,
  ) {
    this.started = this.lastUpdate = this.lastChange = this.seconds();
  }

  private seconds(): number {
    return Math.floor(this.proc.now() / 1e9);
  }

  /** @param total of the whole file; 0: nobody knows */
  *update(transferred: number, total: number): Sys<boolean> {
    const now = this.seconds();
    const idle = now - this.lastUpdate;
    this.lastUpdate = now;
    const complete = total !== 0 && transferred >= total - this.begin;
    if (!complete && idle === 0) return false;
    const terminal = this.proc.isTty(2);
    yield* this.proc.write(2, `${terminal ? '\r' : ''}${this.line(transferred, total, now)}${terminal ? '' : '\n'}`);
    return true;
  }

  *end(transferred: number): Sys<void> {
    const shown = yield* this.update(transferred, this.begin + transferred);
    if (shown && this.proc.isTty(2)) yield* this.proc.write(2, '\n');
  }

  private line(transferred: number, total: number, now: number): string {
    const done = this.begin + transferred;
    let text = `${this.name.padEnd(20).slice(0, 20)} `;
    if (total !== 0) {
      text += `${String(Math.floor((100 * done) / total)).padStart(3)}% `;
      const width = Math.min((this.proc.windowSize(2)?.columns ?? 80) - 48, 999);
      if (width > 2) text += `|${'*'.repeat(Math.floor((width * done) / total)).padEnd(width)}| `;
    }
    text += fiveWide(done);
    let stalled = now - this.lastChange;
    if (transferred !== this.lastSize) {
      this.lastChange = now;
      this.lastSize = transferred;
      stalled = 0;
    }
    if (stalled >= STALLED) return `${text}  - stalled -`;
    if (total === 0 || transferred === 0) return `${text} --:--:-- ETA`;
    const elapsed = now - this.started;
    const eta = Math.max(0, Math.floor(((total - this.begin) * elapsed) / transferred) - elapsed);
    const two = (n: number) => String(n).padStart(2, '0');
    return `${text}${String(Math.floor(eta / 3600)).padStart(3)}:${two(Math.floor(eta / 60) % 60)}:${two(eta % 60)} ETA`;
  }
}

function fiveWide(size: number): string {
  if (size < 100_000) return String(size).padStart(5);
  let value = size;
  for (const unit of 'kMGTP') {
    value /= 1024;
    if (value < 9999.5) return `${String(Math.round(value)).padStart(4)}${unit}`;
  }
  return String(size);
}
