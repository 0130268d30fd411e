import { ofServices, projectContainers, specifiedContainer } from '../../../compose/v2/containers.ts';
import { nameWithoutProject } from '../../../compose/v2/naming.ts';
import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { bool, int, string } from '../../command/flag.ts';
import { timestamp } from '../../../dockerd/api/timestamp.ts';
import { drain, type LogQuery, nextEvent, openEvents, openLogs, type OutputStream, pump } from './follow.ts';
import { LogConsumer } from './log-consumer.ts';
import { defineVerb } from './verb.ts';

export const logs = defineVerb({
  use: 'logs [OPTIONS] [SERVICE...]',
  short: 'View output from containers',
  flags: {
    follow: bool('Follow log output', { short: 'f' }),
    index: int('Index of the container if service has multiple replicas'),
    since: string('Show logs since a timestamp, or relative (42m)'),
    until: string('Show logs before a timestamp, or relative (42m)'),
    'no-color': bool('Produce monochrome output'),
    'no-log-prefix': bool("Don't print prefix in logs"),
    timestamps: bool('Show timestamps', { short: 't' }),
    tail: string('Number of lines to show from the end of the logs for each container', {
      short: 'n',
      initial: 'all',
    }),
  },
  *run({ compose, args, flags }) {
    const { console, engine, proc } = compose;
    if (flags.index > 0 && args.length !== 1) return yield* console.fail('--index requires one service to be selected');
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* console.fail(named.error);
    const { project, name } = named.value;
    const quiet = project?.services.filter((each) => each.source['attach'] === false).map((each) => each.name) ?? [];
    const services =
      args.length > 0 || !project
        ? args
        : project.services.map((each) => each.name).filter((each) => !quiet.includes(each));
    const index = yield* specifiedContainer({ engine }, name, args[0] ?? '', flags.index, { all: true });
    const listed =
      flags.index > 0
        ? index.ok
          ? { ok: true as const, value: [index.value] }
          : index
        : yield* projectContainers({ engine }, name, { services });
    if (!listed.ok) return yield* console.fail(listed.error);
    const containers = (services.length > 0 ? ofServices(listed.value, services) : listed.value).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const query: LogQuery = {
      follow: flags.follow,
      tail: flags.tail,
      timestamps: flags.timestamps,
      since: timeOf(proc, flags.since),
      until: timeOf(proc, flags.until),
    };
    const consumer = new LogConsumer(proc, {
      prefix: !flags['no-log-prefix'],
      colors: !flags['no-color'] && console.colors,
    });
    return flags.follow
      ? yield* follow(proc, consumer, { name, services, containers, query })
      : yield* print(proc, consumer, containers, query);
  },
});

const timeOf = (proc: Proc, text: string) => (text === '' ? '' : (timestamp(text, proc.date()) ?? text));

function* print(
  proc: Proc,
  consumer: LogConsumer,
  containers: readonly ContainerSummary[],
  query: LogQuery,
): Sys<number> {
  for (const container of containers) {
    const output = yield* openLogs(proc, container.id, nameWithoutProject(container), query);
    if (output) yield* drain(consumer, output);
  }
  return 0;
}

interface Following {
  readonly name: string;
  readonly services: readonly string[];
  readonly containers: readonly ContainerSummary[];
  readonly query: LogQuery;
}

/** Follows until all containers have ended; those that start meanwhile join in (pkg/compose/logs.go, monitor.go). */
function* follow(proc: Proc, consumer: LogConsumer, { name, services, containers, query }: Following): Sys<number> {
  const events = yield* openEvents(proc, name);
  const outputs = new Set<OutputStream>();
  const live = new Set(containers.map((each) => each.id));
  for (const container of containers) {
    const output = yield* openLogs(proc, container.id, nameWithoutProject(container), query);
    if (output) outputs.add(output);
  }
  if (!events) return 0;
  while (live.size > 0 || outputs.size > 0) {
    const waits = [...outputs].map((each) => ({ fd: each.stream.fd, read: true }));
    const ready = yield* proc.poll([...(live.size > 0 ? [{ fd: events.fd, read: true }] : []), ...waits]);
    if (!ready.ok) continue;
    for (const { fd } of ready.value) {
      const output = [...outputs].find((each) => each.stream.fd === fd);
      if (output && !(yield* pump(consumer, output))) outputs.delete(output);
      if (fd !== events.fd) continue;
      const event = yield* nextEvent(events);
      if (!event) live.clear();
      if (!event || (services.length > 0 && !services.includes(event.service))) continue;
      if (event.action === 'start') {
        live.add(event.id);
        const opened = yield* openLogs(proc, event.id, event.name, { ...query, since: String(proc.date() / 1000) });
        if (opened) outputs.add(opened);
      } else if (event.action === 'die') {
        yield* consumer.status(event.name, `exited with code ${event.exitCode}`);
        live.delete(event.id);
      }
    }
  }
  yield* events.close();
  return 0;
}
