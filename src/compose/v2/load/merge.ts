import { err, ok, type Result } from '../../../base/result.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import { isTree, matches, pathText, pattern, type Pattern, type Tree } from './tree.ts';

/** One tree over another, as several files and `extends` do it (compose-go override/merge.go). */

type Merger = (base: unknown, over: unknown, path: Path) => Result<unknown, Problem>;

const AS_SEQUENCE = [
  'networks.*.labels',
  'volumes.*.labels',
  'services.*.annotations',
  'services.*.build.args',
  'services.*.build.labels',
  'services.*.build.additional_contexts',
  'services.*.deploy.labels',
  'services.*.dns',
  'services.*.dns_opt',
  'services.*.dns_search',
  'services.*.env_file',
  'services.*.label_file',
  'services.*.environment',
  'services.*.labels',
  'services.*.volumes.*.volume.labels',
  'services.*.sysctls',
  'services.*.tmpfs',
];
const REPLACED = ['services.*.command', 'services.*.entrypoint', 'services.*.healthcheck.test', 'services.*.ulimits.*'];
const STARTED = { condition: 'service_started', required: true };

const MERGERS: readonly (readonly [Pattern, Merger])[] = [
  ...AS_SEQUENCE.map((place) => [pattern(place), sequences] as const),
  ...REPLACED.map((place) => [pattern(place), (_base: unknown, over: unknown) => ok(over)] as const),
  [pattern('services.*.extra_hosts'), (base, over) => ok([...new Set([...toSequence(base), ...toSequence(over)])])],
  [pattern('services.*.build'), (base, over, path) => mergeMappings(context(base), context(over), path)],
  [
    pattern('services.*.depends_on'),
    (base, over, path) => mergeMappings(toMapping(base, STARTED), toMapping(over, STARTED), path),
  ],
  [
    pattern('services.*.networks'),
    (base, over, path) => mergeMappings(toMapping(base, null), toMapping(over, null), path),
  ],
  [pattern('services.*.logging'), logging],
  [pattern('networks.*.ipam.config'), ipamConfig],
];

export function mergeTrees(base: Tree, over: Tree): Result<Tree, Problem> {
  return mergeMappings(base, over, []);
}

/** A service over the one that it extends. */
export function extendService(base: Tree, over: Tree): Result<Tree, Problem> {
  return mergeMappings(base, over, ['services', 'x']);
}

function merge(base: unknown, over: unknown, path: Path): Result<unknown, Problem> {
  const special = MERGERS.find(([place]) => matches(path, place));
  if (special) return special[1](base, over, path);
  if (over === null || over === undefined) return ok(base);
  if (isTree(base)) return isTree(over) ? mergeMappings(base, over, path) : cannot(path);
  if (Array.isArray(base)) return Array.isArray(over) ? ok([...base, ...over]) : cannot(path);
  return ok(over);
}

const cannot = (path: Path) => err(problemAt(path, `cannot override ${pathText(path)}`));

function mergeMappings(base: Tree, over: Tree, path: Path): Result<Tree, Problem> {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (!merged.has(key)) {
      merged.set(key, value);
      continue;
    }
    const both = merge(merged.get(key), value, [...path, key]);
    if (!both.ok) return both;
    merged.set(key, both.value);
  }
  return ok(Object.fromEntries(merged));
}

function sequences(base: unknown, over: unknown): Result<unknown, Problem> {
  return ok([...toSequence(base), ...toSequence(over)]);
}

function toSequence(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [value];
  if (!isTree(value)) return [];
  return Object.entries(value)
    .flatMap(([key, each]) => {
      if (each === null) return [key];
      return (Array.isArray(each) ? each : [each]).map((one) => `${key}=${String(one)}`);
    })
    .sort();
}

function toMapping(value: unknown, each: unknown): Tree {
  if (Array.isArray(value)) return Object.fromEntries(value.map((name) => [String(name), each]));
  return isTree(value) ? value : {};
}

function context(value: unknown): Tree {
  return typeof value === 'string' ? { context: value } : isTree(value) ? value : {};
}

/** Options grow only while the driver is the same. */
function logging(base: unknown, over: unknown, path: Path): Result<unknown, Problem> {
  if (!isTree(base) || !isTree(over)) return ok(over);
  const differ = base['driver'] !== undefined && over['driver'] !== undefined && base['driver'] !== over['driver'];
  return differ ? ok(over) : mergeMappings(base, over, path);
}

/** Pools are told apart by their subnets. */
function ipamConfig(base: unknown, over: unknown, path: Path): Result<unknown, Problem> {
  if (!Array.isArray(base) || !Array.isArray(over)) return ok(over);
  const pools = new Map<unknown, Tree>();
  for (const pool of [...base, ...over]) {
    if (!isTree(pool)) continue;
    const same = pools.get(pool['subnet']);
    const merged = same ? mergeMappings(same, pool, path) : ok(pool);
    if (!merged.ok) return merged;
    pools.set(pool['subnet'], merged.value);
  }
  return ok([...pools.values()]);
}
