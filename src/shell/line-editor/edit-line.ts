import { clusters } from './layout.ts';

/** The text that is being edited, its cursor, and what was cut out (readline's kill ring, the last entry of it). */
export class EditLine {
  characters: string[] = [];
  cursor = 0;
  private killed = '';
  private readonly undone: { readonly text: string; readonly cursor: number }[] = [];

  get text(): string {
    return this.characters.join('');
  }

  set(text: string): void {
    this.characters = clusters(text);
    this.cursor = this.characters.length;
  }

  insert(text: string): void {
    this.remember();
    const before = this.characters.slice(0, this.cursor).join('') + text;
    const after = this.characters.slice(this.cursor);
    // A combining mark joins the character in front of it.
    const joined = clusters(before);
    this.characters = [...joined, ...after];
    this.cursor = joined.length;
  }

  move(by: number): void {
    this.cursor = Math.max(0, Math.min(this.characters.length, this.cursor + by));
  }

  /** Deletes from the cursor to there. */
  remove(to: number, options: { readonly kill?: boolean } = {}): boolean {
    const target = Math.max(0, Math.min(this.characters.length, to));
    if (target === this.cursor) return false;
    this.remember();
    const [from, end] = target < this.cursor ? [target, this.cursor] : [this.cursor, target];
    const cut = this.characters.splice(from, end - from).join('');
    if (options.kill) this.killed = cut;
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
    this.remember();
    const [a, b] = [this.characters[at - 1] as string, this.characters[at] as string];
    this.characters.splice(at - 1, 2, b, a);
    this.cursor = at + 1;
  }

  undo(): boolean {
    const last = this.undone.pop();
    if (!last) return false;
    this.set(last.text);
    this.cursor = last.cursor;
    return true;
  }

  private remember(): void {
    this.undone.push({ text: this.text, cursor: this.cursor });
    if (this.undone.length > 200) this.undone.shift();
  }
}
