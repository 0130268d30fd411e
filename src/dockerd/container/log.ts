import { concatBytes, NO_BYTES } from '../../base/bytes.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';
import { formatTime } from '../timestamp.ts';

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
  /** All lines one behind the other, and where each ends: an object for each line would weigh ten times what it says. */
  private bytes = new Uint8Array(256);
  private readonly ends: number[] = [];
  private readonly streams: LogEntry['stream'][] = [];
  private readonly dates: number[] = [];
  private readonly nanos: number[] = [];
  private readonly rest = { stdout: NO_BYTES, stderr: NO_BYTES };

  /** @param date milliseconds since 1970 @param nanos of the second, for the entry's time */
  write(stream: LogEntry['stream'], bytes: Uint8Array, date: number, nanos: number): void {
    let all = this.rest[stream].length === 0 ? bytes : concatBytes([this.rest[stream], bytes]);
    for (let at = all.indexOf(NEWLINE); at >= 0; at = all.indexOf(NEWLINE)) {
      this.push(stream, all.subarray(0, at + 1), date, nanos);
      all = all.subarray(at + 1);
    }
    // A line that doesn't end is kept in parts (daemon/logger/copier.go).
    for (; all.length >= LONGEST; all = all.subarray(LONGEST)) this.push(stream, all.subarray(0, LONGEST), date, nanos);
    this.rest[stream] = all.slice();
    if (this.ends.length > MOST_ENTRIES + SLACK) this.drop(this.ends.length - MOST_ENTRIES);
    this.changed.wake();
  }

  /** A last line without an end becomes an entry when its process has ended. */
  flush(date: number, nanos: number): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.rest[stream].length > 0) this.push(stream, this.rest[stream], date, nanos);
      this.rest[stream] = NO_BYTES;
    }
    this.changed.wake();
  }

  get length(): number {
    return this.dropped + this.ends.length;
  }

  /** The entry of that number, counted from the container's first. */
  at(index: number): LogEntry | undefined {
    const own = index - this.dropped;
    const [stream, date, nanos] = [this.streams[own], this.dates[own], this.nanos[own]];
    if (stream === undefined || date === undefined || nanos === undefined) return undefined;
    const line = this.bytes.slice(this.ends[own - 1] ?? 0, this.ends[own]);
    return { stream, line, time: formatTime(date, nanos), date };
  }

  private push(stream: LogEntry['stream'], line: Uint8Array, date: number, nanos: number): void {
    const from = this.ends.at(-1) ?? 0;
    const end = from + line.length;
    if (end > this.bytes.length) {
      const wider = new Uint8Array(Math.max(end, 2 * this.bytes.length));
      wider.set(this.bytes.subarray(0, from));
      this.bytes = wider;
    }
    this.bytes.set(line, from);
    this.ends.push(end);
    this.streams.push(stream);
    this.dates.push(date);
    this.nanos.push(nanos);
  }

  private drop(count: number): void {
    const from = this.ends[count - 1] as number;
    this.bytes = this.bytes.slice(from, this.ends.at(-1));
    this.ends.splice(0, count);
    for (let i = 0; i < this.ends.length; i++) this.ends[i] = (this.ends[i] as number) - from;
    for (const each of [this.streams, this.dates, this.nanos]) each.splice(0, count);
    this.dropped += count;
  }
}
