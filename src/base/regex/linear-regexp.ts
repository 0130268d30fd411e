import { compileRegexTree, type RegexStep } from './regex-program.ts';
import { parseRegex, type RegexTree } from './regex-tree.ts';

/** Beyond so many pairs of a step and a place the bookkeeping would take more than the search. */
const MOST_PAIRS = 2 ** 28;
/** So many parts of any length may follow each other before a search becomes slow. */
const MOST_REPEATS = 2;

/**
 * A regular expression whose search never takes longer than its own length times the text's. JavaScript's own engine tries some
 * expressions in exponentially many ways, `(a+)+$` for one, and nothing can interrupt it. Expressions that can't get that slow are
 * left to it, and so are those with back references, which are slow everywhere.
 */
export function linearRegExp(source: string, flags = ''): RegExp {
  const plain = new RegExp(source, flags);
  const tree = parseRegex(source);
  if (tree === null || !isSlow(tree)) return plain;
  const program = compileRegexTree(tree, flags);
  return program === null ? plain : new LinearRegExp(source, flags, program);
}

/** Whether one stretch of a text can be matched in many ways: by a repetition in a repetition, or by many after each other. */
function isSlow(tree: RegexTree): boolean {
  let repeats = 0;
  const visit = (node: RegexTree, repeated: boolean): boolean => {
    switch (node.kind) {
      case 'atom':
      case 'place':
        return false;
      case 'group':
        return visit(node.body, repeated);
      case 'sequence':
        return node.parts.some((part) => visit(part, repeated));
      case 'choice':
        return repeated || node.options.some((option) => visit(option, repeated));
      case 'repeat': {
        const many = node.most - node.least > 1;
        if (many && (repeated || ++repeats > MOST_REPEATS)) return true;
        return visit(node.body, repeated || many);
      }
    }
  };
  return visit(tree, false);
}

class LinearRegExp extends RegExp {
  static override get [Symbol.species](): RegExpConstructor {
    return RegExp;
  }

  constructor(
    source: string,
    flags: string,
    private readonly program: readonly RegexStep[],
  ) {
    super(source, flags);
  }

  override exec(text: string): RegExpExecArray | null {
    if (this.program.length * (text.length + 1) > MOST_PAIRS) return super.exec(text);
    const moves = this.global || this.sticky;
    const from = moves ? this.lastIndex : 0;
    const found = from <= text.length ? search(this.program, text, from, this.sticky) : null;
    if (moves) this.lastIndex = found ? (found[1] as number) : 0;
    if (!found) return null;
    const groups: (string | undefined)[] = [];
    for (let slot = 0; slot < found.length; slot += 2) {
      const [begin, end] = [found[slot], found[slot + 1]];
      groups.push(begin === undefined || end === undefined ? undefined : text.slice(begin, end));
    }
    return Object.assign(groups as [string, ...string[]], { index: found[0] as number, input: text });
  }
}

/** The bounds of the first match and of its groups, or null. What has failed at a place is never tried there again. */
function search(
  program: readonly RegexStep[],
  text: string,
  from: number,
  sticky: boolean,
): readonly (number | undefined)[] | null {
  const width = text.length + 1;
  const tried = new Uint8Array(Math.ceil((program.length * width) / 8));
  const slots = 2 + Math.max(0, ...program.map((step) => (step.do === 'save' ? step.slot : 0)));
  for (let start = from; start <= (sticky ? from : text.length); start++) {
    const saved = Array.from<number | undefined>({ length: slots - (slots % 2) });
    const end = run(program, text, start, tried, saved);
    if (end === null) continue;
    saved[0] = start;
    saved[1] = end;
    return saved;
  }
  return null;
}

/** Goes on from one place, depth first; where it failed it takes the latest other way. @returns where the match ends */
function run(
  program: readonly RegexStep[],
  text: string,
  start: number,
  tried: Uint8Array,
  saved: (number | undefined)[],
): number | null {
  const width = text.length + 1;
  /** Other ways (step, place), and what to put back on the way to them (slot, value). */
  const stack: {
    readonly step: number;
    readonly at: number;
    readonly slot?: number;
    readonly value?: number | undefined;
  }[] = [{ step: 0, at: start }];
  for (let way = stack.pop(); way; way = stack.pop()) {
    if (way.slot !== undefined) {
      saved[way.slot] = way.value;
      continue;
    }
    let { step, at } = way;
    for (;;) {
      const pair = step * width + at;
      const bit = 1 << (pair & 7);
      if (((tried[pair >> 3] as number) & bit) !== 0) break;
      tried[pair >> 3] = (tried[pair >> 3] as number) | bit;
      const todo = program[step] as RegexStep;
      if (todo.do === 'match') return at;
      if (todo.do === 'jump') step = todo.to;
      else if (todo.do === 'split') {
        stack.push({ step: todo.second, at });
        step = todo.first;
      } else if (todo.do === 'save') {
        stack.push({ step, at, slot: todo.slot, value: saved[todo.slot] });
        saved[todo.slot] = at;
        step++;
      } else {
        todo.test.lastIndex = at;
        if (!todo.test.test(text)) break;
        if (todo.do === 'atom') at = todo.test.lastIndex;
        step++;
      }
    }
  }
  return null;
}
