import type { RegexTree } from './regex-tree.ts';

/** One step of a regular expression as a program (Cox, "Regular Expression Matching: the Virtual Machine Approach"). */
export type RegexStep =
  | { readonly do: 'atom' | 'place'; readonly test: RegExp }
  | { readonly do: 'split'; first: number; second: number }
  | { readonly do: 'jump'; to: number }
  | { readonly do: 'save'; readonly slot: number }
  | { readonly do: 'match' };

/** More steps than any expression that people write. */
const MOST_STEPS = 5_000;

/** The program of a tree; null: repetition makes it too large. */
export function compileRegexTree(tree: RegexTree, flags: string): readonly RegexStep[] | null {
  const compiler = new Compiler(flags.replace(/[gyd]/g, ''));
  const fits = compiler.add(tree);
  compiler.steps.push({ do: 'match' });
  return fits ? compiler.steps : null;
}

class Compiler {
  readonly steps: RegexStep[] = [];

  constructor(private readonly flags: string) {}

  /** @returns whether it fits */
  add(tree: RegexTree): boolean {
    if (this.steps.length > MOST_STEPS) return false;
    switch (tree.kind) {
      case 'atom':
      case 'place':
        this.steps.push({ do: tree.kind, test: new RegExp(tree.source, `${this.flags}y`) });
        return true;
      case 'group':
        if (tree.capture === null) return this.add(tree.body);
        this.steps.push({ do: 'save', slot: 2 * tree.capture });
        if (!this.add(tree.body)) return false;
        this.steps.push({ do: 'save', slot: 2 * tree.capture + 1 });
        return true;
      case 'sequence':
        return tree.parts.every((part) => this.add(part));
      case 'choice':
        return this.addChoice(tree.options);
      case 'repeat':
        return this.addRepeat(tree);
    }
  }

  private addChoice(options: readonly RegexTree[]): boolean {
    const ends: { do: 'jump'; to: number }[] = [];
    for (const [i, option] of options.entries()) {
      if (i === options.length - 1) {
        if (!this.add(option)) return false;
        continue;
      }
      const split = this.split();
      split.first = this.steps.length;
      if (!this.add(option)) return false;
      const end = { do: 'jump' as const, to: 0 };
      this.steps.push(end);
      ends.push(end);
      split.second = this.steps.length;
    }
    for (const end of ends) end.to = this.steps.length;
    return true;
  }

  private addRepeat({ body, least, most, greedy }: RegexTree & { readonly kind: 'repeat' }): boolean {
    for (let i = 0; i < least; i++) if (!this.add(body)) return false;
    if (most === Number.POSITIVE_INFINITY) {
      const start = this.steps.length;
      const split = this.split();
      if (!this.add(body)) return false;
      this.steps.push({ do: 'jump', to: start });
      this.aim(split, start + 1, this.steps.length, greedy);
      return true;
    }
    const splits: { split: RegexStep & { do: 'split' }; inside: number }[] = [];
    for (let i = least; i < most; i++) {
      const split = this.split();
      splits.push({ split, inside: this.steps.length });
      if (!this.add(body)) return false;
    }
    for (const { split, inside } of splits) this.aim(split, inside, this.steps.length, greedy);
    return true;
  }

  private split(): RegexStep & { do: 'split' } {
    const step = { do: 'split' as const, first: 0, second: 0 };
    this.steps.push(step);
    return step;
  }

  private aim(split: RegexStep & { do: 'split' }, inside: number, outside: number, greedy: boolean): void {
    split.first = greedy ? inside : outside;
    split.second = greedy ? outside : inside;
  }
}
