import type { IMarker, Terminal } from '@xterm/xterm';
import { Signal } from '../session/signal.ts';

/** Where the shell stands, by the marks of OSC 133 that it writes: at its prompt, or while a command runs. */
export type Phase = 'starting' | 'prompt' | 'running';

/** Knows of a terminal whether a command can be typed, what stands in the line that is being typed, and when a command has ended. */
export class PromptTracker {
  readonly phase = new Signal<Phase>('starting');
  /** How many commands have ended. */
  readonly ended = new Signal(0);
  private lineStart: { readonly marker: IMarker; readonly column: number } | null = null;
  private waiting: ((status: number | null) => void)[] = [];

  constructor(private readonly terminal: Terminal) {
    terminal.parser.registerOscHandler(133, (data) => {
      this.mark(data);
      return true;
    });
  }

  /** The terminal was emptied: what was known is void. */
  reset(): void {
    this.phase.set('starting');
    this.lineStart = null;
    this.end(null);
  }

  /** Resolves when the command that is typed next, or runs now, has ended; null: the shell gave no status. */
  commandEnd(): Promise<number | null> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Resolves as soon as a line can be typed. */
  prompt(): Promise<void> {
    if (this.phase.value === 'prompt') return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.phase.watch((phase) => {
        if (phase !== 'prompt') return;
        stop();
        resolve();
      });
    });
  }

  /** What has been typed so far at the prompt. */
  line(): string {
    const start = this.lineStart;
    if (this.phase.value !== 'prompt' || !start || start.marker.line < 0) return '';
    const buffer = this.terminal.buffer.active;
    let text = '';
    for (let y = start.marker.line; y <= buffer.baseY + buffer.cursorY || buffer.getLine(y)?.isWrapped; y++) {
      const line = buffer.getLine(y);
      if (!line) break;
      text += line.translateToString(true, y === start.marker.line ? start.column : 0);
    }
    return text;
  }

  private mark(data: string): void {
    const [kind, status] = data.split(';');
    if (kind === 'B') {
      this.lineStart?.marker.dispose();
      this.lineStart = {
        marker: this.terminal.registerMarker(0),
        column: this.terminal.buffer.active.cursorX,
      };
      this.phase.set('prompt');
    } else if (kind === 'C') this.phase.set('running');
    else if (kind === 'D') {
      this.ended.set(this.ended.value + 1);
      this.end(status === undefined ? null : Number(status));
    }
  }

  private end(status: number | null): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(status);
  }
}
