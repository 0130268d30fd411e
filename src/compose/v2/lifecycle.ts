import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, EngineCall } from '../engine/engine.ts';
import { ofServices, projectContainers } from './containers.ts';
import { needs } from './dependencies.ts';
import { hookWords, runHooks } from './hooks.ts';
import { progressName } from './naming.ts';
import { done, failed, working } from './progress/event.ts';
import { type ComposeProject, serviceNames } from './project.ts';
import { withSelectedServices } from './selection.ts';
import { engineWords, inOrder, type Outcome, parallel, type Task, tell } from './task.ts';
import { waitFor } from './wait.ts';

/** restart, kill, pause, unpause and rm: what they do to containers that are there (pkg/compose/). */

export interface RestartOptions {
  readonly services: readonly string[];
  readonly timeout: number | undefined;
  readonly noDeps: boolean;
}

export function* restartServices(task: Task, project: ComposeProject, options: RestartOptions): Sys<Outcome> {
  const listed = yield* projectContainers(task, project.name);
  if (!listed.ok) return listed;
  const alone = options.noDeps ? withSelectedServices(project, options.services, 'alone') : ok(project);
  if (!alone.ok) return alone;
  // Only dependencies that say `restart: true` count.
  const binding: ComposeProject = {
    ...alone.value,
    services: alone.value.services.map((service) => ({
      ...service,
      dependsOn: service.dependsOn.filter((each) => each.restart),
    })),
  };
  const selected = withSelectedServices(binding, options.services, 'with dependents');
  if (!selected.ok) return selected;
  return yield* inOrder(task, needs(selected.value), function* (own, name) {
    const service = selected.value.services.find((each) => each.name === name);
    const waits = (service?.dependsOn ?? []).filter((each) => each.condition !== 'service_started');
    const waited = yield* waitFor(
      own,
      { project: selected.value, dependent: name, containers: listed.value, deadline: Number.POSITIVE_INFINITY },
      waits,
    );
    if (!waited.ok) return waited;
    return yield* parallel(own, ofServices(listed.value, [name]), function* (each, container) {
      const id = progressName(container);
      const before = service ? yield* runHooks(each, service, container, 'pre_stop') : ok();
      if (!before.ok) return hookWords(before.error);
      yield* tell(each, working(id, 'Restarting'));
      const restarted = yield* each.engine.restartContainer(container.id, options.timeout);
      if (!restarted.ok) return err(engineWords(restarted.error));
      yield* tell(each, done(id, 'Started'));
      const after = service ? yield* runHooks(each, service, container, 'post_start') : ok();
      return after.ok ? ok() : hookWords(after.error);
    });
  });
}

export interface KillOptions {
  readonly services: readonly string[];
  readonly signal: string;
  readonly removeOrphans: boolean;
}

export function* killServices(task: Task, project: ComposeProject, options: KillOptions): Sys<Outcome> {
  const query = { oneOff: 'include', all: false, services: options.services } as const;
  const listed = yield* projectContainers(task, project.name, query);
  if (!listed.ok) return listed;
  const containers = options.removeOrphans ? listed.value : ofServices(listed.value, serviceNames(project));
  if (containers.length === 0) {
    yield* task.console.error('no container to kill');
    return ok();
  }
  return yield* parallel(task, containers, function* (own, container) {
    const id = progressName(container);
    yield* tell(own, working(id, 'Killing'));
    const killed = yield* own.engine.killContainer(container.id, options.signal);
    yield* tell(own, killed.ok ? done(id, 'Killed') : failed(id, 'Error while Killing'));
    return killed.ok ? ok() : err(engineWords(killed.error));
  });
}

export function pauseServices(task: Task, project: ComposeProject | null, name: string, services: readonly string[]) {
  return forEachRunning(task, project, name, services, 'Paused', (own, { id }) => own.engine.pauseContainer(id));
}

export function unpauseServices(task: Task, project: ComposeProject | null, name: string, services: readonly string[]) {
  return forEachRunning(task, project, name, services, 'Unpaused', (own, { id }) => own.engine.unpauseContainer(id));
}

function* forEachRunning(
  task: Task,
  project: ComposeProject | null,
  name: string,
  services: readonly string[],
  word: string,
  act: (task: Task, container: ContainerSummary) => EngineCall<void>,
): Sys<Outcome> {
  const listed = yield* projectContainers(task, name, { all: false, services });
  if (!listed.ok) return listed;
  const containers = project ? ofServices(listed.value, serviceNames(project)) : listed.value;
  return yield* parallel(task, containers, function* (own, container) {
    const acted = yield* act(own, container);
    if (!acted.ok) return err(engineWords(acted.error));
    yield* tell(own, done(progressName(container), word));
    return ok();
  });
}

export function* removeStopped(
  task: Task,
  containers: readonly ContainerSummary[],
  options: { readonly force: boolean; readonly volumes: boolean },
): Sys<Outcome> {
  return yield* parallel(task, containers, function* (own, container) {
    const id = progressName(container);
    yield* tell(own, working(id, 'Removing'));
    const removed = yield* own.engine.removeContainer(container.id, options);
    if (!removed.ok) return err(engineWords(removed.error));
    yield* tell(own, done(id, 'Removed'));
    return ok();
  });
}
