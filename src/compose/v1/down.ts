import type { Sys } from '../../kernel/syscalls/proc.ts';
import { type ContainerSummary, type Engine, type EngineCall, INTERRUPTED } from '../engine/engine.ts';
import type { Project } from '../model/project.ts';
import { dependencyOrder } from '../plan/dependency-order.ts';
import type { Console } from './console.ts';
import { projectFilter, serviceOfContainer } from './naming.ts';
import { removeNetworks } from './networks.ts';
import { warnOfOrphans } from './orphans.ts';
import { Progress } from './progress.ts';

export interface DownOptions {
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/** Stops and removes what `up` made (compose/project.py, Project.down). Whether all of it went well. */
export function* down(engine: Engine, console: Console, project: Project, options: DownOptions): Sys<boolean> {
  const progress = new Progress(console);
  const regular = yield* engine.containers(projectFilter(project));
  const oneOff = yield* engine.containers(projectFilter(project, { oneOff: true }));
  const known = new Set(project.services.map((service) => service.name));
  const own = [...(regular.ok ? regular.value : []), ...(oneOff.ok ? oneOff.value : [])].filter((each) =>
    known.has(serviceOfContainer(each)),
  );
  const ordered = inStopOrder(project, own);
  const running = ordered.filter(
    (each) => each.state === 'running' || each.state === 'paused' || each.state === 'restarting',
  );
  let whole = yield* forEach(
    progress,
    'Stopping',
    running,
    (each) => engine.stopContainer(each.id, options.timeout),
    console,
  );
  yield* warnOfOrphans(engine, console, project, { remove: options.removeOrphans });
  whole =
    (yield* forEach(
      progress,
      'Removing',
      ordered,
      (each) => engine.removeContainer(each.id, { force: true, volumes: options.volumes }),
      console,
    )) && whole;
  whole = (yield* removeNetworks(engine, console, project)) && whole;
  if (options.volumes) yield* removeVolumes(engine, console, project);
  return whole;
}

/** Does one thing to each container, with a progress line for each; says what failed. A signal ends it. */
export function* forEach(
  progress: Progress,
  action: string,
  containers: readonly ContainerSummary[],
  act: (container: ContainerSummary) => EngineCall<void>,
  console: Console,
): Sys<boolean> {
  const failures: string[] = [];
  yield* progress.announce(
    action,
    containers.map((each) => each.name),
  );
  for (const container of containers) {
    const done = yield* act(container);
    if (done.ok || done.error.status === 304) yield* progress.done(action, container.name);
    else if (done.error.status === INTERRUPTED) return false;
    else {
      yield* progress.failed(action, container.name);
      failures.push(`\nERROR: for ${container.name}  ${done.error.message}`);
    }
  }
  for (const failure of failures) yield* console.info(failure);
  return failures.length === 0;
}

/** Dependents before what they need, later ones first. */
export function inStopOrder(project: Project, containers: readonly ContainerSummary[]): readonly ContainerSummary[] {
  const order = dependencyOrder(project.services);
  const rank = new Map((order.ok ? order.value : project.services).map((service, i) => [service.name, i]));
  return [...containers].sort(
    (a, b) => (rank.get(serviceOfContainer(b)) ?? 0) - (rank.get(serviceOfContainer(a)) ?? 0),
  );
}

function* removeVolumes(engine: Engine, console: Console, project: Project): Sys<void> {
  for (const volume of project.volumes) {
    if (volume.external) {
      yield* console.info(`Volume ${volume.name} is external, skipping`);
      continue;
    }
    yield* console.info(`Removing volume ${volume.name}`);
    const removed = yield* engine.removeVolume(volume.name);
    if (removed.ok) continue;
    if (removed.error.status === 404) yield* console.warning(`Volume ${volume.name} not found.`);
    else yield* console.error(removed.error.message);
  }
}
