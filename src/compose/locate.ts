import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Path } from './schema/shape.ts';

/** A part of a text, as offsets. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Where the data of a YAML text stands. Broken texts too: what can be told of them is told. */
export class TextMap {
  private readonly root: Node | null;
  private readonly lines = new LineCounter();

  constructor(private readonly text: string) {
    const parsed = parseDocument(text, {
      version: '1.2',
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
      lineCounter: this.lines,
    });
    this.root = parsed.contents;
  }

  /** The key at a path with its value, as far as that is on one line; of what isn't there, the nearest thing above it. */
  at(path: Path): TextRange {
    const steps = this.steps(path);
    const last = steps.at(-1);
    return last ? this.rangeOf(last) : this.firstLine();
  }

  /** Whether the text itself has something at this path. */
  has(path: Path): boolean {
    return this.steps(path).length === path.length;
  }

  /** As far down as the text goes. */
  private steps(path: Path): readonly Step[] {
    const steps: Step[] = [];
    let node: Node | null = this.root;
    for (const part of path) {
      const step: Step | null = node && stepInto(resolved(node, this.root), part);
      if (!step) break;
      steps.push(step);
      node = step.value;
    }
    return steps;
  }

  /** The line of a path, from 1. */
  lineOf(path: Path): number {
    return this.lines.linePos(this.at(path).from).line;
  }

  /** From a place in the text to the end of its line. */
  fromPlace(line: number, column: number): TextRange {
    const start = this.lines.lineStarts[line - 1] ?? this.text.length;
    const end = this.endOfLine(start);
    const from = Math.min(start + column - 1, end);
    return this.visible({ from, to: end });
  }

  /** The first occurrence of a text. */
  find(wanted: string | RegExp): TextRange | null {
    const match = typeof wanted === 'string' ? this.text.indexOf(wanted) : this.text.search(wanted);
    if (match < 0) return null;
    const length = typeof wanted === 'string' ? wanted.length : (wanted.exec(this.text)?.[0].length ?? 1);
    return { from: match, to: match + length };
  }

  firstLine(): TextRange {
    const from = Math.max(0, this.text.search(/\S/));
    return this.visible({ from, to: this.endOfLine(from) });
  }

  private rangeOf({ key, value }: Step): TextRange {
    const [from = 0, keyEnd = from] = (key ?? value)?.range ?? [];
    const end = value?.range?.[1] ?? keyEnd;
    const line = this.endOfLine(from);
    return this.visible({ from, to: end <= line ? end : Math.min(keyEnd, line) });
  }

  private endOfLine(from: number): number {
    const at = this.text.indexOf('\n', from);
    return at < 0 ? this.text.length : at;
  }

  /** At least one letter wide where there is one, without spaces at its end. */
  private visible({ from, to }: TextRange): TextRange {
    const trimmed = from + this.text.slice(from, to).trimEnd().length;
    if (trimmed > from) return { from, to: trimmed };
    return from < this.text.length ? { from, to: from + 1 } : { from: Math.max(0, this.text.length - 1), to: from };
  }
}

interface Step {
  readonly key: Node | null;
  readonly value: Node | null;
}

function resolved(node: Node, root: Node | null): Node {
  if (!isAlias(node) || !root) return node;
  return find(root, (each) => (each as { anchor?: string }).anchor === node.source) ?? node;
}

function find(node: Node, wanted: (node: Node) => boolean): Node | null {
  if (wanted(node)) return node;
  const children = isMap(node)
    ? node.items.flatMap((pair) => [pair.key as Node | null, pair.value as Node | null])
    : isSeq(node)
      ? (node.items as (Node | null)[])
      : [];
  for (const child of children) {
    const found = child && find(child, wanted);
    if (found) return found;
  }
  return null;
}

/** One step down: a key of a mapping, a position of a list, or the item of a list that names the key (`- KEY=value`). */
function stepInto(node: Node, part: string | number): Step | null {
  if (isMap(node)) {
    const pair = pairOf(node.items as Pair<Node, Node | null>[], String(part));
    if (pair) return { key: pair.key, value: pair.value };
    const merged = node.items.find(({ key }) => isScalar(key) && key.value === '<<')?.value as Node | undefined;
    return merged && isMap(merged) ? stepInto(merged, part) : null;
  }
  if (!isSeq(node)) return null;
  const items = node.items as (Node | null)[];
  if (typeof part === 'number') return items[part] ? { key: null, value: items[part] as Node } : null;
  const named = items.find(
    (item) => isScalar(item) && (String(item.value) === part || String(item.value).split(/[=:]/)[0] === part),
  );
  return named ? { key: null, value: named } : null;
}

function pairOf(items: readonly Pair<Node, Node | null>[], key: string): Pair<Node, Node | null> | undefined {
  // Of a key that is there twice the last one counts.
  return items.findLast((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
}
