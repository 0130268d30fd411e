import { err, ok, type Result } from '../../../base/result.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import { cast } from './casts.ts';
import { type Lookup, substitute, type TemplateError } from './template.ts';
import { isTree, pathText, type Tree, treeOf } from './tree.ts';

/** Every text of a tree with its variables replaced; keys stay (compose-go interpolation/interpolation.go). */
export function interpolate(tree: Tree, lookup: Lookup): Result<Tree, Problem> {
  return interpolateMapping(tree, lookup, []);
}

function interpolateValue(value: unknown, lookup: Lookup, path: Path): Result<unknown, Problem> {
  if (typeof value === 'string') {
    const text = substitute(value, lookup);
    if (!text.ok) return err(problemAt(path, templateWords(path, text.error)));
    const typed = cast(path, text.value);
    if (typed.ok) return typed;
    return err(
      problemAt(path, `error while interpolating ${pathText(path)}: failed to cast to expected type: ${typed.error}`),
    );
  }
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [i, each] of value.entries()) {
      const item = interpolateValue(each, lookup, [...path, i]);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return ok(items);
  }
  return isTree(value) ? interpolateMapping(value, lookup, path) : ok(value);
}

function interpolateMapping(tree: Tree, lookup: Lookup, path: Path): Result<Tree, Problem> {
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, value] of Object.entries(tree)) {
    const each = interpolateValue(value, lookup, [...path, key]);
    if (!each.ok) return each;
    entries.push([key, each.value]);
  }
  return ok(treeOf(entries));
}

function templateWords(path: Path, error: TemplateError): string {
  if (error.what === 'invalid')
    return `invalid interpolation format for ${pathText(path)}.\nYou may need to escape any $ with another $.\n${error.template}`;
  const reason = error.reason === '' ? '' : `: ${error.reason}`;
  return `error while interpolating ${pathText(path)}: required variable ${error.name} is missing a value${reason}`;
}
