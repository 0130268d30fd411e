import type { IMarker, Terminal } from '@xterm/xterm';

/** Output comes in bursts; a screen reader hears of it when it rests. */
const REST = 350;
/** More than this is noise to listen to; the terminal itself can be read line by line. */
const MOST_LINES = 40;

/** Tells a polite live region what a terminal has printed since it last did. */
export class Announcer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private from: IMarker | null = null;

  constructor(
    private readonly terminal: Terminal,
    private readonly region: HTMLElement,
  ) {
    terminal.onWriteParsed(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.announce(), REST);
    });
  }

  /** What is on the screen now has been heard, or needn't be. */
  skip(): void {
    this.from?.dispose();
    this.from = this.terminal.registerMarker(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private announce(): void {
    const { active } = this.terminal.buffer;
    const cursor = active.baseY + active.cursorY;
    const first = Math.max(this.from && this.from.line >= 0 ? this.from.line : cursor, cursor - MOST_LINES);
    if (first >= cursor) return;
    const lines: string[] = [];
    // The cursor's own line is still being written, or is the prompt.
    for (let y = first; y < cursor; y++) lines.push(active.getLine(y)?.translateToString(true) ?? '');
    this.skip();
    const text = lines.join('\n').trim();
    if (text !== '') this.region.textContent = text;
  }
}
