import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary } from '../engine/engine.ts';
import type { Dependency, Service } from '../model/project.ts';
import { ofServices } from './containers.ts';
import { needs } from './dependencies.ts';
import { writeFileReferences } from './file-references.ts';
import { hookWords, runHooks } from './hooks.ts';
import { LABEL, progressName } from './naming.ts';
import { done, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, inOrder, type Outcome, type Task, tell } from './task.ts';
import { type Awaited, waitFor } from './wait.ts';

export interface StartOptions {
  /** Come back only when all run, or are healthy where they have a health check. */
  readonly wait?: boolean;
  /** Seconds; 0: as long as it takes. */
  readonly waitTimeout?: number;
}

/** Starts the containers of a project, each service after those that it needs (pkg/compose/start.go). */
export function* start(task: Task, project: ComposeProject, options: StartOptions = {}): Sys<Outcome> {
  const listed = yield* task.engine.containers([`${LABEL.project}=${project.name}`, `${LABEL.oneOff}=False`]);
  if (!listed.ok) return err(engineWords(listed.error));
  const containers = listed.value;
  const deadline = options.waitTimeout ? task.proc.now() + options.waitTimeout * 1e9 : Number.POSITIVE_INFINITY;
  const started = yield* inOrder(task, needs(project), function* (own, name) {
    const service = project.services.find((each) => each.name === name) as Service;
    return yield* startService(own, project, service, containers, deadline);
  });
  if (!started.ok || !options.wait) return started;
  const all = project.services.map(
    (service): Awaited => ({
      service: service.name,
      condition: isOneShot(project, service) ? 'service_completed_successfully' : 'running_or_healthy',
      required: true,
    }),
  );
  const outcome = yield* waitFor(task, { project, dependent: project.name, containers, deadline }, all);
  if (outcome.ok || task.proc.now() < deadline) return outcome;
  return err(`application not healthy after ${options.waitTimeout}s`);
}

/** Somebody waits for it to end. */
const isOneShot = ({ services }: ComposeProject, { name }: Service) =>
  services.some((each) =>
    each.dependsOn.some(({ service, condition }) => service === name && condition === 'service_completed_successfully'),
  );

function* startService(
  task: Task,
  project: ComposeProject,
  service: Service,
  containers: readonly ContainerSummary[],
  deadline: number,
): Sys<Outcome> {
  const waits = service.dependsOn.filter(({ condition }: Dependency) => condition !== 'service_started');
  const waited = yield* waitFor(task, { project, dependent: service.name, containers, deadline }, waits);
  if (!waited.ok) return waited;
  if (containers.length === 0)
    return service.scale === 0 ? ok() : err(`service ${JSON.stringify(service.name)} has no container to start`);
  for (const container of ofServices(containers, [service.name])) {
    if (container.state === 'running') continue;
    const id = progressName(container);
    const written = yield* writeFileReferences(task, project, service, container.id);
    if (!written.ok) return written;
    yield* tell(task, working(id, 'Starting'));
    const started = yield* task.engine.startContainer(container.id);
    if (!started.ok) return err(engineWords(started.error));
    const hooked = yield* runHooks(task, service, container, 'post_start');
    if (!hooked.ok) return hookWords(hooked.error);
    yield* tell(task, done(id, 'Started'));
  }
  return ok();
}
