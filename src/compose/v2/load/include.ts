import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { folderOf, readText } from '../../load/files.ts';
import { resolvePath } from '../../model/service.ts';
import { openWords, type Problem, problemAt } from '../problem.ts';
import type { LoadContext } from './context.ts';
import { readDotenv } from './dotenv.ts';
import { goText } from './go-words.ts';
import { resolvePaths } from './paths.ts';
import { type FileText, readFile } from './read-file.ts';
import { isTree, type Tree } from './tree.ts';

export interface IncludeOptions {
  readonly folder: string;
  /** This file, and those that led here. */
  readonly included: readonly string[];
}

const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** The tree with what it includes (compose-go loader/include.go). */
export function* applyInclude(context: LoadContext, tree: Tree, options: IncludeOptions): Sys<Result<Tree, Problem>> {
  const { include, ...own } = tree;
  if (include === undefined || include === null) return ok(own);
  if (!Array.isArray(include)) return err(problemAt(['include'], `\`include\` must be a list, got ${goText(include)}`));
  let whole: Tree = own;
  for (const [i, entry] of include.entries()) {
    const imported = yield* readInclude(context, isTree(entry) ? entry : { path: entry }, options, i);
    if (!imported.ok) return imported;
    const both = withResources(whole, imported.value);
    if (!both.ok) return both;
    whole = both.value;
  }
  return ok(whole);
}

function* readInclude(
  context: LoadContext,
  entry: Tree,
  { folder, included }: IncludeOptions,
  index: number,
): Sys<Result<Tree, Problem>> {
  const list = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
  const files = list(entry['path']).map((path) => resolvePath(folder, path));
  const [main] = files;
  if (main === undefined) return ok({});
  if (included.includes(main)) {
    const [first, ...rest] = [...included, main];
    const message = `include cycle detected:\n${first}\n include ${rest.join('\n include ')}`;
    return err(problemAt(['include', index], message));
  }
  const stated = entry['project_directory'];
  const home = typeof stated === 'string' ? resolvePath(folder, stated) : folderOf(main);
  const environment = yield* environmentOf(context, list(entry['env_file']), folder, home);
  if (!environment.ok) return environment;
  const inner: LoadContext = { ...context, variables: environment.value };
  const sources: FileText[] = [];
  for (const file of files) {
    const text = yield* readText(context.world, file);
    if (!text.ok) {
      const message = openWords(file, text.error);
      return err(problemAt(['include', index], message));
    }
    sources.push({ file, text: text.value });
  }
  let tree: Tree = {};
  for (const source of sources) {
    const next = yield* readFile(inner, source, tree, { included, folder: home });
    if (!next.ok) return next;
    tree = next.value;
  }
  return resolvePaths(tree, home, context.world.env.get('HOME') ?? '/root');
}

/** Variables of the include's own `env_file`s, or of the `.env` beside it, below those that are there already. */
function* environmentOf(
  { variables, world }: LoadContext,
  envFiles: readonly string[],
  folder: string,
  home: string,
): Sys<Result<ReadonlyMap<string, string>, Problem>> {
  const merged = new Map(variables);
  const files = envFiles.length > 0 ? envFiles.map((each) => resolvePath(folder, each)) : [`${home}/.env`];
  for (const file of files) {
    const text = yield* readText(world, file);
    if (!text.ok && envFiles.length === 0) continue;
    if (!text.ok) return err({ message: `couldn't find env file: ${file}` });
    const read = readDotenv(text.value, (name) => merged.get(name));
    if (!read.ok) return err({ message: `failed to read ${file}: ${read.error}` });
    for (const [name, value] of read.value) if (!merged.has(name)) merged.set(name, value);
  }
  return ok(merged);
}

function withResources(tree: Tree, imported: Tree): Result<Tree, Problem> {
  const whole: Record<string, unknown> = { ...tree };
  for (const section of SECTIONS) {
    const from = imported[section];
    if (!isTree(from)) continue;
    const to: Record<string, unknown> = { ...(isTree(tree[section]) ? tree[section] : {}) };
    for (const [name, resource] of Object.entries(from)) {
      if (Object.hasOwn(to, name) && JSON.stringify(to[name]) !== JSON.stringify(resource))
        return err(problemAt([section, name], `${section}.${name} conflicts with imported resource`));
      to[name] = resource;
    }
    whole[section] = to;
  }
  return ok(whole);
}
