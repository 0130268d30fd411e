import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { ofServices, orphansOf, projectContainers } from './containers.ts';
import { allDependents, dependents } from './dependencies.ts';
import { imageOf } from './naming.ts';
import { removeNetwork } from './networks.ts';
import { done, warned, working } from './progress/event.ts';
import { type ComposeProject, serviceIn } from './project.ts';
import { removeContainers } from './stop.ts';
import { engineWords, inOrder, isConflict, isNotFound, type Outcome, parallel, type Task, tell } from './task.ts';
import { removeVolume } from './volumes.ts';

export interface DownOptions {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly timeout: number | undefined;
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  readonly images: boolean;
}

/** Removes what `up` made (pkg/compose/down.go). */
export function* down(task: Task, project: ComposeProject, options: DownOptions): Sys<Outcome> {
  const { timeout, volumes, removeOrphans } = options;
  const listed = yield* projectContainers(task, project.name, { oneOff: removeOrphans ? 'include' : 'exclude' });
  if (!listed.ok) return listed;
  const containers = listed.value;
  const wanted = options.services.length > 0 ? allDependents(project, options.services) : null;
  const removed = yield* inOrder(task, dependents(project), function* (own, name) {
    if (wanted && !wanted.has(name)) return ok();
    return yield* removeContainers(own, serviceIn(project, name), ofServices(containers, [name]), { timeout, volumes });
  });
  if (!removed.ok) return removed;
  if (removeOrphans) {
    const orphans = orphansOf(containers, project);
    const gone = yield* removeContainers(task, undefined, orphans, { timeout });
    if (!gone.ok) return gone;
  }
  const rest: ((task: Task) => Sys<Outcome>)[] = [
    ...project.networks
      .filter((network) => !network.external)
      .map((network) => (own: Task) => removeNetwork(own, project.name, network)),
    ...(options.images ? project.services : [])
      .map((service) => imageOf(project, service))
      .map((image) => (own: Task) => removeImage(own, image)),
    ...(volumes ? project.volumes : [])
      .filter((volume) => !volume.external)
      .map((volume) => (own: Task) => removeVolume(own, volume.name)),
  ];
  if (containers.length === 0 && rest.length === 0)
    yield* task.console.warn(`Warning: No resource found to remove for project ${JSON.stringify(project.name)}.`);
  return yield* parallel(task, rest, (own, act) => act(own));
}

function* removeImage(task: Task, image: string): Sys<Outcome> {
  const id = `Image ${image}`;
  yield* tell(task, working(id, 'Removing'));
  const removed = yield* task.engine.removeImage(image);
  if (removed.ok) yield* tell(task, done(id, 'Removed'));
  else if (isConflict(removed.error)) yield* tell(task, warned(id, 'Resource is still in use'));
  else if (isNotFound(removed.error)) yield* tell(task, done(id, 'Warning: No resource found to remove'));
  else return err(engineWords(removed.error));
  return ok();
}
