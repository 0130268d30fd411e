import type { Service } from '../../model/project.ts';

/** The first circle of dependencies, as `a, b, a`; null where there is none. By name, as compose-go looks (graph/cycle.go). */
export function dependencyCycle(services: readonly Service[]): readonly string[] | null {
  const needs = new Map(
    services.map((each) => [each.name, each.dependsOn.map((dependency) => dependency.service).toSorted()]),
  );
  const whole = new Set<string>();
  const visit = (path: readonly string[]): readonly string[] | null => {
    const name = path.at(-1) as string;
    for (const next of needs.get(name) ?? []) {
      const at = path.indexOf(next);
      if (at >= 0) return [...path.slice(at), next];
      if (whole.has(next) || !needs.has(next)) continue;
      const found = visit([...path, next]);
      if (found) return found;
    }
    whole.add(name);
    return null;
  };
  for (const name of [...needs.keys()].toSorted()) {
    const found = visit([name]);
    if (found) return found;
  }
  return null;
}
