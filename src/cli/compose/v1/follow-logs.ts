import { decodeUtf8 } from '../../../base/bytes.ts';
import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { nameWithoutProject } from '../../../compose/v1/naming.ts';
import { type ApiStream, open } from '../../../dockerd/api/client.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Context } from './verb.ts';

export interface FollowOptions {
  readonly follow: boolean;
  /** A number of lines, or `all`. */
  readonly tail: string;
  readonly prefix: boolean;
  readonly timestamps: boolean;
  readonly abortOnExit: boolean;
}

/** In the order in which docker-compose hands them out (compose/cli/colors.py). */
const COLORS = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'];

interface Log {
  readonly container: ContainerSummary;
  readonly stream: ApiStream;
  readonly prefix: string;
  rest: string;
}

/** Prints the logs of containers, each line with its name in front; while following, until all have ended or a signal comes. */
export function* followLogs(
  context: Context,
  containers: readonly ContainerSummary[],
  options: FollowOptions,
): Sys<'all ended' | 'interrupted' | 'one ended'> {
  const { proc, console } = context;
  const width = Math.max(0, ...containers.map((each) => nameWithoutProject(each).length));
  const logs: Log[] = [];
  for (const [i, container] of containers.entries()) {
    const opened = yield* open(proc, {
      method: 'GET',
      path: `/v1.51/containers/${container.id}/logs`,
      query: {
        stdout: '1',
        stderr: '1',
        follow: options.follow ? '1' : '0',
        tail: options.tail,
        timestamps: options.timestamps ? '1' : '0',
      },
    });
    if (!opened.ok) continue;
    const name = nameWithoutProject(container).padEnd(width);
    const prefix = options.prefix ? `${console.paint(COLORS[i % COLORS.length] as string, `${name}  |`)} ` : '';
    logs.push({ container, stream: opened.value, prefix, rest: '' });
  }
  const live = new Set(logs);
  if (!options.follow) {
    // Without -f each container's log stands by itself.
    for (const log of logs) while (yield* pump(context, log));
    return 'all ended';
  }
  while (live.size > 0) {
    const waiting = yield* proc.poll([...live].map((log) => ({ fd: log.stream.fd, read: true })));
    const signal = proc.takeSignal();
    if (!waiting.ok || signal !== null) {
      for (const log of live) yield* log.stream.close();
      return 'interrupted';
    }
    for (const { fd } of waiting.value) {
      const log = [...live].find((each) => each.stream.fd === fd);
      if (!log || (yield* pump(context, log))) continue;
      live.delete(log);
      const exit = yield* exitStatus(context, log.container);
      if (exit !== null) yield* console.out(`${log.container.name} exited with code ${exit}\n`);
      if (options.abortOnExit) return 'one ended';
    }
  }
  return 'all ended';
}

/** Prints what one log has next; false at its end. */
function* pump({ console }: Context, log: Log): Sys<boolean> {
  const message = yield* log.stream.receive();
  if (message === undefined) {
    if (log.rest !== '') yield* console.out(`${log.prefix}${log.rest}\n`);
    yield* log.stream.close();
    return false;
  }
  const bytes = message.stdout ?? message.stderr;
  if (!bytes) return true;
  const lines = (log.rest + decodeUtf8(bytes)).split('\n');
  log.rest = lines.pop() ?? '';
  for (const line of lines) yield* console.out(`${log.prefix}${line.replace(/\r$/, '')}\n`);
  return true;
}

function* exitStatus({ engine }: Context, container: ContainerSummary): Sys<number | null> {
  const inspected = yield* engine.inspectContainer(container.id);
  if (!inspected.ok) return null;
  const state = inspected.value['State'] as { Running?: boolean; ExitCode?: number } | undefined;
  return state && !state.Running ? (state.ExitCode ?? 0) : null;
}
