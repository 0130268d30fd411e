/** A line that is being edited: characters and a cursor between them, with readline's usual motions and kills. */
export class EditBuffer {
  characters: string[] = [];
  cursor = 0;
  /** What the last kill took, for Ctrl+Y. */
  private killed: string[] = [];

  get text(): string {
    return this.characters.join('');
  }

  /** Replaces the whole line; the cursor goes to its end. */
  set(text: string): void {
    this.characters = [...text];
    this.cursor = this.characters.length;
  }

  insert(text: string): void {
    const added = [...text];
    this.characters.splice(this.cursor, 0, ...added);
    this.cursor += added.length;
  }

  left(): void {
    if (this.cursor > 0) this.cursor--;
  }

  right(): void {
    if (this.cursor < this.characters.length) this.cursor++;
  }

  home(): void {
    this.cursor = 0;
  }

  end(): void {
    this.cursor = this.characters.length;
  }

  wordLeft(): void {
    this.cursor = this.startOfWord(isWordCharacter);
  }

  wordRight(): void {
    while (this.cursor < this.characters.length && !isWordCharacter(this.at(this.cursor))) this.cursor++;
    while (this.cursor < this.characters.length && isWordCharacter(this.at(this.cursor))) this.cursor++;
  }

  erase(): void {
    if (this.cursor > 0) this.characters.splice(--this.cursor, 1);
  }

  delete(): void {
    this.characters.splice(this.cursor, 1);
  }

  /** Ctrl+K. */
  killToEnd(): void {
    this.killed = this.characters.splice(this.cursor);
  }

  /** Ctrl+U. */
  killToStart(): void {
    this.killed = this.characters.splice(0, this.cursor);
    this.cursor = 0;
  }

  /** Ctrl+W: back to the last blank. */
  killWord(): void {
    this.killBackTo(this.startOfWord((c) => !/\s/.test(c)));
  }

  /** Alt+Backspace: back to the start of the word. */
  killLetters(): void {
    this.killBackTo(this.startOfWord(isWordCharacter));
  }

  killWordRight(): void {
    const from = this.cursor;
    this.wordRight();
    this.killed = this.characters.splice(from, this.cursor - from);
    this.cursor = from;
  }

  yank(): void {
    this.insert(this.killed.join(''));
  }

  /** Ctrl+T: swaps the two characters before the cursor. */
  transpose(): void {
    if (this.characters.length < 2 || this.cursor === 0) return;
    if (this.cursor < this.characters.length) this.cursor++;
    const [a, b] = [this.at(this.cursor - 2), this.at(this.cursor - 1)];
    this.characters.splice(this.cursor - 2, 2, b, a);
  }

  private killBackTo(start: number): void {
    this.killed = this.characters.splice(start, this.cursor - start);
    this.cursor = start;
  }

  private startOfWord(belongs: (character: string) => boolean): number {
    let at = this.cursor;
    while (at > 0 && !belongs(this.at(at - 1))) at--;
    while (at > 0 && belongs(this.at(at - 1))) at--;
    return at;
  }

  private at(index: number): string {
    return this.characters[index] ?? '';
  }
}

const isWordCharacter = (character: string) => /[\p{L}\p{N}_]/u.test(character);
