import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { folderOf, readText } from '../../load/files.ts';
import { resolvePath } from '../../model/service.ts';
import { openWords, type Problem, problemAt } from '../problem.ts';
import { canonical } from './canonical.ts';
import { interpolateIn, type LoadContext } from './context.ts';
import { extendService } from './merge.ts';
import { resolvePaths } from './paths.ts';
import { documentsOf, inFile } from './read-file.ts';
import { isTree, type Tree } from './tree.ts';

/** Services with those that they extend below them (compose-go loader/extends.go). */
export function* applyExtends(
  context: LoadContext,
  tree: Tree,
  file: string,
  folder: string,
): Sys<Result<Tree, Problem>> {
  const { services } = tree;
  if (services === undefined) return ok(tree);
  if (!isTree(services)) return err(problemAt(['services'], 'services must be a mapping'));
  const resolved: Record<string, unknown> = {};
  for (const name of Object.keys(services)) {
    const service = yield* resolve({ context, services, file, folder, chain: [] }, name);
    if (!service.ok) return err(inFile(service.error, file));
    resolved[name] = service.value;
  }
  return ok({ ...tree, services: resolved });
}

interface Scope {
  readonly context: LoadContext;
  /** The services of the file that it stands in. */
  readonly services: Tree;
  readonly file: string;
  readonly folder: string;
  /** Who extends whom so far. */
  readonly chain: readonly Link[];
}

interface Link {
  readonly file: string;
  readonly service: string;
}

function* resolve(scope: Scope, name: string): Sys<Result<unknown, Problem>> {
  const service = scope.services[name];
  if (service === null || service === undefined) return ok(null);
  if (!isTree(service)) return err(problemAt(['services', name], `services.${name} must be a mapping`));
  const { extends: target, ...own } = service;
  if (target === undefined) return ok(service);
  const at = ['services', name, 'extends'];
  const wanted = isTree(target) ? target['service'] : target;
  if (typeof wanted !== 'string') {
    if (!isTree(target)) return ok(service);
    return err(problemAt(at, `extends.${name}.service is required`));
  }
  const link: Link = { file: scope.file, service: name };
  if (scope.chain.some((each) => each.file === link.file && each.service === link.service))
    return err(problemAt(at, `Circular reference:${cycleWords([...scope.chain, link])}`));
  const chain = [...scope.chain, link];
  const otherFile = isTree(target) ? target['file'] : undefined;
  let from: Scope = { ...scope, chain };
  if (typeof otherFile === 'string') {
    const other = yield* servicesOf(scope, name, wanted, otherFile);
    if (!other.ok) return err(inFile(placed(other.error, at), scope.file));
    from = { ...other.value, chain };
  } else if (!Object.hasOwn(scope.services, wanted)) {
    return err(problemAt(at, `cannot extend service "${name}" in ${scope.file}: service "${wanted}" not found`));
  }
  const base = yield* resolve(from, wanted);
  if (!base.ok) return err(inFile(base.error, from.file));
  return isTree(base.value) ? extendService(base.value, own) : ok(own);
}

const placed = (problem: Problem, path: readonly string[]): Problem =>
  problem.at === undefined ? { ...problem, at: { path } } : problem;

function cycleWords(links: readonly Link[]): string {
  return links.map(({ file, service }, i) => `\n  ${i === 0 ? '' : 'extends '}${service} in ${file}`).join('');
}

/** The services of another file, its paths made whole: they are meant from where that file stands. */
function* servicesOf(scope: Scope, name: string, wanted: string, path: string): Sys<Result<Scope, Problem>> {
  const { context } = scope;
  const file = resolvePath(scope.folder, path);
  const text = yield* readText(context.world, file);
  if (!text.ok) return err({ message: openWords(file, text.error) });
  const documents = documentsOf({ file, text: text.value });
  if (!documents.ok) return documents;
  const data = documents.value[0]?.data;
  if (data !== undefined && !isTree(data)) return err({ message: 'top-level object must be a mapping', at: { file } });
  const interpolated = interpolateIn(context, data ?? {});
  if (!interpolated.ok) return err(inFile(interpolated.error, file));
  const long = canonical(interpolated.value);
  if (!long.ok) return err(inFile(long.error, file));
  const whole = resolvePaths(long.value, folderOf(file), context.world.env.get('HOME') ?? '/root');
  if (!whole.ok) return err(inFile(whole.error, file));
  const { services } = whole.value;
  const prefix = `cannot extend service "${name}" in`;
  if (services === undefined) return err({ message: `${prefix} ${file}: no services section` });
  if (!isTree(services)) return err({ message: `${prefix} ${file}: services must be a mapping` });
  if (!Object.hasOwn(services, wanted))
    return err({ message: `${prefix} ${path}: service "${wanted}" not found in ${path}` });
  return ok({ context, services, file, folder: folderOf(file), chain: [] });
}
