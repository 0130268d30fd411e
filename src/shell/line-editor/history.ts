/** Walking through former lines: what has been typed waits below the newest; changed entries keep their change until Enter. */
export class HistoryWalk {
  private at: number;
  private readonly changed = new Map<number, string>();

  constructor(private readonly lines: readonly string[]) {
    this.at = lines.length;
  }

  /** The entry one step older (-1) or newer (1); null: there is none. @param current the line as it stands now */
  step(by: -1 | 1, current: string): string | null {
    const next = this.at + by;
    if (next < 0 || next > this.lines.length) return null;
    this.changed.set(this.at, current);
    this.at = next;
    return this.changed.get(next) ?? this.lines[next] ?? '';
  }

  toEnd(end: 'oldest' | 'newest', current: string): string | null {
    const target = end === 'oldest' ? 0 : this.lines.length;
    if (target === this.at) return null;
    this.changed.set(this.at, current);
    this.at = target;
    return this.changed.get(target) ?? this.lines[target] ?? '';
  }

  /** The newest entry older than `before` that contains the text. */
  search(text: string, before = this.lines.length): { readonly index: number; readonly line: string } | null {
    for (let i = Math.min(before, this.lines.length) - 1; i >= 0; i--) {
      const line = this.lines[i] as string;
      if (line.includes(text)) return { index: i, line };
    }
    return null;
  }

  goTo(index: number): void {
    this.at = index;
  }
}
