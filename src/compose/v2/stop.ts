import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, EngineError } from '../engine/engine.ts';
import type { Service } from '../model/project.ts';
import { ofServices, projectContainers } from './containers.ts';
import { hookWords, runHooks } from './hooks.ts';
import { isOneOff, progressName } from './naming.ts';
import { dependents } from './dependencies.ts';
import { done, failed, working } from './progress/event.ts';
import { type ComposeProject, serviceIn } from './project.ts';
import { engineWords, inOrder, isConflict, isNotFound, type Outcome, parallel, type Task, tell } from './task.ts';

export interface StopOptions {
  /** Empty: all. */
  readonly services?: readonly string[];
  /** Seconds; the containers' own where absent. */
  readonly timeout?: number | undefined;
}

/** Stops services, each after those that need it (pkg/compose/stop.go). */
export function* stopServices(task: Task, project: ComposeProject, options: StopOptions): Sys<Outcome> {
  const { services = [], timeout } = options;
  const listed = yield* projectContainers(task, project.name);
  if (!listed.ok) return listed;
  const wanted = services.length > 0 ? services : project.services.map((each) => each.name);
  return yield* inOrder(task, dependents(project), function* (own, name) {
    if (!wanted.includes(name)) return ok();
    const containers = ofServices(listed.value, [name]).filter((each) => !isOneOff(each));
    return yield* parallel(own, containers, function* (each, container) {
      const stopped = yield* stopContainer(each, serviceIn(project, name), container, timeout);
      return stopped.ok ? ok() : hookWords(stopped.error);
    });
  });
}

function* stopContainer(
  task: Task,
  service: Service | undefined,
  container: ContainerSummary,
  timeout: number | undefined,
) {
  const id = progressName(container);
  yield* tell(task, working(id, 'Stopping'));
  const hooked = service ? yield* runHooks(task, service, container, 'pre_stop') : ok();
  // It had ended before: there is nothing to run the hook in, and nothing to stop.
  if (!hooked.ok && typeof hooked.error !== 'string' && isGone(hooked.error)) return ok();
  if (!hooked.ok) return hooked;
  const stopped = yield* task.engine.stopContainer(container.id, timeout);
  yield* tell(task, stopped.ok ? done(id, 'Stopped') : failed(id, 'Error while Stopping'));
  return stopped;
}

export interface RemovalOptions {
  readonly timeout?: number | undefined;
  readonly volumes?: boolean;
}

/** Stops and removes containers, all at once (pkg/compose/down.go, removeContainers). */
export function* removeContainers(
  task: Task,
  service: Service | undefined,
  containers: readonly ContainerSummary[],
  options: RemovalOptions,
): Sys<Outcome> {
  return yield* parallel(task, containers, function* (own, container) {
    const id = progressName(container);
    const stopped = yield* stopContainer(own, service, container, options.timeout);
    if (!stopped.ok && typeof stopped.error !== 'string' && isNotFound(stopped.error)) {
      yield* tell(own, done(id, 'Removed'));
      return ok();
    }
    if (!stopped.ok) return hookWords(stopped.error);
    yield* tell(own, working(id, 'Removing'));
    const removed = yield* own.engine.removeContainer(container.id, { force: true, volumes: options.volumes === true });
    if (!removed.ok && !isGone(removed.error)) {
      yield* tell(own, failed(id, 'Error while Removing'));
      return err(engineWords(removed.error));
    }
    yield* tell(own, done(id, 'Removed'));
    return ok();
  });
}

const isGone = (error: EngineError) => isNotFound(error) || isConflict(error);
