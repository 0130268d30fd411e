import headless from '@xterm/headless';
import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import { type Duration, SECOND } from '../../sim/clock.ts';
import { EventQueue } from '../../sim/event-queue.ts';
import { Random } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { FileTree } from '../fs/file-tree.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { Kernel } from '../kernel.ts';
import type { Program, WaitStatus } from '../syscalls/proc.ts';
import { SIGNALS } from '../syscalls/signal.ts';
import type { WindowSize } from '../syscalls/tty.ts';
import type { Pty } from '../tty/pty.ts';
import type { Namespaces } from './namespaces.ts';
import type { Task } from './task.ts';

type Programs = ReadonlyMap<string, Program> | Readonly<Record<string, Program>>;

export interface RunOptions {
  /** What it finds at descriptor 0, or what is typed into its terminal; then comes the end of the file. */
  readonly stdin?: string | Uint8Array;
  /** Runs it on a terminal of that size (true: 80 x 24), in the foreground. */
  readonly tty?: boolean | WindowSize;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly library?: 'glibc' | 'musl';
  readonly namespaces?: Namespaces;
  /** Virtual time after which nobody waits any longer: an hour where absent. */
  readonly limit?: Duration;
}

export interface RunResult {
  /** Exit status as a shell shows it: 128 and the signal's number after a signal; null: it still runs. */
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
  /** Final text of the terminal, without trailing blanks; empty without `tty`. */
  readonly screen: string;
}

/** A machine for tests: a kernel with these programs, each at /bin/NAME, and these files. */
export class TestMachine {
  readonly queue: EventQueue;
  readonly kernel: Kernel;

  constructor(programs: Programs = {}, files: FileTree = {}, { seed = 1 }: { readonly seed?: number } = {}) {
    const table = programs instanceof Map ? (programs as Map<string, Program>) : new Map(Object.entries(programs));
    this.queue = new EventQueue(new Trace());
    const binaries = Object.fromEntries([...table.keys()].map((name) => [`/bin/${name}`, { program: name }]));
    this.kernel = new Kernel({
      name: 'ubuntu',
      hostname: 'ubuntu',
      queue: this.queue,
      random: new Random(seed),
      startDate: 1_767_225_600_000,
      programs: table,
      files: { '/tmp': { directory: true, mode: 0o1777 }, ...binaries, ...files },
    });
  }

  /** Starts a program and comes back at once. */
  start(argv: readonly string[], options: RunOptions = {}): RunningProgram {
    return new RunningProgram(this, argv, options);
  }

  /** Starts a program and lets time pass until it ends. */
  run(argv: readonly string[], options: RunOptions = {}): RunResult {
    const running = this.start(argv, options);
    running.finish(options.limit ?? 3600 * SECOND);
    return running.result();
  }

  /** Lets virtual time pass. */
  pass(time: Duration): void {
    this.queue.runUntil(this.queue.now + time);
    this.throwFaults();
  }

  /** A program that throws is a bug: the test is told. */
  throwFaults(): void {
    const [fault] = this.kernel.faults;
    if (fault) throw fault.error;
  }
}

/** A program that was started, with what it has written so far. */
export class RunningProgram {
  readonly task: Task;
  readonly pty: Pty | null = null;
  status: WaitStatus | null = null;
  private readonly files: { out: OpenFile; err: OpenFile } | null = null;
  private readonly written: { out: Uint8Array[]; err: Uint8Array[] } = { out: [], err: [] };
  private readonly size: WindowSize;

  constructor(
    private readonly machine: TestMachine,
    argv: readonly string[],
    options: RunOptions,
  ) {
    const { kernel } = machine;
    this.size = typeof options.tty === 'object' ? options.tty : { columns: 80, rows: 24 };
    const stdin = typeof options.stdin === 'string' ? encodeUtf8(options.stdin) : options.stdin;
    let stdio: readonly [OpenFile, OpenFile, OpenFile];
    if (options.tty) {
      this.pty = kernel.createPty(this.size);
      this.pty.onOutput((bytes) => this.written.out.push(bytes));
      const slave = this.pty.slave();
      stdio = [slave, slave, slave];
    } else {
      const [input, out, err] = [kernel.createPipe(), kernel.createPipe(), kernel.createPipe()];
      stdio = [input.read, out.write, err.write];
      out.read.retain();
      err.read.retain();
      this.files = { out: out.read, err: err.read };
      input.write.retain();
      feed(kernel, input.write, stdin ?? new Uint8Array(0));
    }
    const [name = ''] = argv;
    const started = kernel.spawn({
      run: { path: name.includes('/') ? name : `/bin/${name}` },
      argv,
      env: new Map(Object.entries({ PATH: '/usr/bin:/bin', HOME: '/root', TERM: 'xterm-256color', ...options.env })),
      stdio,
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.uid !== undefined && { uid: options.uid }),
      ...(this.pty && { tty: this.pty.tty }),
      namespaces: options.namespaces ?? {
        ...kernel.hostNamespaces,
        library: options.library ?? kernel.hostNamespaces.library,
        capabilities: kernel.hostNamespaces.capabilities,
      },
      onExit: (status) => {
        this.status = status;
      },
    });
    if (!started.ok) throw new Error(`${name}: ${started.error}`);
    this.task = started.value;
    if (this.pty && stdin !== undefined) this.pty.type(`${decodeUtf8(stdin)}\u0004`);
  }

  /** Types into its terminal. */
  type(text: string): void {
    if (!this.pty) throw new Error('it has no terminal');
    this.pty.type(text);
  }

  /** Lets time pass until it has ended, at most this long. */
  finish(limit: Duration): void {
    const { queue } = this.machine;
    const end = queue.now + limit;
    while (this.status === null && queue.nextTime <= end) {
      queue.step();
      if ((queue.fired & 255) === 0) this.collect();
    }
    this.machine.throwFaults();
  }

  /** What its terminal shows now. */
  screen(): string {
    return this.result().screen;
  }

  /** What it has written and how it ended. */
  result(): RunResult {
    this.collect();
    const text = (parts: readonly Uint8Array[]) => decodeUtf8(concat(parts));
    return {
      exit: this.exit,
      out: text(this.written.out),
      err: text(this.written.err),
      screen: this.pty ? screenOf(concat(this.written.out), this.size) : '',
    };
  }

  get exit(): number | null {
    if (this.status?.how === 'exited') return this.status.status;
    return this.status?.how === 'signaled' ? 128 + SIGNALS[this.status.signal] : null;
  }

  private collect(): void {
    const take = (file: OpenFile, to: Uint8Array[]) => {
      for (let bytes = file.read(1 << 20); bytes.ok && bytes.value.length > 0; bytes = file.read(1 << 20))
        to.push(bytes.value);
    };
    if (!this.files) return;
    take(this.files.out, this.written.out);
    take(this.files.err, this.written.err);
  }
}

/** Runs one program on a machine of its own. */
export function runProgram(
  programs: Programs,
  files: FileTree,
  argv: readonly string[],
  options: RunOptions = {},
): RunResult {
  return new TestMachine(programs, files).run(argv, options);
}

/** Writes all of it into a pipe, as a process of its own, and closes it. */
function feed(kernel: Kernel, to: OpenFile, bytes: Uint8Array): void {
  kernel.spawn({
    run: {
      *program(proc) {
        yield* proc.write(1, bytes);
        return 0;
      },
    },
    argv: ['feed'],
    stdio: [to, to, to],
    thread: true,
  });
  to.release();
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What a terminal shows after these bytes, with what scrolled out above; lines that wrapped count as one. */
export function screenOf(bytes: Uint8Array, { columns, rows }: WindowSize): string {
  const terminal = new headless.Terminal({
    cols: columns,
    rows,
    scrollback: 10_000,
    allowProposedApi: true,
    logLevel: 'off',
  });
  (terminal as unknown as { _core: { writeSync(data: Uint8Array): void } })._core.writeSync(bytes);
  const lines: string[] = [];
  const { active } = terminal.buffer;
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row);
    const text = line?.translateToString(true) ?? '';
    if (line?.isWrapped) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  terminal.dispose();
  return lines.join('\n').trimEnd();
}
