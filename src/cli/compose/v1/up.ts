import { forEach, inStopOrder } from '../../../compose/v1/down.ts';
import { Progress } from '../../../compose/v1/progress.ts';
import { Up } from '../../../compose/v1/up.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { followLogs } from './follow-logs.ts';
import { type Context, namedServices, TIMEOUT, timeoutOf, type Verb } from './verb.ts';

export const up: Verb = {
  name: 'up',
  short: 'Create and start containers',
  args: '[options] [--scale SERVICE=NUM...] [--] [SERVICE...]',
  options: [
    { short: '-d', long: '--detach', help: 'Leave the containers running and return.' },
    { long: '--no-color', help: 'No colours in the log.' },
    { long: '--quiet-pull', help: 'No progress while an image is pulled.' },
    { long: '--build', help: 'Build images first.', limit: 'nothing is built here' },
    { long: '--always-recreate-deps', help: 'Make dependencies anew, too.', refused: 'use --force-recreate' },
    { long: '--attach-dependencies', help: "Show dependencies' output, too.", refused: 'name the services, or none' },
    { short: '-V', long: '--renew-anon-volumes', help: 'Empty anonymous volumes.', refused: 'use rm -fsv first' },
    { long: '--exit-code-from', value: 'SERVICE', help: "End with a container's status.", refused: 'use docker wait' },
    { long: '--no-deps', help: 'Only the named services, not those that they need.' },
    { long: '--force-recreate', help: 'Make containers anew though nothing has changed.' },
    { long: '--no-recreate', help: 'Keep containers that exist, even if the file has changed.' },
    { long: '--no-build', help: 'Build nothing (this host never builds).' },
    { long: '--no-start', help: 'Create the containers without starting them.' },
    { long: '--abort-on-container-exit', help: 'Stop all as soon as one has stopped. Not with -d.' },
    TIMEOUT,
    { long: '--remove-orphans', help: 'Remove containers of services that the file no longer has.' },
    { long: '--scale', value: 'SERVICE=NUM', repeat: true, help: 'How many containers of a service.' },
    { long: '--no-log-prefix', help: 'No names in front of log lines.' },
  ],
  *run(context) {
    const { parsed, console, engine, project } = context;
    const detached = parsed.flags.has('--detach');
    if (detached && parsed.flags.has('--abort-on-container-exit')) {
      yield* console.error('--abort-on-container-exit and -d cannot be combined.');
      return 1;
    }
    if (parsed.flags.has('--force-recreate') && parsed.flags.has('--no-recreate')) {
      yield* console.error('--force-recreate and --no-recreate cannot be combined.');
      return 1;
    }
    const services = yield* namedServices(context);
    if (services === null) return 1;
    const scale = new Map<string, number>();
    for (const text of parsed.values.get('--scale') ?? []) {
      const match = /^([^=]+)=(\d+)$/.exec(text);
      if (!match) {
        yield* console.error(`Arguments to scale should be in the form service=num`);
        return 1;
      }
      scale.set(match[1] as string, Number(match[2]));
    }
    const result = yield* new Up(engine, console, project, {
      services: parsed.positional,
      start: !parsed.flags.has('--no-start'),
      withDependencies: !parsed.flags.has('--no-deps'),
      recreate: parsed.flags.has('--force-recreate')
        ? 'always'
        : parsed.flags.has('--no-recreate')
          ? 'never'
          : 'changed',
      scale,
      removeOrphans: parsed.flags.has('--remove-orphans'),
      timeout: timeoutOf(context),
    }).run();
    if (!result.ok) {
      yield* console.error(result.error);
      return 1;
    }
    if (detached || parsed.flags.has('--no-start')) return 0;
    return yield* attached(context, result.value);
  },
};

/** Shows the containers' output until they have all ended or Ctrl+C stops them. */
function* attached(context: Context, containers: Parameters<typeof followLogs>[1]): Sys<number> {
  const { console, engine, parsed, proc, project } = context;
  proc.disposition('SIGINT', 'catch');
  proc.disposition('SIGTERM', 'catch');
  yield* console.out(`Attaching to ${containers.map((each) => each.name).join(', ')}\n`);
  const ended = yield* followLogs(context, containers, {
    follow: true,
    tail: 'all',
    prefix: !parsed.flags.has('--no-log-prefix'),
    timestamps: false,
    abortOnExit: parsed.flags.has('--abort-on-container-exit'),
  });
  if (ended === 'all ended') return 0;
  yield* console.info(
    ended === 'interrupted' ? 'Gracefully stopping... (press Ctrl+C again to force)' : 'Aborting on container exit...',
  );
  const progress = new Progress(console);
  const ordered = inStopOrder(project, containers);
  yield* forEach(progress, 'Stopping', ordered, (each) => engine.stopContainer(each.id, timeoutOf(context)), console);
  if (proc.takeSignal() !== null)
    yield* forEach(progress, 'Killing', ordered, (each) => engine.killContainer(each.id, 'SIGKILL'), console);
  return 0;
}
