import type { Kernel } from '../../kernel/kernel.ts';
import type { MountTable } from '../../kernel/fs/mount-table.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { OpenFile } from '../../kernel/fs/open-file.ts';
import { type Duration, MICROSECOND } from '../../sim/clock.ts';
import type { Attachment, ProcessStreams } from './container.ts';

/** Sizes of terminals that nobody has said anything about. */
const DEFAULT_SIZE = { columns: 80, rows: 24 };

/**
 * How long output is under way from the process to the engine. Each stream has a thread of its own, and on the recorded host
 * the one of the error stream is the quicker one; but what is written on both within one look of the shim (epoll_wait) is taken
 * up in the order of the descriptors.
 */
const DELAY = { stdout: 300 * MICROSECOND, stderr: 100 * MICROSECOND, after: 100 * MICROSECOND } as const;
const ONE_LOOK: Duration = MICROSECOND;

/** What the engine does for each byte and each line, which may be as short as `yes` makes them. */
const BYTE: Duration = 10;
const LINE: Duration = 800;
const NEWLINE = 10;
/** What the copier takes at once (Go's io.Copy). */
const BUFFER = 32_768;

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count++;
  return count;
}

/**
 * Makes the standard streams of a process and starts the threads that carry its output to the log and to whoever is attached
 * (containerd's shim and dockerd's stdcopy in one).
 * @returns what the process gets as descriptors 0, 1 and 2
 */
export function makeStreams(
  kernel: Kernel,
  {
    mounts,
    tty,
    openStdin,
    attachments,
    log,
  }: {
    /** In whose /dev/pts its terminal is. */
    readonly mounts: MountTable;
    readonly tty: boolean;
    readonly openStdin: boolean;
    /** Who listens; whoever is in it already misses nothing. */
    readonly attachments: Set<Attachment>;
    readonly log: OutputLog;
  },
): { readonly streams: ProcessStreams; readonly stdio: readonly [OpenFile, OpenFile, OpenFile] } {
  if (tty) {
    const pty = kernel.createPty(DEFAULT_SIZE, mounts);
    const slave = pty.slave();
    pty.master.retain();
    const streams: ProcessStreams = { pty, stdin: pty.master, attachments, ended: false };
    carry(
      kernel,
      streams,
      pty.master,
      () => 0,
      outputOf(streams, 'stdout', log),
      () => {
        end(streams, log);
        kernel.removePty(pty, mounts);
      },
    );
    return { streams, stdio: [slave, slave, slave] };
  }
  const stdout = kernel.createPipe();
  const stderr = kernel.createPipe();
  const stdin = openStdin ? kernel.createPipe() : null;
  const streams: ProcessStreams = { pty: null, stdin: stdin?.write ?? null, attachments, ended: false };
  stdin?.write.retain();
  let open = 2;
  const ended = () => {
    if (--open === 0) end(streams, log);
  };
  const together = () => {
    const later = stderr.writtenAt() - stdout.writtenAt();
    return later >= 0 && later <= ONE_LOOK;
  };
  stdout.read.retain();
  stderr.read.retain();
  carry(kernel, streams, stdout.read, () => DELAY.stdout, outputOf(streams, 'stdout', log), ended);
  carry(
    kernel,
    streams,
    stderr.read,
    () => (together() ? DELAY.stdout + DELAY.after : DELAY.stderr),
    outputOf(streams, 'stderr', log),
    ended,
  );
  return { streams, stdio: [stdin?.read ?? kernel.nullDevice(), stdout.write, stderr.write] };
}

/** Where output is kept. */
export interface OutputLog {
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** There is no more to come. */
  end(): void;
}

function outputOf(streams: ProcessStreams, stream: 'stdout' | 'stderr', log: OutputLog): (bytes: Uint8Array) => void {
  return (bytes) => {
    log.write(stream, bytes);
    for (const attachment of streams.attachments) attachment.output(stream, bytes);
  };
}

function end(streams: ProcessStreams, log: OutputLog): void {
  streams.ended = true;
  log.end();
  for (const attachment of [...streams.attachments]) attachment.ended();
}

/** Waits for listeners who are behind, as the engine's copier does: what nobody takes can't be kept. */
function* untilHeard(kernel: Kernel, proc: Proc, streams: ProcessStreams): Sys<void> {
  for (;;) {
    const queues = [...streams.attachments].flatMap(({ congested }) => congested ?? []);
    if (queues.length === 0) return;
    yield* kernel.taskOf(proc).waitOn(queues, Number.POSITIVE_INFINITY);
  }
}

/** A thread that reads a file to its end. */
function carry(
  kernel: Kernel,
  streams: ProcessStreams,
  file: OpenFile,
  delay: () => Duration,
  take: (bytes: Uint8Array) => void,
  ended: () => void,
): void {
  kernel.spawn({
    run: {
      *program(proc) {
        for (;;) {
          yield* proc.poll([{ fd: 0, read: true }]);
          const pause = delay();
          if (pause > 0) yield* proc.sleep(pause);
          const bytes = yield* proc.read(0, BUFFER);
          if (!bytes.ok && bytes.error === 'EINTR') continue;
          if (!bytes.ok || bytes.value.length === 0) break;
          take(bytes.value);
          yield* untilHeard(kernel, proc, streams);
          yield* proc.cpu(bytes.value.length * BYTE + linesIn(bytes.value) * LINE);
        }
        ended();
        return 0;
      },
    },
    argv: ['dockerd'],
    thread: true,
    stdio: [file, file, file],
  });
}
