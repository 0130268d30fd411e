import type { ComposeProject } from './project.ts';

/** Which services wait for which: the edges that `inOrder` follows. */

/** Each service after those that it needs. */
export function needs(project: ComposeProject): ReadonlyMap<string, readonly string[]> {
  return new Map(project.services.map((each) => [each.name, each.dependsOn.map(({ service }) => service)]));
}

/** Each service after those that need it. */
export function dependents(project: ComposeProject): ReadonlyMap<string, readonly string[]> {
  return new Map(
    project.services.map(({ name }) => [
      name,
      project.services
        .filter((each) => each.dependsOn.some(({ service }) => service === name))
        .map((each) => each.name),
    ]),
  );
}

/** A name and all that need it, near and far. */
export function allDependents(project: ComposeProject, names: readonly string[]): ReadonlySet<string> {
  return reach(names, dependents(project));
}

/** A name and all that it needs, near and far. */
export function allNeeds(project: ComposeProject, names: readonly string[]): ReadonlySet<string> {
  return reach(names, needs(project));
}

function reach(names: readonly string[], edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of edges.get(name) ?? []) visit(next);
  };
  names.forEach(visit);
  return reached;
}
