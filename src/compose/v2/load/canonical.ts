import { err, ok, type Result } from '../../../base/result.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import { goText, goType } from './go-words.ts';
import { readPorts } from './port-spec.ts';
import { isTree, matches, pathText, pattern, type Pattern, type Tree, treeOf } from './tree.ts';
import { readVolume } from './volume-spec.ts';

/** Brings short forms into the long ones, place by place (compose-go transform/). */

type Rewrite = (value: unknown, path: Path) => Result<unknown, Problem>;

const REWRITES: readonly (readonly [Pattern, Rewrite])[] = [
  rewrite('services.*.build', (value, path) => {
    if (typeof value === 'string') return ok({ context: value });
    return isTree(value) ? canonicalChildren(value, path) : wrongType(path, value, 'build');
  }),
  rewrite('services.*.build.additional_contexts', keyValues),
  rewrite('services.*.build.args', ok),
  rewrite('services.*.depends_on', dependencies),
  rewrite('services.*.env_file', (value) => ok((Array.isArray(value) ? value : [value]).map(envFile))),
  rewrite('services.*.label_file', asList),
  rewrite('services.*.extends', (value) => ok(typeof value === 'string' ? { service: value } : value)),
  rewrite('services.*.gpus', (value) => ok(typeof value === 'string' ? [{ count: 'all' }] : value)),
  rewrite('services.*.networks', namesToMap),
  rewrite('services.*.models', namesToMap),
  rewrite('services.*.volumes.[]', volume),
  rewrite('services.*.dns', asList),
  rewrite('services.*.devices.[]', device),
  rewrite('services.*.secrets.[]', fileMount),
  rewrite('services.*.configs.[]', fileMount),
  rewrite('services.*.ports', ports),
  rewrite('services.*.develop.watch.[].ignore', asList),
  rewrite('services.*.develop.watch.[].include', asList),
  rewrite('volumes.*', maybeExternal),
  rewrite('networks.*', maybeExternal),
  rewrite('secrets.*', maybeExternal),
  rewrite('configs.*', maybeExternal),
];

function rewrite(place: string, act: Rewrite): readonly [Pattern, Rewrite] {
  return [pattern(place), act];
}

export function canonical(tree: Tree): Result<Tree, Problem> {
  return canonicalChildren(tree, []);
}

function canonicalValue(value: unknown, path: Path): Result<unknown, Problem> {
  const found = REWRITES.find(([place]) => matches(path, place));
  if (found) return found[1](value, path);
  if (Array.isArray(value)) return canonicalList(value, path);
  return isTree(value) ? canonicalChildren(value, path) : ok(value);
}

function canonicalList(values: readonly unknown[], path: Path): Result<readonly unknown[], Problem> {
  const items: unknown[] = [];
  for (const [i, each] of values.entries()) {
    const item = canonicalValue(each, [...path, i]);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok(items);
}

function canonicalChildren(tree: Tree, path: Path): Result<Tree, Problem> {
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, value] of Object.entries(tree)) {
    const each = canonicalValue(value, [...path, key]);
    if (!each.ok) return each;
    entries.push([key, each.value]);
  }
  return ok(treeOf(entries));
}

const wrongType = (path: Path, value: unknown, what: string) =>
  err(problemAt(path, `${pathText(path)}: invalid type ${goType(value)} for ${what}`));

function asList(value: unknown): Result<unknown, Problem> {
  return ok(typeof value === 'string' ? [value] : value);
}

function namesToMap(value: unknown): Result<unknown, Problem> {
  return ok(Array.isArray(value) ? treeOf(value.map((name) => [String(name), null])) : value);
}

function keyValues(value: unknown, path: Path): Result<unknown, Problem> {
  if (!Array.isArray(value)) return ok(value);
  const entries: [string, string][] = [];
  for (const each of value.map(String)) {
    const at = each.indexOf('=');
    if (at < 0) return err(problemAt(path, `${pathText(path)}: invalid value ${each}, expected key=value`));
    entries.push([each.slice(0, at), each.slice(at + 1)]);
  }
  return ok(treeOf(entries));
}

function dependencies(value: unknown, path: Path): Result<unknown, Problem> {
  const started = { condition: 'service_started', required: true };
  if (Array.isArray(value)) return ok(treeOf(value.map((name) => [String(name), started])));
  if (!isTree(value)) return wrongType(path, value, 'depend_on');
  const entries: (readonly [string, unknown])[] = [];
  for (const [name, each] of Object.entries(value)) {
    if (!isTree(each))
      return err(problemAt([...path, name], `${pathText(path)}.${name}: unsupported value ${goText(value)}`));
    entries.push([name, { ...started, ...each }]);
  }
  return ok(treeOf(entries));
}

function envFile(value: unknown): unknown {
  if (typeof value === 'string') return { path: value, required: true };
  return isTree(value) ? { required: true, ...value } : null;
}

function volume(value: unknown, path: Path): Result<unknown, Problem> {
  if (isTree(value)) return ok(value);
  if (typeof value !== 'string') return wrongType(path, value, 'service volume mount');
  const read = readVolume(value);
  return read.ok ? read : err(problemAt(path, read.error));
}

function device(value: unknown, path: Path): Result<unknown, Problem> {
  if (typeof value !== 'string') return ok(value);
  const [source = '', target = source, permissions = 'rwm', ...more] = value.split(':');
  if (more.length > 0) return err(problemAt(path, `confusing device mapping, please use long syntax: ${value}`));
  return ok({ source, target: target || source, permissions });
}

function fileMount(value: unknown): Result<unknown, Problem> {
  return ok(typeof value === 'string' ? { source: value } : value);
}

function ports(value: unknown, path: Path): Result<unknown, Problem> {
  if (!Array.isArray(value)) return wrongType(path, value, 'port');
  const all: unknown[] = [];
  for (const [i, each] of value.entries()) {
    if (isTree(each)) {
      all.push(each);
      continue;
    }
    const place = [...path, i];
    const wanted = typeof each === 'string' || (typeof each === 'number' && Number.isInteger(each));
    if (!wanted) return err(problemAt(place, `${pathText(path)}: invalid type ${goType(each)} for port`));
    const read = readPorts(String(each));
    if (!read.ok) return err(problemAt(place, read.error));
    all.push(...read.value);
  }
  return ok(all);
}

/** `external: {name: x}`, the old way, becomes `external: true` and `name: x`. */
function maybeExternal(value: unknown, path: Path): Result<unknown, Problem> {
  if (!isTree(value)) return ok(value);
  const { external } = value;
  if (!isTree(external)) return ok(value);
  const { name } = external;
  if (name === undefined) return ok({ ...value, external: true });
  if (value['name'] !== undefined && value['name'] !== name)
    return err(problemAt([...path, 'external'], `${pathText(path)}: name and external.name conflict; only use name`));
  return ok({ ...value, external: true, name });
}
