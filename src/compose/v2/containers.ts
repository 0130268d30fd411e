import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary } from '../engine/engine.ts';
import { isOneOff, numberOfContainer, type OneOff, projectLabels, serviceOfContainer } from './naming.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, type Outcome, type Task } from './task.ts';

export interface ContainerQuery {
  readonly oneOff?: OneOff;
  /** Also those that don't run. */
  readonly all?: boolean;
  /** Of these services alone; of all where empty. */
  readonly services?: readonly string[];
}

/** The containers of a project (pkg/compose/containers.go). */
export function* projectContainers(
  { engine }: Pick<Task, 'engine'>,
  project: string,
  { oneOff = 'exclude', all = true, services = [] }: ContainerQuery = {},
): Sys<Outcome<readonly ContainerSummary[]>> {
  const [service] = services;
  const labels = projectLabels(project, oneOff, services.length === 1 ? service : undefined);
  const listed = yield* engine.containers(labels, { all });
  if (!listed.ok) return err(engineWords(listed.error));
  return ok(services.length > 1 ? ofServices(listed.value, services) : listed.value);
}

export function ofServices(
  containers: readonly ContainerSummary[],
  services: readonly string[],
): readonly ContainerSummary[] {
  return containers.filter((each) => services.includes(serviceOfContainer(each)));
}

/** The one container of a service that `exec`, `port` and their like mean: by its number, regular ones first. */
export function* specifiedContainer(
  task: Pick<Task, 'engine'>,
  project: string,
  service: string,
  index: number,
  query: ContainerQuery,
): Sys<Outcome<ContainerSummary>> {
  const listed = yield* projectContainers(task, project, { ...query, services: [service] });
  if (!listed.ok) return listed;
  const found = listed.value
    .filter((each) => index <= 0 || numberOfContainer(each) === index)
    .toSorted((a, b) => Number(isOneOff(a)) - Number(isOneOff(b)) || numberOfContainer(a) - numberOfContainer(b));
  const [first] = found;
  if (first) return ok(first);
  return err(
    index > 0
      ? `service ${JSON.stringify(service)} is not running container #${index}`
      : `service ${JSON.stringify(service)} is not running`,
  );
}

/** Containers whose service the project doesn't know, and one-off containers that have ended. */
export function orphansOf(
  containers: readonly ContainerSummary[],
  project: ComposeProject,
): readonly ContainerSummary[] {
  const known = new Set([...project.services, ...project.disabled].map((service) => service.name));
  return containers.filter((each) =>
    isOneOff(each) ? each.state === 'exited' || each.state === 'dead' : !known.has(serviceOfContainer(each)),
  );
}
