import { textWidth } from '../../base/text-width.ts';
import { EditLine } from './edit-line.ts';
import { HistoryWalk } from './history.ts';
import type { Key } from './key-decoder.ts';
import { clusters, type Place, placeAfter, shownCharacter } from './layout.ts';

export interface LineEditorOptions {
  /** As it is written, with escape sequences; only its last line counts for columns. */
  readonly prompt: string;
  readonly width: number;
  readonly history: readonly string[];
}

/** What a key led to, besides what is written to the terminal. */
export type Outcome =
  | { readonly kind: 'editing' }
  | { readonly kind: 'line'; readonly text: string }
  /** Ctrl+D on an empty line. */
  | { readonly kind: 'end' }
  /** Ctrl+C. */
  | { readonly kind: 'interrupt' }
  /** Tab: the owner looks for completions and gives them to `complete`. */
  | { readonly kind: 'complete'; readonly again: boolean };

const EDITING: Outcome = { kind: 'editing' };
const BELL = '\u0007';

interface Search {
  query: string;
  index: number | null;
  failing: boolean;
  readonly original: string;
}

/**
 * A line editor after readline's, as a pure machine: keys in, bytes for the terminal and an outcome out. It writes only what follows
 * the prompt, unless the screen has to be drawn anew. Left out: vi mode, numeric arguments, keyboard macros.
 */
export class LineEditor {
  readonly line = new EditLine();
  private readonly walk: HistoryWalk;
  private width: number;
  private prompt: string;
  private start: Place;
  /** Where the terminal's cursor is now. */
  private cursor: Place;
  private output = '';
  private search: Search | null = null;
  private lastKey = '';

  constructor({ prompt, width, history }: LineEditorOptions) {
    this.width = Math.max(2, width);
    this.prompt = prompt;
    this.walk = new HistoryWalk(history);
    this.start = this.promptEnd(prompt);
    this.cursor = this.start;
  }

  /** What has to be written to the terminal since the last call. */
  takeOutput(): string {
    const { output } = this;
    this.output = '';
    return output;
  }

  feed(key: Key): Outcome {
    const name = key.kind === 'key' ? key.name : '';
    const again = name === 'Tab' && this.lastKey === 'Tab';
    this.lastKey = name;
    if (this.search) {
      const outcome = this.searchKey(key);
      if (outcome) return outcome;
    }
    if (key.kind !== 'key') {
      this.type(key.kind === 'paste' ? key.text.replace(/\n+$/, '') : key.text);
      return EDITING;
    }
    return name === 'Tab' ? { kind: 'complete', again } : this.command(name);
  }

  private command(name: string): Outcome {
    const { line } = this;
    switch (name) {
      case 'Enter':
      case 'C-j':
        return this.finish({ kind: 'line', text: line.text });
      case 'C-c':
        this.output += '^C';
        return this.finish({ kind: 'interrupt' });
      case 'C-d':
        if (line.characters.length === 0) return { kind: 'end' };
        this.change(line.remove(line.cursor + 1));
        return EDITING;
      case 'Delete':
        this.change(line.remove(line.cursor + 1));
        return EDITING;
      case 'Backspace':
      case 'C-h':
        this.change(line.remove(line.cursor - 1));
        return EDITING;
      case 'Left':
      case 'C-b':
        return this.moveTo(line.cursor - 1);
      case 'Right':
      case 'C-f':
        return this.moveTo(line.cursor + 1);
      case 'Home':
      case 'C-a':
        return this.moveTo(0);
      case 'End':
      case 'C-e':
        return this.moveTo(line.characters.length);
      case 'M-b':
      case 'C-Left':
      case 'M-Left':
        return this.moveTo(line.wordStart());
      case 'M-f':
      case 'C-Right':
      case 'M-Right':
        return this.moveTo(line.wordEnd());
      case 'C-u':
        this.change(line.remove(0, { kill: true }));
        return EDITING;
      case 'C-k':
        this.change(line.remove(line.characters.length, { kill: true }));
        return EDITING;
      case 'C-w':
        this.change(line.remove(line.wordStart(true), { kill: true }));
        return EDITING;
      case 'M-Backspace':
        this.change(line.remove(line.wordStart(), { kill: true }));
        return EDITING;
      case 'M-d':
        this.change(line.remove(line.wordEnd(), { kill: true }));
        return EDITING;
      case 'C-y':
        line.yank();
        this.change(true);
        return EDITING;
      case 'C-t':
        line.transpose();
        this.change(true);
        return EDITING;
      case 'C-_':
        this.change(line.undo());
        return EDITING;
      case 'C-l':
        this.redrawScreen('\u001b[H\u001b[2J');
        return EDITING;
      case 'Up':
      case 'C-p':
        return this.recall(this.walk.step(-1, line.text));
      case 'Down':
      case 'C-n':
        return this.recall(this.walk.step(1, line.text));
      case 'M-<':
        return this.recall(this.walk.toEnd('oldest', line.text));
      case 'M->':
        return this.recall(this.walk.toEnd('newest', line.text));
      case 'C-r':
        this.search = { query: '', index: null, failing: false, original: line.text };
        this.drawSearch();
        return EDITING;
      default:
        return EDITING;
    }
  }

  /**
   * Completions for the text in front of the cursor: `from` is where the word begins, all candidates share what is typed. One is taken;
   * of several the common beginning; a second Tab shows them all. @returns whether the owner has to list them
   */
  complete(from: number, candidates: readonly string[], again: boolean): boolean {
    if (candidates.length === 0) {
      this.output += BELL;
      return false;
    }
    const common = commonPrefix(candidates);
    const typed = this.line.characters.slice(from, this.line.cursor).join('');
    if (candidates.length === 1 || common.length > typed.length) {
      const tail = candidates.length === 1 && !/[/=]$/.test(common) ? ' ' : '';
      this.line.remove(from);
      this.line.insert(common + tail);
      this.draw();
      return false;
    }
    if (!again) this.output += BELL;
    return again;
  }

  /** Shows a text below the line, and the prompt and the line again after it. */
  showBelow(text: string): void {
    this.goTo(this.placeOf(this.line.characters.length));
    this.output += `\r\n${text}`;
    this.redrawScreen('');
  }

  /** The terminal has another size now. */
  resize(width: number): void {
    this.width = Math.max(2, width);
    const rows = placeAfter(
      this.line.characters.slice(0, this.line.cursor),
      this.promptEnd(this.prompt),
      this.width,
    ).row;
    this.output += `${rows > 0 ? `\u001b[${rows}A` : ''}\r\u001b[J`;
    this.redrawScreen('');
  }

  private type(text: string): void {
    const atEnd = this.line.cursor === this.line.characters.length;
    const before = this.line.characters.length;
    this.line.insert(text);
    const added = this.line.characters.slice(before);
    // The usual case: only what was typed is written.
    if (atEnd && clusters(text).length === added.length && !text.includes('\n')) this.append(added);
    else this.draw();
  }

  private append(characters: readonly string[]): void {
    for (const character of characters) {
      const next = placeAfter([character], this.cursor, this.width);
      this.output += shownCharacter(character);
      // In the last column the terminal waits: a space makes it go on.
      if (next.column === 0 && next.row > this.cursor.row) this.output += ' \r';
      this.cursor = next;
    }
  }

  private change(changed: boolean): void {
    if (changed) this.draw();
    else this.output += BELL;
  }

  private moveTo(index: number): Outcome {
    const before = this.line.cursor;
    this.line.cursor = Math.max(0, Math.min(this.line.characters.length, index));
    if (before === this.line.cursor) this.output += BELL;
    this.goTo(this.placeOf(this.line.cursor));
    return EDITING;
  }

  private recall(text: string | null): Outcome {
    if (text === null) this.output += BELL;
    else {
      this.line.set(text);
      this.draw();
    }
    return EDITING;
  }

  private finish(outcome: Outcome): Outcome {
    if (outcome.kind === 'line') this.goTo(this.placeOf(this.line.characters.length));
    const { column, row } = this.cursor;
    // A line that ends exactly at the edge has its new row already.
    this.output +=
      column === 0 && row > 0 && outcome.kind === 'line' && this.line.characters.at(-1) !== '\n' ? '' : '\r\n';
    return outcome;
  }

  private placeOf(index: number): Place {
    return placeAfter(this.line.characters.slice(0, index), this.start, this.width);
  }

  private promptEnd(prompt: string): Place {
    const last = prompt.slice(prompt.lastIndexOf('\n') + 1);
    const visible = visibleText(last);
    const width = textWidth(visible);
    return { row: Math.floor(width / this.width), column: width % this.width };
  }

  private goTo(place: Place): void {
    const rows = place.row - this.cursor.row;
    if (rows !== 0) this.output += `\u001b[${Math.abs(rows)}${rows < 0 ? 'A' : 'B'}`;
    const columns = place.column - this.cursor.column;
    if (place.column === 0 && columns !== 0) this.output += '\r';
    else if (columns === -1) this.output += '\b';
    else if (columns !== 0) this.output += `\u001b[${Math.abs(columns)}${columns < 0 ? 'D' : 'C'}`;
    this.cursor = place;
  }

  /** Writes the whole line anew, from behind the prompt. */
  private draw(): void {
    this.goTo(this.start);
    this.output += '\u001b[J';
    this.append(this.line.characters);
    this.goTo(this.placeOf(this.line.cursor));
  }

  private redrawScreen(first: string): void {
    this.output += first + this.prompt;
    this.start = this.promptEnd(this.prompt);
    this.cursor = this.start;
    this.append(this.line.characters);
    this.goTo(this.placeOf(this.line.cursor));
  }

  private drawSearch(): void {
    const search = this.search as Search;
    this.goTo({ row: 0, column: 0 });
    this.output += `\r\u001b[J`;
    const label = `(${search.failing ? 'failed ' : ''}reverse-i-search)\`${search.query}': `;
    this.cursor = { row: 0, column: 0 };
    this.append(clusters(label));
    this.start = this.cursor;
    this.append(this.line.characters);
    this.goTo(this.placeOf(this.line.cursor));
  }

  /** A key while searching; null: it ends the search and means what it always does. */
  private searchKey(key: Key): Outcome | null {
    const search = this.search as Search;
    const name = key.kind === 'key' ? key.name : '';
    if (key.kind === 'text') search.query += key.text;
    else if (name === 'Backspace') search.query = [...search.query].slice(0, -1).join('');
    else if (name !== 'C-r') {
      if (name === 'C-g' || name === 'C-c') this.line.set(search.original);
      else if (search.index !== null) this.walk.goTo(search.index);
      this.search = null;
      this.goTo({ row: 0, column: 0 });
      this.output += '\r\u001b[J';
      this.redrawScreen('');
      return name === 'C-g' ? EDITING : null;
    }
    const before = name === 'C-r' && search.index !== null ? search.index : undefined;
    const found = search.query === '' ? null : this.walk.search(search.query, before);
    search.failing = found === null && search.query !== '';
    if (found) {
      search.index = found.index;
      this.line.set(found.line);
      this.line.cursor = clusters(found.line.slice(0, found.line.indexOf(search.query))).length;
    }
    this.drawSearch();
    return EDITING;
  }
}

/** A prompt without what a terminal doesn't show. */
export function visibleText(text: string): string {
  return text.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b\[[0-9;?]*[@-~]|[\u0001\u0002]/g, '');
}

export function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? '';
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
