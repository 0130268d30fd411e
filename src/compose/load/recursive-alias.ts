import { type Alias, type Document, isAlias, isMap, isSeq, type LineCounter, type Node } from 'yaml';
import type { YamlProblem } from './yaml/problem.ts';

/** An alias of what it is part of. */
export function recursiveAlias({ contents }: Document.Parsed, lines: LineCounter): YamlProblem | null {
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
