import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary } from '../engine/engine.ts';
import type { Service } from '../model/project.ts';
import { createContainer } from './create-container.ts';
import { dependents, needs } from './dependencies.ts';
import { divergence, type Expected } from './divergence.ts';
import { containerName, numberOfContainer, progressName, serviceOfContainer } from './naming.ts';
import { done, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { recreateContainer } from './recreate-container.ts';
import { removeContainers, stopServices } from './stop.ts';
import { engineWords, inOrder, type Outcome, parallel, type Task, tell } from './task.ts';

export type RecreatePolicy = 'diverged' | 'force' | 'never';

export interface ConvergenceOptions {
  readonly services: readonly string[];
  readonly recreate: RecreatePolicy;
  readonly recreateDependencies: RecreatePolicy;
  readonly inherit: boolean;
  readonly timeout: number | undefined;
}

export interface Observed extends Expected {
  readonly containers: readonly ContainerSummary[];
}

/** Brings the containers that are there to what the project wants, service by service (pkg/compose/convergence.go). */
export class Convergence {
  private readonly state = new Map<string, readonly ContainerSummary[]>();

  constructor(
    private readonly project: ComposeProject,
    private readonly options: ConvergenceOptions,
    private readonly observed: Observed,
  ) {
    for (const { name } of project.services)
      this.state.set(
        name,
        observed.containers.filter((each) => serviceOfContainer(each) === name),
      );
  }

  *apply(task: Task): Sys<Outcome> {
    const { services } = this.options;
    return yield* inOrder(task, needs(this.project), (own, name) =>
      this.ensure(own, name, services.length === 0 || services.includes(name)),
    );
  }

  private *ensure(task: Task, name: string, named: boolean): Sys<Outcome> {
    const { project, options, observed } = this;
    const service = project.services.find((each) => each.name === name) as Service;
    const policy = named ? options.recreate : options.recreateDependencies;
    const resolve = (other: string) => this.containerOf(other);
    const isObsolete = (container: ContainerSummary) =>
      policy !== 'never' && (policy === 'force' || divergence(service, project, container, observed));
    const own = this.state.get(name) ?? [];
    // What is out of date, and then the highest numbers, go first where there are too many.
    const kept = own.toSorted(
      (a, b) => Number(isObsolete(a)) - Number(isObsolete(b)) || numberOfContainer(a) - numberOfContainer(b),
    );
    const wanted = kept.slice(0, service.scale);
    const surplus = kept.slice(service.scale);
    const obsolete = wanted.filter(isObsolete);
    if (obsolete.length > 0) {
      const stopped = yield* this.stopDependents(task, service);
      if (!stopped.ok) return stopped;
    }
    const jobs: ((task: Task) => Sys<Outcome>)[] = [
      ...surplus.map(
        (container) => (each: Task) => removeContainers(each, service, [container], { timeout: options.timeout }),
      ),
      ...obsolete.map(
        (container) => (each: Task) =>
          recreateContainer(each, { project, service, images: observed.images, resolve }, container, options),
      ),
    ];
    for (const container of wanted.filter((each) => !obsolete.includes(each))) {
      if (container.state === 'running') yield* tell(task, done(progressName(container), 'Running'));
      else if (!['created', 'restarting', 'exited'].includes(container.state))
        jobs.push((each) => restart(each, container));
    }
    const next = Math.max(0, ...own.map(numberOfContainer)) + 1;
    for (let i = 0; i < service.scale - own.length; i++) {
      const number = next + i;
      const labels = Object.fromEntries(service.labels);
      jobs.push((each) =>
        createContainer(
          each,
          { project, service, images: observed.images, resolve },
          { number, name: containerName(project, service, number), labels },
        ),
      );
    }
    const outcome = yield* parallel(task, jobs, (each, job) => job(each));
    const refreshed = yield* task.engine.containers([
      `com.docker.compose.project=${project.name}`,
      `com.docker.compose.service=${name}`,
      'com.docker.compose.oneoff=False',
    ]);
    if (refreshed.ok) this.state.set(name, refreshed.value);
    return outcome;
  }

  /** The first container of a service: what `network_mode: service:x` and its like stand for. */
  private containerOf(service: string): string | null {
    const [first] = [...(this.state.get(service) ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    return first?.id ?? null;
  }

  /** Those that want to be restarted with it are stopped before it is made anew. */
  private *stopDependents(task: Task, { name }: Service): Sys<Outcome> {
    const { project } = this;
    const services = (dependents(project).get(name) ?? []).filter((other) =>
      project.services.some(
        (each) => each.name === other && each.dependsOn.some(({ service, restart }) => service === name && restart),
      ),
    );
    if (services.length === 0) return ok();
    const stopped = yield* stopServices(task, project, { services });
    if (!stopped.ok) return stopped;
    for (const service of services)
      this.state.set(
        service,
        (this.state.get(service) ?? []).map((each) => ({ ...each, state: 'exited' })),
      );
    return ok();
  }
}

/** A container that neither runs nor has ended (paused, dead) is started anew. */
function* restart(task: Task, container: ContainerSummary): Sys<Outcome> {
  yield* tell(task, working(progressName(container), 'Restart'));
  const started = yield* task.engine.startContainer(container.id);
  if (!started.ok) return err(engineWords(started.error));
  yield* tell(task, done(progressName(container), 'Restarted'));
  return ok();
}
