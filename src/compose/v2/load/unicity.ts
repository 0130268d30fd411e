import { err, ok, type Result } from '../../../base/result.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import { goText, goType } from './go-words.ts';
import { isTree, matches, pathText, pattern, type Pattern, type Tree } from './tree.ts';
import { readVolume } from './volume-spec.ts';

/** Lists whose items are told apart by a key: a later item takes an earlier one's place (compose-go override/uncity.go). */

type Indexer = (item: unknown, path: Path) => Result<string, Problem>;

const BY_KEY = [
  'networks.*.labels',
  'services.*.annotations',
  'services.*.build.args',
  'services.*.build.labels',
  'services.*.build.tags',
  'services.*.cap_add',
  'services.*.cap_drop',
  'services.*.deploy.labels',
  'services.*.dns',
  'services.*.dns_opt',
  'services.*.dns_search',
  'services.*.environment',
  'services.*.labels',
  'services.*.links',
  'services.*.networks.*.aliases',
  'services.*.networks.*.link_local_ips',
  'services.*.profiles',
  'services.*.sysctls',
  'services.*.tmpfs',
];

const INDEXERS: readonly (readonly [Pattern, Indexer])[] = [
  ...BY_KEY.map((place) => [pattern(place), keyOf] as const),
  [pattern('services.*.volumes'), mountTarget],
  [pattern('services.*.devices'), deviceTarget],
  [pattern('services.*.configs'), fileTarget('')],
  [pattern('services.*.secrets'), fileTarget('/run/secrets')],
  [pattern('services.*.env_file'), envFilePath],
  [pattern('services.*.expose'), exposedPort],
  [pattern('services.*.ports'), portKey],
];

export function enforceUnicity(tree: Tree): Result<Tree, Problem> {
  return children(tree, []);
}

function children(tree: Tree, path: Path): Result<Tree, Problem> {
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, value] of Object.entries(tree)) {
    const place = [...path, key];
    const each = Array.isArray(value) ? list(value, place) : isTree(value) ? children(value, place) : ok(value);
    if (!each.ok) return each;
    entries.push([key, each.value]);
  }
  return ok(Object.fromEntries(entries));
}

function list(items: readonly unknown[], path: Path): Result<unknown, Problem> {
  const indexer = INDEXERS.find(([place]) => matches(path, place))?.[1];
  if (!indexer) return ok(items);
  const byKey = new Map<string, unknown>();
  for (const [i, item] of items.entries()) {
    const key = indexer(item, [...path, i]);
    if (!key.ok) return key;
    byKey.set(key.value, item);
  }
  return ok([...byKey.values()]);
}

/** `services.web.labels.[0]`: here positions are told. */
const placeText = (path: Path) => `${pathText(path.slice(0, -1))}.[${String(path.at(-1))}]`;

function keyOf(item: unknown, path: Path): Result<string, Problem> {
  if (typeof item === 'string') return ok(item.split('=')[0] as string);
  return err(problemAt(path, `${placeText(path)}: unexpected type ${goType(item)}`));
}

function mountTarget(item: unknown, path: Path): Result<string, Problem> {
  if (isTree(item)) {
    const { target } = item;
    if (typeof target === 'string') return ok(target);
    return err(problemAt(path, `service volume ${placeText(path)} is missing a mount target`));
  }
  if (typeof item !== 'string') return ok('');
  const read = readVolume(item);
  return read.ok ? ok(String(read.value['target'])) : err(problemAt(path, read.error));
}

function deviceTarget(item: unknown, path: Path): Result<string, Problem> {
  if (isTree(item)) {
    const { target } = item;
    if (typeof target === 'string') return ok(target);
    return err(problemAt(path, `service device ${placeText(path)} is missing a mount target`));
  }
  const [source = '', target = source] = String(item).split(':');
  return ok(target);
}

function fileTarget(folder: string): Indexer {
  return (item, path) => {
    if (typeof item === 'string') return ok(`${folder}/${item}`);
    if (isTree(item)) return ok(String(item['target'] ?? `${folder}/${String(item['source'])}`));
    return err(problemAt(path, `${placeText(path)}: unsupported expose value ${goText(item)}`));
  };
}

function envFilePath(item: unknown, path: Path): Result<string, Problem> {
  if (!isTree(item)) return ok(typeof item === 'string' ? item : '');
  if (typeof item['path'] === 'string') return ok(item['path']);
  return err(problemAt(path, `environment path attribute ${placeText(path)} is missing`));
}

function exposedPort(item: unknown, path: Path): Result<string, Problem> {
  if (typeof item === 'string' || (typeof item === 'number' && Number.isInteger(item))) return ok(String(item));
  return err(problemAt(path, `${placeText(path)}: unsupported expose value ${goText(item)}`));
}

function portKey(item: unknown, path: Path): Result<string, Problem> {
  if (!isTree(item)) return ok(typeof item === 'boolean' || item === null ? '' : String(item));
  const { target, published, host_ip: host = '0.0.0.0', protocol = 'tcp' } = item;
  if (target === undefined) return err(problemAt(path, `service ports ${placeText(path)} is missing a target port`));
  return ok(`${String(host)}:${String(published)}:${String(target)}/${String(protocol)}`);
}
