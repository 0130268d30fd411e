import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { nameWithoutProject, serviceOfContainer } from '../../../compose/v2/naming.ts';
import { type ApiStream, open } from '../../../dockerd/api/client.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { LineSplitter, type LogConsumer } from './log-consumer.ts';

/** An open stream of a container's output. */
export interface OutputStream {
  readonly name: string;
  readonly stream: ApiStream;
  readonly out: LineSplitter;
  readonly error: LineSplitter;
}

export interface LogQuery {
  readonly follow: boolean;
  readonly tail: string;
  readonly timestamps: boolean;
  readonly since: string;
  readonly until: string;
}

export const outputStream = (name: string, stream: ApiStream): OutputStream => ({
  name,
  stream,
  out: new LineSplitter(),
  error: new LineSplitter(),
});

export function* openLogs(proc: Proc, id: string, name: string, query: LogQuery): Sys<OutputStream | null> {
  const opened = yield* open(proc, {
    method: 'GET',
    path: `/v1.51/containers/${id}/logs`,
    query: {
      stdout: '1',
      stderr: '1',
      follow: query.follow ? '1' : '0',
      tail: query.tail,
      timestamps: query.timestamps ? '1' : '0',
      ...(query.since !== '' && { since: query.since }),
      ...(query.until !== '' && { until: query.until }),
    },
  });
  return opened.ok ? outputStream(name, opened.value) : null;
}

/** Prints the lines that came; false at the end of the stream. A last line without an end is never told (pkg/compose/logs.go, attach.go). */
export function* pump(consumer: LogConsumer, { name, stream, out, error }: OutputStream): Sys<boolean> {
  const message = yield* stream.receive();
  if (message === undefined) {
    yield* stream.close();
    return false;
  }
  if (message.stdout) for (const line of out.push(message.stdout)) yield* consumer.log(name, line);
  if (message.stderr) for (const line of error.push(message.stderr)) yield* consumer.log(name, line);
  return true;
}

/** Prints all that is still to come, to the end. */
export function* drain(consumer: LogConsumer, output: OutputStream): Sys<void> {
  for (let more = true; more; ) more = yield* pump(consumer, output);
}

/** What the engine tells of a project's containers. */
export interface ContainerEvent {
  readonly id: string;
  readonly action: string;
  readonly service: string;
  /** Without the project's name, where it is the usual one. */
  readonly name: string;
  readonly exitCode: number;
}

export function* openEvents(proc: Proc, project: string): Sys<ApiStream | null> {
  const filters = JSON.stringify({ type: ['container'], label: [`com.docker.compose.project=${project}`] });
  const opened = yield* open(proc, { method: 'GET', path: '/v1.51/events', query: { filters } });
  return opened.ok ? opened.value : null;
}

/** The next event; undefined at the end. */
export function* nextEvent(stream: ApiStream): Sys<ContainerEvent | undefined> {
  const message = yield* stream.receive();
  if (message === undefined) return undefined;
  const event = message.object as {
    readonly Action?: string;
    readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  };
  const attributes = event.Actor?.Attributes ?? {};
  const container: ContainerSummary = {
    id: event.Actor?.ID ?? '',
    name: attributes['name'] ?? '',
    state: '',
    status: '',
    labels: attributes,
    data: {},
  };
  return {
    id: container.id,
    action: event.Action ?? '',
    service: serviceOfContainer(container),
    name: nameWithoutProject(container),
    exitCode: Number(attributes['exitCode'] ?? 0),
  };
}
