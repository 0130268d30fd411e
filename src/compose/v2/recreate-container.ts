import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary } from '../engine/engine.ts';
import { asData, asList, asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { makeContainer, type Recipe } from './create-container.ts';
import { containerName, LABEL, numberOfContainer, progressName } from './naming.ts';
import { done, failed, working } from './progress/event.ts';
import { engineWords, type Outcome, type Task, tell } from './task.ts';

export interface RecreateOptions {
  readonly inherit: boolean;
  readonly timeout: number | undefined;
}

/** Puts a new container in the place of an old one: made under another name, which it changes once the old one has gone. */
export function* recreateContainer(
  task: Task,
  recipe: Recipe,
  old: ContainerSummary,
  options: RecreateOptions,
): Sys<Outcome> {
  const id = progressName(old);
  yield* tell(task, working(id, 'Recreate'));
  const replaced = yield* replace(task, recipe, old, options);
  yield* tell(task, replaced.ok ? done(id, 'Recreated') : failed(id, replaced.error));
  return replaced;
}

function* replace(task: Task, recipe: Recipe, old: ContainerSummary, options: RecreateOptions): Sys<Outcome> {
  const { engine } = task;
  const { project, service } = recipe;
  const number = numberOfContainer(old);
  const name = containerName(project, service, number);
  const temporary = `${old.id.slice(0, 12)}_${name}`;
  const heir = options.inherit ? inheriting(service, old) : service;
  const created = yield* makeContainer(
    task,
    { ...recipe, service: heir },
    {
      name: temporary,
      number,
      labels: {
        ...Object.fromEntries(service.labels),
        [LABEL.replace]: service.containerName ?? `${service.name}-${number}`,
      },
    },
  );
  if (!created.ok) return created;
  for (const step of [
    yield* engine.stopContainer(old.id, options.timeout),
    yield* engine.removeContainer(old.id),
    yield* engine.renameContainer(created.value, name),
  ])
    if (!step.ok) return err(engineWords(step.error));
  return ok();
}

/** Anonymous volumes go on in the new container. */
function inheriting(service: Service, old: ContainerSummary): Service {
  const mounts = asList(old.data['Mounts']).map(asData);
  const volumes = asList(service.source['volumes']).map((raw) => {
    const volume = asData(raw);
    if (volume['type'] !== 'volume' || asText(volume['source'])) return volume;
    const mount = mounts.find((each) => each['Destination'] === volume['target'] && each['Type'] === 'volume');
    return mount ? { ...volume, source: asText(mount['Name']) } : volume;
  });
  return volumes.length === 0 ? service : { ...service, source: { ...service.source, volumes } };
}
