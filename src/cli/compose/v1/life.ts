import type { ContainerSummary, EngineCall } from '../../../compose/engine/engine.ts';
import { forEach, inStopOrder } from '../../../compose/v1/down.ts';
import { serviceOfContainer } from '../../../compose/v1/naming.ts';
import { Progress } from '../../../compose/v1/progress.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { containersOf } from './containers.ts';
import type { Option } from './options.ts';
import { type Context, namedServices, TIMEOUT, timeoutOf, type Verb } from './verb.ts';

/** Verbs that do one thing to each container of the named services: stop, restart, kill, pause, unpause, start. */

interface EachVerb {
  readonly name: string;
  readonly short: string;
  readonly action: string;
  readonly options?: readonly Option[];
  readonly states: readonly string[];
  readonly act: (context: Context, container: ContainerSummary) => EngineCall<void>;
}

function eachContainer({ name, short, action, options = [], states, act }: EachVerb): Verb {
  return {
    name,
    short,
    args: '[options] [--] [SERVICE...]',
    options,
    *run(context) {
      const services = yield* namedServices(context);
      if (services === null) return 1;
      const all = yield* containersOf(context, services);
      const wanted = inStopOrder(context.project, all).filter(
        (each) => states.length === 0 || states.includes(each.state),
      );
      return (yield* forEach(
        new Progress(context.console),
        action,
        wanted,
        (each) => act(context, each),
        context.console,
      ))
        ? 0
        : 1;
    },
  };
}

const RUNNING = ['running', 'paused', 'restarting'];

export const stop = eachContainer({
  name: 'stop',
  short: 'Stop services',
  action: 'Stopping',
  options: [TIMEOUT],
  states: RUNNING,
  act: (context, { id }) => context.engine.stopContainer(id, timeoutOf(context)),
});

export const restart = eachContainer({
  name: 'restart',
  short: 'Restart services',
  action: 'Restarting',
  options: [TIMEOUT],
  states: [],
  act: (context, { id }) => context.engine.restartContainer(id, timeoutOf(context)),
});

export const kill = eachContainer({
  name: 'kill',
  short: 'Kill containers',
  action: 'Killing',
  options: [{ short: '-s', long: '--signal', value: 'SIGNAL', help: 'Which signal (default: SIGKILL).' }],
  states: ['running', 'paused'],
  act: ({ engine, parsed }, { id }) => engine.killContainer(id, parsed.values.get('--signal')?.[0] ?? 'SIGKILL'),
});

export const pause = eachContainer({
  name: 'pause',
  short: 'Pause services',
  action: 'Pausing',
  states: ['running'],
  act: ({ engine }, { id }) => engine.pauseContainer(id),
});

export const unpause = eachContainer({
  name: 'unpause',
  short: 'Unpause services',
  action: 'Unpausing',
  states: ['paused'],
  act: ({ engine }, { id }) => engine.unpauseContainer(id),
});

/** Its lines name services, not containers (compose/project.py, Project.start). */
export const start: Verb = {
  name: 'start',
  short: 'Start services',
  args: '[--] [SERVICE...]',
  options: [],
  *run(context) {
    const { console, engine } = context;
    const services = yield* namedServices(context);
    if (services === null) return 1;
    const containers = yield* containersOf(context, services);
    if (containers.length === 0) {
      yield* console.error('No containers to start');
      return 1;
    }
    const progress = new Progress(console);
    const present = services.filter((name) => containers.some((each) => serviceOfContainer(each) === name));
    yield* progress.announce('Starting', present);
    let whole = true;
    for (const name of present) whole = (yield* startService(context, progress, name, containers)) && whole;
    return whole ? 0 : 1;

    function* startService(_: Context, line: Progress, name: string, all: readonly ContainerSummary[]): Sys<boolean> {
      for (const { id } of all.filter((each) => serviceOfContainer(each) === name && each.state !== 'running')) {
        const started = yield* engine.startContainer(id);
        if (started.ok) continue;
        yield* line.failed('Starting', name);
        yield* console.info(`\nERROR: for ${name}  Cannot start service ${name}: ${started.error.message}`);
        return false;
      }
      yield* line.done('Starting', name);
      return true;
    }
  },
};
