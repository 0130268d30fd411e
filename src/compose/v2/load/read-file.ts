import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { readDocuments, type YamlDocument } from '../../load/documents.ts';
import { folderOf } from '../../load/files.ts';
import type { Path } from '../../schema/shape.ts';
import { COMPOSE_FILE } from '../grammar/file.ts';
import { objection } from '../grammar/objection.ts';
import type { Place, Problem } from '../problem.ts';
import { duplicateWords, yamlWords } from '../yaml-words.ts';
import { canonical } from './canonical.ts';
import { interpolateIn, type LoadContext } from './context.ts';
import { applyExtends } from './extends.ts';
import { applyInclude } from './include.ts';
import { mergeTrees } from './merge.ts';
import { isTree, type Tree } from './tree.ts';
import { enforceUnicity } from './unicity.ts';

export interface FileText {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

export interface ReadOptions {
  /** Files that led here by `include`. */
  readonly included: readonly string[];
  /** Where this file's own `include`s are meant from. */
  readonly folder: string;
}

/** One file over what earlier files said (compose-go loader.go, loadYamlFile). */
export function* readFile(
  context: LoadContext,
  source: FileText,
  base: Tree,
  options: ReadOptions,
): Sys<Result<Tree, Problem>> {
  const documents = documentsOf(source);
  if (!documents.ok) return documents;
  let merged = base;
  for (const document of documents.value) {
    const next = yield* readDocument(context, source, document, merged, options);
    if (!next.ok) return err(inFile(next.error, source.file));
    merged = next.value;
  }
  return ok(merged);
}

/** A file's documents; what is wrong with its YAML is told with its name. */
export function documentsOf({ file, text }: FileText): Result<readonly YamlDocument[], Problem> {
  const documents = readDocuments(text);
  if (!documents.ok) {
    const { at: mark } = documents.error;
    const message = `failed to parse ${file}: yaml: ${yamlWords(documents.error)}`;
    return err({ message, at: { file, line: mark.line + 1, column: mark.column + 1 } });
  }
  for (const { duplicate } of documents.value) {
    if (!duplicate) continue;
    const at: Place = { file, line: duplicate.line, column: duplicate.column };
    return err({ message: `failed to parse ${file}: ${duplicateWords(duplicate)}`, at });
  }
  return documents;
}

function* readDocument(
  context: LoadContext,
  { file }: FileText,
  { data, replaced }: YamlDocument,
  base: Tree,
  { included, folder }: ReadOptions,
): Sys<Result<Tree, Problem>> {
  if (!isTree(data)) return err({ message: 'top-level object must be a mapping', at: { path: [] } });
  const interpolated = interpolateIn(context, data);
  if (!interpolated.ok) return interpolated;
  const extended = yield* applyExtends(context, interpolated.value, file, folderOf(file));
  if (!extended.ok) return extended;
  const kept = forget(base, replaced);
  const whole = yield* applyInclude(context, extended.value, { folder, included: [...included, file] });
  if (!whole.ok) return whole;
  const merged = mergeTrees(kept, whole.value);
  if (!merged.ok) return merged;
  const unique = enforceUnicity(merged.value);
  if (!unique.ok) return unique;
  const wrong = objection(COMPOSE_FILE, unique.value);
  if (wrong) return err({ ...wrong, message: `validating ${file}: ${wrong.message}` });
  const { version, ...rest } = unique.value;
  const obsolete = `${file}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`;
  if (version !== undefined && !context.warnings.includes(obsolete)) context.warnings.push(obsolete);
  const long = canonical(rest);
  return long.ok ? enforceUnicity(long.value) : long;
}

/** A problem of a file's data happened in that file, unless it is known to be in another. */
export function inFile(problem: Problem, file: string): Problem {
  return problem.at?.file === undefined ? { ...problem, at: { ...problem.at, file } } : problem;
}

/** Without what a later file resets or overrides. */
function forget(base: Tree, replaced: readonly Path[], path: Path = []): Tree {
  if (replaced.length === 0) return base;
  const here = (key: string) =>
    replaced.some((each) => each.length === path.length + 1 && [...path, key].every((part, i) => part === each[i]));
  return Object.fromEntries(
    Object.entries(base)
      .filter(([key]) => !here(key))
      .map(([key, value]) => [key, isTree(value) ? forget(value, replaced, [...path, key]) : value]),
  );
}
