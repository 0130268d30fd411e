import type { IMarker, Terminal } from '@xterm/xterm';

/** Output comes in bursts; a screen reader hears of it when it rests. */
const REST = 350;
/** More than this is noise to listen to; the terminal itself can be read line by line. */
const MOST_LINES = 40;

/** Tells a polite live region what a terminal has printed since it last did. */
export class Announcer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private from: IMarker | null = null;
  /** The line at `from` is the learner's own. */
  private fromTyped = false;

  /** @param more says in the page's language that so many lines came before those that are told */
  constructor(
    private readonly terminal: Terminal,
    private readonly region: HTMLElement,
    private readonly more: (lines: number) => string,
  ) {
    terminal.onWriteParsed(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.announce(), REST);
    });
  }

  /** Something is typed: what is on the screen by now has been heard, or needn't be. */
  typed(): void {
    this.skip();
    this.fromTyped = true;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private skip(): void {
    this.from?.dispose();
    this.from = this.terminal.registerMarker(0);
    this.fromTyped = false;
  }

  private announce(): void {
    const { active } = this.terminal.buffer;
    const cursor = active.baseY + active.cursorY;
    const first = this.first(cursor);
    if (first >= cursor) return;
    const lines: string[] = [];
    // The cursor's own line is still being written, or is the prompt.
    for (let y = Math.max(first, cursor - MOST_LINES); y < cursor; y++) {
      const line = active.getLine(y);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines.push(`${lines.pop()}${text}`);
      else lines.push(text);
    }
    this.skip();
    const text = lines.join('\n').trim();
    if (text === '') return;
    // What programs print is English, whatever the page speaks.
    const printed = document.createElement('div');
    printed.lang = 'en';
    printed.textContent = text;
    const left = Math.max(0, cursor - MOST_LINES - first);
    this.region.replaceChildren(...(left > 0 ? [this.more(left)] : []), printed);
  }

  /** The first line that has not been heard. */
  private first(cursor: number): number {
    if (!this.from || this.from.line < 0) return this.from ? Math.max(0, cursor - MOST_LINES) : cursor;
    const { active } = this.terminal.buffer;
    let first = this.from.line;
    if (!this.fromTyped) return first;
    do first++;
    while (first < cursor && active.getLine(first)?.isWrapped);
    return first;
  }
}
