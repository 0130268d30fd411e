import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type ParsedNode,
} from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';
import type { Path } from '../schema/shape.ts';
import { dataProblem, MAX_ALIASES } from './read-yaml.ts';
import { syntaxProblem } from './yaml/parser.ts';
import type { YamlProblem } from './yaml/problem.ts';

/** One document of a YAML text, as go-yaml gives it to compose: data, and what its tags and keys say besides. */
export interface YamlDocument {
  readonly data: unknown;
  /** Places tagged `!override`, or `!reset` and then without a value of their own: what earlier files say there is forgotten. */
  readonly replaced: readonly Path[];
  /** The first key that a mapping has twice. */
  readonly duplicate: DuplicateKey | null;
}

export interface DuplicateKey {
  readonly key: string;
  /** From 1. */
  readonly line: number;
  readonly firstLine: number;
  readonly column: number;
  /** The mapping that has it. */
  readonly path: Path;
}

/** All documents of a text. An empty text has none. */
export function readDocuments(text: string): Result<readonly YamlDocument[], YamlProblem> {
  const problem = syntaxProblem(text, 'go-yaml');
  if (problem) return err(problem);
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    version: '1.2',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter: lines,
  });
  if (!Array.isArray(parsed)) return ok([]);
  const documents: YamlDocument[] = [];
  for (const each of parsed as Document.Parsed[]) {
    const recursive = recursiveAlias(each, lines);
    if (recursive) return err(recursive);
    const data = dataOf(each);
    if (!data.ok) return data;
    const found: Found = { replaced: [], reset: [], duplicate: null };
    if (each.contents) examine(each.contents, [], lines, found);
    const { reset, ...rest } = found;
    documents.push({ data: reset.reduce(without, data.value), ...rest });
  }
  return ok(documents);
}

function dataOf(parsed: Document.Parsed): Result<unknown, YamlProblem> {
  try {
    return ok(parsed.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  } catch (thrown) {
    return err(dataProblem(thrown));
  }
}

/** An alias of what it is part of. */
function recursiveAlias({ contents }: Document.Parsed, lines: LineCounter): YamlProblem | null {
  const open: string[] = [];
  const visit = (node: Node | null): YamlProblem | null => {
    if (node === null) return null;
    if (isAlias(node)) return open.includes(node.source) ? problemAt(node) : null;
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) open.push(anchor);
    const children = isMap(node)
      ? node.items.flatMap(({ key, value }) => [key as Node | null, value as Node | null])
      : isSeq(node)
        ? (node.items as (Node | null)[])
        : [];
    for (const child of children) {
      const wrong = visit(child);
      if (wrong) return wrong;
    }
    if (anchor !== undefined) open.pop();
    return null;
  };
  const problemAt = (alias: Alias): YamlProblem => {
    const index = alias.range?.[0] ?? 0;
    const { line, col } = lines.linePos(index);
    const at = { index, line: line - 1, column: col - 1 };
    return { in: 'composer', what: 'recursive alias', at, found: alias.source };
  };
  return visit(contents);
}

interface Found {
  replaced: Path[];
  reset: Path[];
  duplicate: DuplicateKey | null;
}

function examine(node: ParsedNode | Node, path: Path, lines: LineCounter, found: Found): void {
  const { tag } = node as { tag?: string };
  if (tag === '!reset' || tag === '!override') found.replaced.push(path);
  if (tag === '!reset') found.reset.push(path);
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) if (item) examine(item as Node, [...path, i], lines, found);
    return;
  }
  if (!isMap(node)) return;
  const firstLines = new Map<string, number>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const { line, col } = lines.linePos(key.range?.[0] ?? 0);
    const firstLine = firstLines.get(name);
    if (firstLine !== undefined) found.duplicate ??= { key: name, line, firstLine, column: col, path };
    firstLines.set(name, firstLine ?? line);
    if (value) examine(value as Node, [...path, name], lines, found);
  }
}

/** Data without what stands at a path. */
function without(data: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined || typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data)
    .filter(([key]) => rest.length > 0 || key !== String(first))
    .map(([key, value]) => [key, key === String(first) ? without(value, rest) : value] as const);
  return Array.isArray(data) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
