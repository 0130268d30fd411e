import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Engine } from '../engine/engine.ts';
import type { Project } from '../model/project.ts';
import type { Console } from './console.ts';
import { projectFilter, serviceOfContainer } from './naming.ts';

/** Containers of the project whose service the file no longer has: named, or removed (compose/project.py, find_orphan_containers). */
export function* warnOfOrphans(
  engine: Engine,
  console: Console,
  project: Project,
  options: { readonly remove: boolean },
): Sys<void> {
  const listed = yield* engine.containers(projectFilter(project));
  if (!listed.ok) return;
  const known = new Set(project.services.map((service) => service.name));
  const orphans = listed.value.filter((container) => !known.has(serviceOfContainer(container)));
  if (orphans.length === 0) return;
  if (options.remove) {
    for (const { id, name } of orphans) {
      yield* console.info(`Removing orphan container "${name}"`);
      yield* engine.stopContainer(id);
      yield* engine.removeContainer(id, { force: true });
    }
    return;
  }
  yield* console.warning(
    `Found orphan containers (${orphans.map((each) => each.name).join(', ')}) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
  );
}
