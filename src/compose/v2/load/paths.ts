import { err, ok, type Result } from '../../../base/result.ts';
import { resolvePath } from '../../model/service.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import { isTree, matches, pattern, type Pattern, type Tree } from './tree.ts';

/** Relative paths made whole (compose-go paths/resolve.go). */

const TEXTS: readonly Pattern[] = [
  'services.*.build.context',
  'services.*.env_file.[].path',
  'services.*.label_file.[]',
  'services.*.develop.watch.[].path',
  'configs.*.file',
  'secrets.*.file',
].map(pattern);
const MOUNT = pattern('services.*.volumes.[]');

export function resolvePaths(tree: Tree, folder: string, home: string): Result<Tree, Problem> {
  const whole = (text: string) => resolvePath(folder, text.replace(/^~(?=\/|$)/, home));
  const visit = (value: unknown, path: Path): Result<unknown, Problem> => {
    if (typeof value === 'string')
      return ok(value !== '' && TEXTS.some((place) => matches(path, place)) ? whole(value) : value);
    if (isTree(value) && matches(path, MOUNT)) {
      if (value['type'] !== 'bind') return ok(value);
      const { source } = value;
      if (typeof source === 'string') return ok({ ...value, source: whole(source) });
      return err(problemAt(path, 'invalid mount config for type "bind": field Source must not be empty'));
    }
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [i, each] of value.entries()) {
        const item = visit(each, [...path, i]);
        if (!item.ok) return item;
        items.push(item.value);
      }
      return ok(items);
    }
    if (!isTree(value)) return ok(value);
    const entries: (readonly [string, unknown])[] = [];
    for (const [key, each] of Object.entries(value)) {
      const child = visit(each, [...path, key]);
      if (!child.ok) return child;
      entries.push([key, child.value]);
    }
    return ok(Object.fromEntries(entries));
  };
  return visit(tree, []) as Result<Tree, Problem>;
}
