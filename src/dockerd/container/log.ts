import { concatBytes, NO_BYTES } from '../../base/bytes.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';

export interface LogEntry {
  readonly stream: 'stdout' | 'stderr';
  readonly line: Uint8Array;
  readonly time: string;
  /** Milliseconds since 1970. */
  readonly date: number;
}

const NEWLINE = 10;
const MOST_ENTRIES = 20_000;
/** How many more there may be before the oldest go, many at once. */
const SLACK = 5_000;
const LONGEST = 16_384;

/** What a container has said, a line an entry (the json-file driver); the oldest go when there are too many. */
export class ContainerLog {
  readonly changed = new WaitQueue();
  /** How many of the oldest have gone. */
  dropped = 0;
  private readonly entries: LogEntry[] = [];
  private readonly rest = { stdout: NO_BYTES, stderr: NO_BYTES };

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array, time: string, date: number): void {
    let all = this.rest[stream].length === 0 ? bytes : concatBytes([this.rest[stream], bytes]);
    for (let at = all.indexOf(NEWLINE); at >= 0; at = all.indexOf(NEWLINE)) {
      this.entries.push({ stream, line: all.slice(0, at + 1), time, date });
      all = all.subarray(at + 1);
    }
    // A line that doesn't end is kept in parts (daemon/logger/copier.go).
    for (; all.length >= LONGEST; all = all.subarray(LONGEST))
      this.entries.push({ stream, line: all.slice(0, LONGEST), time, date });
    this.rest[stream] = all.slice();
    if (this.entries.length > MOST_ENTRIES + SLACK)
      this.dropped += this.entries.splice(0, this.entries.length - MOST_ENTRIES).length;
    this.changed.wake();
  }

  /** A last line without an end becomes an entry when its process has ended. */
  flush(time: string, date: number): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.rest[stream].length > 0) this.entries.push({ stream, line: this.rest[stream], time, date });
      this.rest[stream] = NO_BYTES;
    }
    this.changed.wake();
  }

  get length(): number {
    return this.dropped + this.entries.length;
  }

  /** The entry of that number, counted from the container's first. */
  at(index: number): LogEntry | undefined {
    return this.entries[index - this.dropped];
  }
}
