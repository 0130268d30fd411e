import type { Kernel } from '../../kernel/kernel.ts';
import type { OpenFile } from '../../kernel/fs/open-file.ts';
import type { ProcessStreams } from './container.ts';

/** Sizes of terminals that nobody has said anything about. */
const DEFAULT_SIZE = { columns: 80, rows: 24 };

/**
 * Makes the standard streams of a process and starts the threads that carry its output to the log and to whoever is attached
 * (containerd's shim and dockerd's stdcopy in one).
 * @returns what the process gets as descriptors 0, 1 and 2
 */
export function makeStreams(
  kernel: Kernel,
  {
    tty,
    openStdin,
    log,
  }: {
    readonly tty: boolean;
    readonly openStdin: boolean;
    readonly log: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  },
): { readonly streams: ProcessStreams; readonly stdio: readonly [OpenFile, OpenFile, OpenFile] } {
  const attachments: ProcessStreams['attachments'] = new Set();
  const output = (stream: 'stdout' | 'stderr') => (bytes: Uint8Array) => {
    log(stream, bytes);
    for (const attachment of attachments) attachment.output(stream, bytes);
  };
  if (tty) {
    const pty = kernel.createPty(DEFAULT_SIZE);
    const slave = pty.slave();
    pty.master.retain();
    carry(kernel, pty.master, output('stdout'), () => {
      for (const attachment of [...attachments]) attachment.ended();
      kernel.removePty(pty);
    });
    return { streams: { pty, stdin: pty.master, attachments }, stdio: [slave, slave, slave] };
  }
  const stdout = kernel.createPipe();
  const stderr = kernel.createPipe();
  const stdin = openStdin ? kernel.createPipe() : null;
  const streams: ProcessStreams = { pty: null, stdin: stdin?.write ?? null, attachments };
  stdin?.write.retain();
  let open = 2;
  const ended = () => {
    if (--open > 0) return;
    for (const attachment of [...attachments]) attachment.ended();
  };
  for (const [pipe, stream] of [
    [stdout, 'stdout'],
    [stderr, 'stderr'],
  ] as const) {
    pipe.read.retain();
    carry(kernel, pipe.read, output(stream), ended);
  }
  return { streams, stdio: [stdin?.read ?? kernel.nullDevice(), stdout.write, stderr.write] };
}

/** A thread that reads a file to its end. */
function carry(kernel: Kernel, file: OpenFile, take: (bytes: Uint8Array) => void, ended: () => void): void {
  kernel.spawn({
    run: {
      *program(proc) {
        for (;;) {
          const bytes = yield* proc.read(0);
          if (!bytes.ok && bytes.error === 'EINTR') continue;
          if (!bytes.ok || bytes.value.length === 0) break;
          take(bytes.value);
        }
        ended();
        return 0;
      },
    },
    argv: ['dockerd'],
    stdio: [file, file, file],
  });
}
