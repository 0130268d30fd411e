import { err } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { orphansOf, projectContainers } from './containers.ts';
import { Convergence, type RecreatePolicy } from './convergence.ts';
import { ensureImages } from './images.ts';
import { isOneOff } from './naming.ts';
import { ensureNetworks } from './networks.ts';
import type { ComposeProject } from './project.ts';
import { removeContainers } from './stop.ts';
import type { Outcome, Task } from './task.ts';
import { unsupported } from './unsupported.ts';
import { ensureVolumes } from './volumes.ts';

export interface CreateOptions {
  /** Those that were named; empty: all. */
  readonly services: readonly string[];
  readonly recreate: RecreatePolicy;
  readonly recreateDependencies: RecreatePolicy;
  /** A container that is made anew keeps its anonymous volumes. */
  readonly inherit: boolean;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  readonly timeout: number | undefined;
}

/** Makes all that a project needs, without starting it (pkg/compose/create.go). */
export function* create(task: Task, project: ComposeProject, options: CreateOptions): Sys<Outcome> {
  const clash = nameClash(project) ?? unsupported(project);
  if (clash !== null) return err(clash);
  const images = yield* ensureImages(task, project);
  if (!images.ok) return images;
  const networks = yield* ensureNetworks(task, project);
  if (!networks.ok) return networks;
  const volumes = yield* ensureVolumes(task, project);
  if (!volumes.ok) return volumes;
  const observed = yield* projectContainers(task, project.name, { oneOff: 'include' });
  if (!observed.ok) return observed;
  const orphans = orphansOf(observed.value, project);
  if (orphans.length > 0 && !options.ignoreOrphans) {
    if (options.removeOrphans) {
      const removed = yield* removeContainers(task, undefined, orphans, {});
      if (!removed.ok) return removed;
    } else {
      const names = orphans.map((each) => each.name).join(' ');
      yield* task.console.warn(
        `Found orphan containers ([${names}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
      );
    }
  }
  const regular = observed.value.filter((each) => !isOneOff(each));
  return yield* new Convergence(project, options, {
    containers: regular,
    images: images.value,
    networks: networks.value,
    volumes: volumes.value,
  }).apply(task);
}

/** Two services that want one name for their containers (types/project.go, CheckContainerNameUnicity). */
export function nameClash({ services }: ComposeProject): string | null {
  const taken = new Set<string>();
  for (const { name, containerName } of services) {
    if (containerName === null) continue;
    // The original means to name the other service, and prints an empty Go struct.
    if (taken.has(containerName))
      return `services.${name}: container name ${JSON.stringify(containerName)} is already in use by service {}"`;
    taken.add(containerName);
  }
  return null;
}
