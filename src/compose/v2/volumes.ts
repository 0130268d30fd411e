import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { asData, asText } from '../model/normalise.ts';
import type { ProjectVolume } from '../model/project.ts';
import { hashOf } from './hash.ts';
import { LABEL, VERSION } from './naming.ts';
import { done, failed, warned, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, isConflict, isNotFound, type Outcome, type Task, tell } from './task.ts';

/** Makes sure that the project's named volumes are there; the answer is their names by key. */
export function* ensureVolumes(task: Task, project: ComposeProject): Sys<Outcome<ReadonlyMap<string, string>>> {
  const names = new Map<string, string>();
  for (const volume of project.volumes) {
    const ensured = yield* ensureVolume(task, project, volume);
    if (!ensured.ok) return ensured;
    names.set(volume.key, volume.name);
  }
  return ok(names);
}

function* ensureVolume(task: Task, project: ComposeProject, volume: ProjectVolume): Sys<Outcome> {
  const { engine, console } = task;
  const { name, external } = volume;
  const found = yield* engine.inspectVolume(name);
  if (!found.ok) {
    if (!isNotFound(found.error)) return err(engineWords(found.error));
    return external
      ? err(`external volume ${JSON.stringify(name)} not found`)
      : yield* createVolume(task, project, volume);
  }
  if (external) return ok();
  const labels = asData(found.value['Labels']);
  const owner = asText(labels[LABEL.project]);
  if (owner === null)
    yield* console.warn(
      `volume ${JSON.stringify(name)} already exists but was not created by Docker Compose. Use \`external: true\` to use an existing volume`,
    );
  else if (owner !== project.name)
    yield* console.warn(
      `volume ${JSON.stringify(name)} already exists but was created for project ${JSON.stringify(owner)} (expected ${JSON.stringify(project.name)}). Use \`external: true\` to use an existing volume`,
    );
  return ok();
}

function* createVolume(task: Task, project: ComposeProject, volume: ProjectVolume): Sys<Outcome> {
  const id = `Volume ${volume.name}`;
  const source = asData(asData(project.source['volumes'])[volume.key]);
  yield* tell(task, working(id, 'Creating'));
  const created = yield* task.engine.createVolume({
    Name: volume.name,
    ...(volume.driver && { Driver: volume.driver }),
    ...(source['driver_opts'] !== undefined && { DriverOpts: source['driver_opts'] }),
    Labels: {
      ...Object.fromEntries(volume.labels),
      [LABEL.hash]: hashOf({ driver: 'local', ...source }),
      [LABEL.project]: project.name,
      [LABEL.version]: VERSION,
      [LABEL.volume]: volume.key,
    },
  });
  yield* tell(task, created.ok ? done(id, 'Created') : failed(id));
  return created.ok ? ok() : err(engineWords(created.error));
}

export function* removeVolume(task: Task, name: string): Sys<Outcome> {
  const { engine } = task;
  const found = yield* engine.inspectVolume(name);
  if (!found.ok && isNotFound(found.error)) return ok();
  const id = `Volume ${name}`;
  yield* tell(task, working(id, 'Removing'));
  const removed = yield* engine.removeVolume(name);
  if (removed.ok) yield* tell(task, done(id, 'Removed'));
  else if (isConflict(removed.error)) yield* tell(task, warned(id, 'Resource is still in use'));
  else if (isNotFound(removed.error)) yield* tell(task, done(id, 'Warning: No resource found to remove'));
  else return err(engineWords(removed.error));
  return ok();
}
