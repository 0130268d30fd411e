import { concatBytes, NO_BYTES } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { ByteQueue } from '../process/byte-queue.ts';
import { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { Stat } from '../syscalls/file.ts';
import type { Signal } from '../syscalls/signal.ts';
import type { Termios, WindowSize } from '../syscalls/tty.ts';
import { LineDiscipline } from './line-discipline.ts';

/** As many bytes of output wait for the master. */
const CAPACITY = 65536;

/** A process group, as far as a terminal knows one. */
export interface SignalGroup {
  /** Everybody in it has ended. */
  readonly empty: boolean;
  signal(signal: Signal): void;
}

/** A session, as far as a terminal knows one. */
export interface SignalSession {
  readonly leader: { signal(signal: Signal, sender: null): void } | null;
}

/** A pseudo-terminal's slave, with its line discipline, foreground group and the queues to both sides. */
export class Tty {
  readonly discipline: LineDiscipline;
  readonly slaveChanged = new WaitQueue();
  readonly masterChanged = new WaitQueue();
  /** The group that keys send signals to, and that may read. */
  foreground: SignalGroup | null = null;
  /** The session that it controls. */
  session: SignalSession | null = null;
  /** What its session leader's end, and the master's, do: SIGHUP to the foreground group. */
  hungUp = false;
  size: WindowSize;
  /** Descriptors open on the slave; the master reads the end of the file when the last one has closed. */
  slaves = 0;
  everOpened = false;
  /** Whole lines, or in raw mode whatever came; an empty one is an end of file. */
  private readonly lines: Uint8Array[] = [];
  private readonly toMaster = new ByteQueue();
  /** Takes output at once, instead of the queue to the master. */
  private sink: ((bytes: Uint8Array) => void) | null = null;

  constructor(
    readonly number: number,
    size: WindowSize,
  ) {
    this.size = size;
    this.discipline = new LineDiscipline({
      echo: (bytes) => this.pushToMaster(bytes),
      input: (bytes) => {
        this.lines.push(bytes);
        this.slaveChanged.wake();
      },
      signal: (signal) => this.signalByKey(signal),
      flushInput: () => {
        this.lines.length = 0;
      },
    });
  }

  /**
   * Between the end of a command and the moment when its shell takes the terminal back, a key would reach nobody. In a loop of
   * short commands that is most of the time here, unlike on real machines, so it is the shell that hears it.
   */
  private signalByKey(signal: Signal): void {
    if (this.foreground && !this.foreground.empty) this.foreground.signal(signal);
    else this.session?.leader?.signal(signal, null);
  }

  get name(): string {
    return `pts/${this.number}`;
  }

  /** Keys, from the master's side. */
  typed(bytes: Uint8Array): void {
    if (!this.hungUp) this.discipline.feed(bytes);
  }

  setTermios(termios: Termios): void {
    const leaving = this.discipline.termios.canonical && !termios.canonical;
    this.discipline.setTermios(termios);
    if (!leaving || this.lines.length === 0) return;
    // Without lines there is no end of the file either: what marked one reads as a zero byte (n_tty_set_termios).
    const all = concatBytes(this.lines.map((line) => (line.length === 0 ? Uint8Array.of(0) : line)));
    this.lines.length = 0;
    this.lines.push(all);
    this.slaveChanged.wake();
  }

  resize(size: WindowSize): void {
    if (size.columns === this.size.columns && size.rows === this.size.rows) return;
    this.size = size;
    this.foreground?.signal('SIGWINCH');
  }

  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    const leader = this.session?.leader;
    leader?.signal('SIGHUP', null);
    leader?.signal('SIGCONT', null);
    this.foreground?.signal('SIGHUP');
    this.slaveChanged.wake();
  }

  slaveReadable(): boolean {
    return this.lines.length > 0 || this.hungUp;
  }

  slaveRead(max: number): Result<Uint8Array, Errno> {
    const line = this.lines[0];
    if (line === undefined) return this.hungUp ? ok(NO_BYTES) : err('EAGAIN');
    if (line.length <= max) this.lines.shift();
    else this.lines[0] = line.subarray(max);
    return ok(line.length <= max ? line : line.subarray(0, max));
  }

  /** Whether more output is taken before the master has read what there is. */
  slaveWritable(): boolean {
    return this.toMaster.length < CAPACITY;
  }

  slaveWrite(bytes: Uint8Array): Result<number, Errno> {
    if (this.hungUp) return err('EIO');
    if (!this.slaveWritable()) return err('EAGAIN');
    const part = bytes.length <= CAPACITY ? bytes : bytes.subarray(0, CAPACITY);
    this.pushToMaster(this.discipline.output(part));
    return ok(part.length);
  }

  /** From now on all output goes to this listener at the moment when it is written, so that nothing depends on who reads when. */
  listen(sink: (bytes: Uint8Array) => void): void {
    this.sink = sink;
    if (this.toMaster.length > 0) sink(this.toMaster.take(Number.POSITIVE_INFINITY));
  }

  masterReadable(): boolean {
    return this.toMaster.length > 0 || this.slaveClosed;
  }

  masterRead(max: number): Result<Uint8Array, Errno> {
    if (this.toMaster.length > 0) {
      const wasFull = !this.slaveWritable();
      const bytes = this.toMaster.take(max);
      if (wasFull) this.slaveChanged.wake();
      return ok(bytes);
    }
    return this.slaveClosed ? err('EIO') : err('EAGAIN');
  }

  slaveReleased(): void {
    this.slaves--;
    if (this.slaves === 0) this.masterChanged.wake();
  }

  private get slaveClosed(): boolean {
    return this.everOpened && this.slaves === 0;
  }

  private pushToMaster(bytes: Uint8Array): void {
    if (this.sink) {
      this.sink(bytes);
      return;
    }
    this.toMaster.push(bytes);
    this.masterChanged.wake();
  }
}

/** An open slave: what a process has as its terminal. */
export class TtyFile implements OpenFile {
  private references = 0;

  constructor(
    readonly tty: Tty,
    readonly nonBlocking = false,
  ) {}

  get changed(): WaitQueue {
    return this.tty.slaveChanged;
  }

  readable(): boolean {
    return this.tty.slaveReadable();
  }

  writable(): boolean {
    return this.tty.hungUp || this.tty.slaveWritable();
  }

  read(max: number): Result<Uint8Array, Errno> {
    return this.tty.slaveRead(max);
  }

  write(data: Uint8Array): Result<number, Errno> {
    return this.tty.slaveWrite(data);
  }

  stat(): Stat {
    return {
      type: 'character',
      mode: 0o620,
      uid: 0,
      gid: 5,
      size: 0,
      links: 1,
      modified: 0,
      inode: this.tty.number + 3,
      device: 136,
    };
  }

  retain(): void {
    if (this.references++ > 0) return;
    this.tty.slaves++;
    this.tty.everOpened = true;
  }

  release(): void {
    if (--this.references === 0) this.tty.slaveReleased();
  }
}
