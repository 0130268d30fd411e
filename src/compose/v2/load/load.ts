import { err, ok, type Result } from '../../../base/result.ts';
import { decodeUtf8 } from '../../../base/bytes.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { readDocuments } from '../../load/documents.ts';
import { readText, type Surroundings } from '../../load/files.ts';
import { openWords, type Problem, problem } from '../problem.ts';
import type { ComposeProject } from '../project.ts';
import { duplicateWords, yamlWords } from '../yaml-words.ts';
import { consistencyProblem } from './consistency.ts';
import { interpolateIn, type LoadContext } from './context.ts';
import { withDefaults } from './defaults.ts';
import { decodingProblem } from './decoding.ts';
import { readVariables } from './environment.ts';
import { findFiles } from './find-files.ts';
import { goType } from './go-words.ts';
import { normalise } from './normalise.ts';
import { resolvePaths } from './paths.ts';
import { projectOf, withEnvironment } from './project.ts';
import { type FileText, inFile, readFile } from './read-file.ts';
import { isTree, type Tree } from './tree.ts';
import { validate } from './validate.ts';

/** Reading a project as docker compose v2.40.3 does (compose-go 2.9 cli/options.go, loader/loader.go). */
export interface LoadOptions {
  readonly files: readonly string[];
  readonly projectName: string;
  readonly projectDirectory: string;
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** Of `config`: steps that it leaves out. */
  readonly skip?: readonly ('interpolation' | 'normalisation' | 'paths' | 'consistency' | 'environment')[];
}

export interface Loaded {
  readonly project: ComposeProject;
  readonly warnings: readonly string[];
}

export type LoadFailure = Problem & { readonly warnings: readonly string[] };

export function* loadProject(world: Surroundings, options: LoadOptions): Sys<Result<Loaded, LoadFailure>> {
  const warnings: string[] = [];
  const project = yield* load(world, options, warnings);
  return project.ok ? ok({ project: project.value, warnings }) : err({ ...project.error, warnings });
}

function* load(world: Surroundings, options: LoadOptions, warnings: string[]): Sys<Result<ComposeProject, Problem>> {
  const skips = new Set(options.skip);
  if (options.projectName !== normaliseName(options.projectName)) return err(problem(invalidName(options.projectName)));
  const place = yield* readVariables(world, options, warnings, findFiles);
  if (!place.ok) return place;
  const { files, workingDirectory } = place.value;
  const sources = yield* readSources(world, files);
  if (!sources.ok) return sources;
  if (options.projectName === '') {
    const parsed = parseProblem(sources.value);
    if (parsed) return err(parsed);
  }
  const context: LoadContext = {
    world,
    variables: place.value.variables,
    warnings,
    raw: skips.has('interpolation'),
    keepPaths: skips.has('paths'),
  };
  const name = projectName(context, options, workingDirectory, sources.value);
  if (!name.ok) return name;
  const variables = new Map(context.variables).set('COMPOSE_PROJECT_NAME', name.value);
  const tree = yield* readTree({ ...context, variables }, sources.value, workingDirectory);
  if (!tree.ok) return tree;
  if (Object.keys(tree.value).length === 0)
    return err({ message: 'empty compose file', at: { file: files[0] as string, path: [] } });
  if (name.value === '') return err(problem('project name must not be empty'));
  const whole = skips.has('normalisation') ? tree.value : normalise(tree.value, name.value, variables);
  const undecodable = decodingProblem(whole);
  if (undecodable) return err(inFile(undecodable, files[0] as string));
  const profiles =
    options.profiles.length > 0
      ? options.profiles
      : (variables.get('COMPOSE_PROFILES') ?? '').split(',').map((each) => each.trim());
  const facts = { name: name.value, workingDirectory, files, envFiles: options.envFiles, profiles };
  const project = projectOf(whole, facts, { ...context, variables });
  const wrong = skips.has('consistency') ? null : consistencyProblem(project);
  if (wrong) return err(inFile(wrong, files[0] as string));
  if (skips.has('environment')) return ok(project);
  const resolved = yield* withEnvironment(context, project);
  return resolved.ok ? resolved : err(inFile(resolved.error, files[0] as string));
}

function* readSources(world: Surroundings, files: readonly string[]): Sys<Result<readonly FileText[], Problem>> {
  if (files.length === 0) return err(problem('no configuration file provided: not found'));
  const sources: FileText[] = [];
  for (const file of files) {
    const text = file === '-' ? yield* readInput(world) : yield* readText(world, file);
    if (!text.ok) return err({ message: openWords(file, text.error), at: { file } });
    sources.push({ file, text: text.value });
  }
  return ok(sources);
}

function* readInput(world: Surroundings) {
  let text = '';
  for (;;) {
    const part = yield* world.read(0, 65_536);
    if (!part.ok) return part;
    if (part.value.length === 0) return ok(text);
    text += decodeUtf8(part.value);
  }
}

/** A first look, for the file's `name:` alone: it already notices what isn't YAML (prepare of cli/options.go). */
function parseProblem(sources: readonly FileText[]): Problem | null {
  for (const { file, text } of sources) {
    const documents = readDocuments(text);
    if (!documents.ok) {
      const { at: mark } = documents.error;
      return {
        message: `yaml: ${yamlWords(documents.error)}`,
        at: { file, line: mark.line + 1, column: mark.column + 1 },
      };
    }
    const [first] = documents.value;
    if (first === undefined || first.data === null) continue;
    if (!isTree(first.data)) {
      const message = `yaml: unmarshal errors:\n  line 1: cannot unmarshal ${yamlTag(first.data)} into cli.named`;
      return { message, at: { file, path: [] } };
    }
    const { duplicate } = first;
    if (duplicate && duplicate.path.length === 0) {
      const at = { file, line: duplicate.line, column: duplicate.column };
      return { message: `yaml: unmarshal errors:\n  ${duplicateWords(duplicate)}`, at };
    }
    const { name } = first.data;
    if (typeof name === 'object' && name !== null)
      return {
        message: `yaml: unmarshal errors:\n  line 1: cannot unmarshal ${yamlTag(name)} into string`,
        at: { file, path: ['name'] },
      };
    if (name !== undefined && name !== null && name !== '') return null;
  }
  return null;
}

/** go-yaml's name of what it found: `!!seq`, or a scalar's tag and text. */
function yamlTag(value: unknown): string {
  if (Array.isArray(value)) return '!!seq';
  if (typeof value === 'object') return '!!map';
  const type = { string: 'str', bool: 'bool', int: 'int', float64: 'float' }[goType(value)] ?? 'null';
  const text = String(value);
  return `!!${type} \`${text.length > 10 ? `${text.slice(0, 7)}...` : text}\``;
}

function* readTree(context: LoadContext, sources: readonly FileText[], folder: string): Sys<Result<Tree, Problem>> {
  let tree: Tree = {};
  for (const source of sources) {
    const next = yield* readFile(context, source, tree, { included: [], folder });
    if (!next.ok) return next;
    tree = next.value;
  }
  const main = (sources[0] as FileText).file;
  const complete = withDefaults(tree);
  const wrong = validate(complete);
  if (wrong) return err(inFile(wrong, main));
  if (context.keepPaths) return ok(complete);
  const paths = resolvePaths(complete, folder, context.world.env.get('HOME') ?? '/root');
  return paths.ok ? paths : err(inFile(paths.error, main));
}

/** `-p`, then the environment, then the file's own `name:`, then the folder. */
function projectName(
  context: LoadContext,
  options: LoadOptions,
  workingDirectory: string,
  sources: readonly FileText[],
): Result<string, Problem> {
  if (options.projectName !== '') return ok(options.projectName);
  const fromEnvironment = context.variables.get('COMPOSE_PROJECT_NAME') ?? '';
  if (fromEnvironment !== '')
    return normaliseName(fromEnvironment) === fromEnvironment
      ? ok(fromEnvironment)
      : err(problem(invalidName(fromEnvironment)));
  let stated = '';
  for (const { text } of sources) {
    const documents = readDocuments(text);
    for (const { data } of documents.ok ? documents.value : [])
      if (isTree(data) && data['name'] !== undefined && data['name'] !== null) stated = String(data['name']) || stated;
  }
  const folder = workingDirectory.slice(workingDirectory.lastIndexOf('/') + 1);
  if (stated === '') return ok(normaliseName(folder));
  const interpolated = interpolateIn(context, { name: stated });
  if (!interpolated.ok) return err(inFile(interpolated.error, (sources[0] as FileText).file));
  return ok(normaliseName(String(interpolated.value['name'])));
}

export function normaliseName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

const invalidName = (name: string) =>
  `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`;
