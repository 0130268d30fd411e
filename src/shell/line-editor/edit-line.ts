import { clusters } from './layout.ts';

/** What a change did to the characters, for taking it back. */
interface Change {
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: number;
  /** Where the cursor was before. */
  readonly cursor: number;
}

const MOST_CHANGES = 200;

/**
 * The text that is being edited, its cursor, and what was cut out (readline's kill ring, the last entry of it). A change costs as much
 * as it is long, so that a paste of many thousand characters, which come one by one, stays quick.
 */
export class EditLine {
  characters: string[] = [];
  cursor = 0;
  private killed = '';
  private changes: Change[] = [];

  get text(): string {
    return this.characters.join('');
  }

  /** Another line, whose changes are its own. */
  set(text: string): void {
    this.characters = clusters(text);
    this.cursor = this.characters.length;
    this.changes = [];
  }

  insert(text: string): void {
    // A combining mark joins the character in front of it.
    const from = Math.max(0, this.cursor - 1);
    const joined = clusters(this.characters.slice(from, this.cursor).join('') + text);
    this.replace(from, this.cursor - from, joined);
    this.cursor = from + joined.length;
  }

  move(by: number): void {
    this.cursor = Math.max(0, Math.min(this.characters.length, this.cursor + by));
  }

  /** Deletes from the cursor to there. */
  remove(to: number, options: { readonly kill?: boolean } = {}): boolean {
    const target = Math.max(0, Math.min(this.characters.length, to));
    if (target === this.cursor) return false;
    const [from, end] = target < this.cursor ? [target, this.cursor] : [this.cursor, target];
    const cut = this.replace(from, end - from, []);
    if (options.kill) this.killed = cut.join('');
    this.cursor = from;
    return true;
  }

  yank(): void {
    if (this.killed !== '') this.insert(this.killed);
  }

  /** Where the word in front of the cursor begins. @param blank words are told apart by blanks alone, as Ctrl+W does */
  wordStart(blank = false): number {
    const isWord = (c: string) => (blank ? !/\s/.test(c) : /[\p{L}\p{N}]/u.test(c));
    let at = this.cursor;
    while (at > 0 && !isWord(this.characters[at - 1] as string)) at--;
    while (at > 0 && isWord(this.characters[at - 1] as string)) at--;
    return at;
  }

  wordEnd(): number {
    const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c);
    let at = this.cursor;
    while (at < this.characters.length && !isWord(this.characters[at] as string)) at++;
    while (at < this.characters.length && isWord(this.characters[at] as string)) at++;
    return at;
  }

  /** Exchanges the two characters around the cursor. */
  transpose(): void {
    const at = Math.min(this.cursor, this.characters.length - 1);
    if (at < 1) return;
    const [a, b] = [this.characters[at - 1] as string, this.characters[at] as string];
    this.replace(at - 1, 2, [b, a]);
    this.cursor = at + 1;
  }

  undo(): boolean {
    const last = this.changes.pop();
    if (!last) return false;
    this.characters = this.characters.toSpliced(last.at, last.added, ...last.removed);
    this.cursor = last.cursor;
    return true;
  }

  /** Puts characters in the place of others, and remembers how to take it back; what was there. */
  private replace(at: number, count: number, by: readonly string[]): readonly string[] {
    const end = at + count;
    const atEnd = end === this.characters.length;
    const removed = this.characters.slice(at, end);
    this.changes.push({ at, removed, added: by.length, cursor: this.cursor });
    if (this.changes.length > MOST_CHANGES) this.changes.shift();
    if (atEnd) {
      this.characters.length = at;
      for (const character of by) this.characters.push(character);
    } else this.characters = [...this.characters.slice(0, at), ...by, ...this.characters.slice(end)];
    return removed;
  }
}
