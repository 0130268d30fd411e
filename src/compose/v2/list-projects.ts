import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, Engine } from '../engine/engine.ts';
import { LABEL, labelOf } from './naming.ts';
import { engineWords, type Outcome } from './task.ts';

export interface ProjectSummary {
  readonly name: string;
  /** `exited(1), running(2)` */
  readonly status: string;
  readonly files: string;
}

/** All projects that have containers here (pkg/compose/ls.go). */
export function* listProjects(
  engine: Engine,
  options: { readonly all: boolean },
): Sys<Outcome<readonly ProjectSummary[]>> {
  const listed = yield* engine.containers([LABEL.project, LABEL.hash], options);
  if (!listed.ok) return err(engineWords(listed.error));
  const byProject = new Map<string, ContainerSummary[]>();
  for (const container of listed.value) {
    const name = labelOf(container, LABEL.project);
    byProject.set(name, [...(byProject.get(name) ?? []), container]);
  }
  const projects = [...byProject].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ok(
    projects.map(([name, containers]) => ({
      name,
      status: statusOf(containers),
      files: [...new Set(containers.flatMap((each) => labelOf(each, LABEL.files).split(',')))].join(','),
    })),
  );
}

function statusOf(containers: readonly ContainerSummary[]): string {
  const counts = new Map<string, number>();
  for (const { state } of containers) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, count]) => `${state}(${count})`)
    .join(', ');
}
