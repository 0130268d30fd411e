import { ok } from '../../../base/result.ts';
import { encodeUtf8, concatBytes } from '../../../base/bytes.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { WaitQueue } from '../../../kernel/process/wait-queue.ts';
import type { Attachment, Container, ProcessStreams } from '../../container/container.ts';
import type { ExecConfig } from '../../container/exec.ts';
import { conflict, invalid, notHere } from '../../fault.ts';
import type { ClientMessage, ServerMessage } from '../types.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

/** What a client attached to a process: output is kept until its thread has sent it on. */
/** How many messages may wait on the way from a client to its process, and back. */
const MOST_WAITING = 64;
const MOST_BEHIND = 2;

class Attached implements Attachment {
  readonly changed = new WaitQueue();
  readonly waiting: ServerMessage[] = [];
  private readonly taken = new WaitQueue();
  over = false;

  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.waiting.push(stream === 'stdout' ? { stdout: bytes } : { stderr: bytes });
    this.changed.wake();
  }

  get congested(): WaitQueue | null {
    return this.waiting.length >= MOST_BEHIND && !this.over ? this.taken : null;
  }

  /** The next message that is to be sent. */
  take(): ServerMessage | undefined {
    const next = this.waiting.shift();
    this.taken.wake();
    return next;
  }

  /** Nobody listens any more. */
  leave(): void {
    this.over = true;
    this.taken.wake();
  }

  ended(): void {
    this.over = true;
    this.changed.wake();
  }
}

const isSet = (text: string | undefined): boolean => text === '1' || text === 'true';

export const streamRoutes: readonly Route[] = [
  route('POST', '/containers/:id/attach', attach),
  route('GET', '/containers/:id/logs', logs),
  route('POST', '/containers/:id/resize', function* ({ daemon, path, query }) {
    const container = daemon.containers.find(path['id'] as string);
    if (!container.ok) return container;
    container.value.streams?.pty?.resize({ columns: Number(query['w'] ?? 80), rows: Number(query['h'] ?? 24) });
    return ok({ status: 200 });
  }),
  route('POST', '/containers/:id/exec', function* ({ daemon, path, body }) {
    const container = daemon.containers.find(path['id'] as string);
    if (!container.ok) return container;
    if (!Array.isArray(body['Cmd']) || body['Cmd'].length === 0) return invalid('No exec command specified');
    const exec = daemon.execs.create(container.value, body as ExecConfig);
    return exec.ok ? ok({ status: 201, body: { Id: exec.value.id } }) : exec;
  }),
  route('POST', '/exec/:id/start', startExec),
  route('POST', '/exec/:id/resize', function* ({ daemon, path, query }) {
    const exec = daemon.execs.find(path['id'] as string);
    if (!exec.ok) return exec;
    exec.value.streams?.pty?.resize({ columns: Number(query['w'] ?? 80), rows: Number(query['h'] ?? 24) });
    return ok({ status: 200 });
  }),
  route('GET', '/exec/:id/json', function* ({ daemon, path }) {
    const exec = daemon.execs.find(path['id'] as string);
    if (!exec.ok) return exec;
    const { id, container, config, running, exitCode, task } = exec.value;
    return ok({
      status: 200,
      body: {
        ID: id,
        Running: running,
        ExitCode: exitCode,
        ContainerID: container.id,
        Pid: task?.pids.get(daemon.kernel.hostNamespaces.pids) ?? 0,
        OpenStdin: config.AttachStdin ?? false,
        OpenStdout: config.AttachStdout ?? false,
        OpenStderr: config.AttachStderr ?? false,
        ProcessConfig: {
          tty: config.Tty ?? false,
          entrypoint: config.Cmd?.[0] ?? '',
          arguments: config.Cmd?.slice(1) ?? [],
        },
      },
    });
  }),
];

/** Attaches to a container's process, or before its start to the one that will come: nothing of its output is missed. */
function* attach(exchange: Exchange): Sys<Handled> {
  const { daemon, path, query, connection } = exchange;
  const found = daemon.containers.find(path['id'] as string);
  if (!found.ok) return found;
  const container = found.value;
  if (container.lifecycle.state === 'paused')
    return conflict(`container ${path['id']} is paused, unpause the container before attach`);
  if (container.lifecycle.state === 'restarting')
    return conflict(`container ${path['id']} is restarting, wait until the container is running`);
  const attached = new Attached();
  const streams = isSet(query['stream'] ?? '1');
  if (streams) container.attachments.add(attached);
  try {
    yield* connection.begin(101);
    if (isSet(query['logs'])) yield* replay(exchange, container);
    const current = () => (container.running ? container.streams : null);
    if (streams) yield* carry(exchange, container, attached, current, isSet(query['stdin']));
  } finally {
    container.attachments.delete(attached);
    attached.leave();
  }
  return 'streamed';
}

function* replay({ connection }: Exchange, { log }: Container): Sys<void> {
  for (let i = log.dropped; i < log.length; i++) {
    const entry = log.at(i);
    if (entry) yield* connection.send(entry.stream === 'stdout' ? { stdout: entry.line } : { stderr: entry.line });
  }
}

function* startExec(exchange: Exchange): Sys<Handled> {
  const { daemon, path, body, connection } = exchange;
  const found = daemon.execs.find(path['id'] as string);
  if (!found.ok) return found;
  const exec = found.value;
  if (exec.running || exec.exitCode !== null) return conflict(`Error: Exec command ${exec.id} has already run`);
  if (body['Detach'] === true) {
    const started = daemon.execs.start(exec);
    return started.ok ? ok({ status: 200 }) : started;
  }
  const attached = new Attached();
  exec.attachments.add(attached);
  try {
    // The connection is a stream from here on: what goes wrong now is output.
    yield* connection.begin(101);
    const started = daemon.execs.start(exec);
    if (!started.ok) {
      yield* connection.send({ stdout: encodeUtf8(`${started.error.message}\r\n`) });
      return 'streamed';
    }
    const size = body['ConsoleSize'] as readonly [number, number] | undefined;
    if (size) exec.streams?.pty?.resize({ rows: size[0], columns: size[1] });
    yield* carry(exchange, exec.container, attached, () => exec.streams, exec.config.AttachStdin ?? false);
  } finally {
    exec.attachments.delete(attached);
    attached.leave();
  }
  return 'streamed';
}

/**
 * Carries input and output between a client and a process until one of them has gone. Input waits for a process that is still to
 * come, and for one that is slow to read.
 */
function* carry(
  exchange: Exchange,
  container: Container,
  attached: Attached,
  streams: () => ProcessStreams | null,
  takesInput: boolean,
): Sys<void> {
  const { daemon, connection, proc } = exchange;
  const file = daemon.kernel.taskOf(proc).files.get(connection.fd);
  if (takesInput && file) daemon.typists.set(file, container);
  try {
    yield* carryOn(exchange, attached, streams, takesInput);
  } finally {
    if (file) daemon.typists.delete(file);
  }
}

function* carryOn(
  { connection, daemon, proc }: Exchange,
  attached: Attached,
  streams: () => ProcessStreams | null,
  takesInput: boolean,
): Sys<void> {
  const task = daemon.kernel.taskOf(proc);
  const file = task.files.get(connection.fd);
  const inbox: ClientMessage[] = [];
  for (;;) {
    // One at a time: output that never ends must not keep input waiting.
    const output = attached.take();
    if (output && !(yield* connection.send(output))) return;
    if (!output && attached.over) return;
    const process = streams();
    if (process)
      for (let next = inbox[0]; next; next = inbox[0]) {
        const left = takeMessage(process, next, takesInput);
        if (left) {
          inbox[0] = left;
          break;
        }
        inbox.shift();
      }
    if (file?.readable() && inbox.length < MOST_WAITING) {
      const message = yield* connection.receive();
      if (message === undefined) return;
      inbox.push(message);
      continue;
    }
    if (attached.waiting.length > 0) continue;
    const queues = [
      attached.changed,
      ...(file ? [file.changed] : []),
      ...(process?.stdin ? [process.stdin.changed] : []),
    ];
    yield* task.waitOn(queues, Number.POSITIVE_INFINITY);
  }
}

/** Gives a message to the process. @returns what its pipe had no room for */
function takeMessage(streams: ProcessStreams, message: ClientMessage, takesInput: boolean): ClientMessage | null {
  if ('resize' in message) {
    streams.pty?.resize(message.resize);
    return null;
  }
  if (!takesInput || !streams.stdin) return null;
  if ('stdin' in message) {
    const written = streams.stdin.write(message.stdin);
    if (!written.ok) return written.error === 'EAGAIN' ? message : null;
    return written.value < message.stdin.length ? { stdin: message.stdin.subarray(written.value) } : null;
  }
  if (streams.pty) return null;
  streams.stdin.release();
  streams.stdin = null;
  return null;
}

function* logs(exchange: Exchange): Sys<Handled> {
  const { daemon, path, query, connection, proc } = exchange;
  const container = daemon.containers.find(path['id'] as string);
  if (!container.ok) return container;
  const { log } = container.value;
  const wants = { stdout: isSet(query['stdout']), stderr: isSet(query['stderr']) };
  if (!wants.stdout && !wants.stderr) return invalid('Bad parameters: you must choose at least one stream');
  const { Type } = container.value.hostConfig['LogConfig'] as { readonly Type: string };
  if (Type === 'none') return notHere('configured logging driver does not support reading');
  yield* connection.begin(200);
  const task = daemon.kernel.taskOf(proc);
  const file = task.files.get(connection.fd);
  const since = Number(query['since'] ?? 0) * 1000;
  const until = Number(query['until'] ?? 0) * 1000 || Number.POSITIVE_INFINITY;
  const kept: number[] = [];
  for (let i = log.dropped; i < log.length; i++) {
    const entry = log.at(i);
    if (entry && wants[entry.stream] && entry.date >= since && entry.date <= until) kept.push(i);
  }
  const tail = query['tail'] ?? 'all';
  const shown =
    tail === 'all' || tail === '' || Number(tail) < 0 ? kept : Number(tail) === 0 ? [] : kept.slice(-Number(tail));
  const send = function* (index: number): Sys<boolean> {
    const entry = log.at(index);
    if (!entry || !wants[entry.stream]) return true;
    const line = isSet(query['timestamps']) ? concatBytes([encodeUtf8(`${entry.time} `), entry.line]) : entry.line;
    return yield* connection.send(entry.stream === 'stdout' ? { stdout: line } : { stderr: line });
  };
  let next = log.length;
  for (const index of shown) if (!(yield* send(index))) return 'streamed';
  const { startedAt } = container.value;
  while (isSet(query['follow'])) {
    for (; next < log.length; next++) if (!(yield* send(next))) return 'streamed';
    // With the end of this run its log closes, whether or not a restart opens another.
    if (!container.value.running || container.value.startedAt !== startedAt) break;
    if (proc.date() > until) break;
    if (file?.readable() && (yield* connection.receive()) === undefined) break;
    yield* task.waitOn(
      [log.changed, container.value.changed, ...(file ? [file.changed] : [])],
      proc.now() + (until - proc.date()) * 1e6,
    );
  }
  return 'streamed';
}
