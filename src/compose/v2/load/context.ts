import type { Surroundings } from '../../load/files.ts';
import { interpolate as interpolateTree } from './interpolate.ts';
import type { Result } from '../../../base/result.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from './tree.ts';

/** What the reading of a project goes by, and what it says on the way. */
export interface LoadContext {
  readonly world: Surroundings;
  readonly variables: ReadonlyMap<string, string>;
  /** Lines for the log. */
  readonly warnings: string[];
  /** Leave variables as they are (`config --no-interpolate`). */
  readonly raw: boolean;
  /** Leave relative paths as they are (`config --no-path-resolution`). */
  readonly keepPaths: boolean;
}

export function interpolateIn({ variables, warnings, raw }: LoadContext, tree: Tree): Result<Tree, Problem> {
  if (raw) return { ok: true, value: tree };
  return interpolateTree(tree, {
    variables,
    missing: (name) => warnings.push(`The "${name}" variable is not set. Defaulting to a blank string.`),
  });
}
