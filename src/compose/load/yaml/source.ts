import { fail, type Mark } from './problem.ts';

/** What ends a word: the end of the text counts. */
export const isBlank = (letter: string) => letter === ' ' || letter === '\t';
export const isBreak = (letter: string) =>
  letter === '\n' || letter === '\r' || letter === '\u0085' || letter === '\u2028' || letter === '\u2029';
export const isEnd = (letter: string) => letter === '';
export const isBreakOrEnd = (letter: string) => isEnd(letter) || isBreak(letter);
export const isSpaceOrEnd = (letter: string) => isBlank(letter) || isBreakOrEnd(letter);

// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;

/** A text and how far it has been read. */
export class Source {
  private index = 0;
  private line = 0;
  private column = 0;

  constructor(private readonly text: string) {
    const bad = UNPRINTABLE.exec(text);
    if (!bad) return;
    const before = text.slice(0, bad.index);
    const line = before.split('\n').length - 1;
    const at: Mark = { index: bad.index, line, column: bad.index - (before.lastIndexOf('\n') + 1) };
    fail({ in: 'reader', what: 'control character', at, found: bad[0] });
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  get here(): number {
    return this.column;
  }

  /** The letter so far ahead; empty behind the end. */
  peek(ahead = 0): string {
    return this.text[this.index + ahead] ?? '';
  }

  startsWith(prefix: string): boolean {
    return this.text.startsWith(prefix, this.index);
  }

  forward(count = 1): void {
    for (let i = 0; i < count && this.index < this.text.length; i++) {
      const letter = this.text[this.index++] as string;
      if (isBreak(letter) && !(letter === '\r' && this.text[this.index] === '\n')) {
        this.line++;
        this.column = 0;
      } else if (letter !== '\uFEFF' && letter !== '\r') this.column++;
    }
  }

  /** Goes over one line break, if there is one. */
  skipBreak(): boolean {
    if (!isBreak(this.peek())) return false;
    this.forward(this.startsWith('\r\n') ? 2 : 1);
    return true;
  }

  /** `---` or `...` at the start of a line. */
  atDocumentMarker(): boolean {
    return this.column === 0 && (this.startsWith('---') || this.startsWith('...')) && isSpaceOrEnd(this.peek(3));
  }
}
