import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type ParsedNode,
  type ScalarTag,
} from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';
import type { Path } from '../schema/shape.ts';
import { dataProblem, MAX_ALIASES } from './read-yaml.ts';
import { recursiveAlias } from './recursive-alias.ts';
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

/** go-yaml reads whole numbers as Go writes them: `0400` and `0o400` are octal, `1_000` is a thousand. */
const GO_INTEGER: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0(?:b[01_]+|o[0-7_]+|[0-7_]+)$|^[-+]?[1-9][0-9]*_[0-9_]*$/,
  resolve: (text) => {
    const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
    const value = Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
    return text.startsWith('-') ? -value : value;
  },
};

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
    customTags: (tags) => [GO_INTEGER, ...tags],
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
