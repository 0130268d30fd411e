import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { ProgressEvent } from './event.ts';
import type { Progress } from './progress.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const MARKS = { done: ['32', '✔'], warning: ['33;1', '!'], error: ['31;1', '✘'] } as const;
const STATUS_COLORS = { working: null, done: '32', warning: '33;1', error: '31;1' } as const;
/** In nanoseconds. */
const FRAME = 100e6;

interface Line {
  event: ProgressEvent;
  readonly started: number;
  ended: number | null;
}

/** A list of things and how far each is, drawn over itself (pkg/progress/tty.go). */
export class TtyProgress implements Progress {
  private readonly lines = new Map<string, Line>();
  /** Lines below the heading that the last drawing left. */
  private drawn = -1;

  constructor(
    private readonly title: string,
    private readonly colors: boolean,
  ) {}

  *event(proc: Proc, event: ProgressEvent): Sys<void> {
    const line = this.lines.get(event.id);
    const now = proc.now();
    if (!line) {
      const ended = event.status === 'done' || event.status === 'error' ? now : null;
      this.lines.set(event.id, { event, started: now, ended });
      return;
    }
    if (event.status !== 'working' && line.event.status !== event.status) line.ended = now;
    line.event = event;
  }

  *draw(proc: Proc): Sys<void> {
    if (this.lines.size === 0) return;
    const columns = proc.windowSize(2)?.columns ?? 80;
    const all = [...this.lines.values()];
    const finished = all.filter(({ event }) => event.status !== 'working').length;
    const heading = `[+] ${this.title} ${finished}/${all.length}`;
    const padding = Math.max(...all.map(({ event }) => labelOf(event).length));
    // The first drawing goes up a line and down again, as the original does.
    const home = this.drawn < 0 ? '\u001b[1A\u001b[1B' : `\u001b[${this.drawn + 1}A`;
    const blue = this.drawn > 0 && finished === this.drawn;
    const text = all.map((line) => this.lineText(line, columns, padding, proc.now())).join('');
    yield* proc.write(
      2,
      `${home}\u001b[0G\u001b[?25l${blue ? this.paint('34', heading) : heading}\n${text}\u001b[?25h`,
    );
    this.drawn = all.length;
  }

  private lineText({ event, started, ended }: Line, columns: number, padding: number, now: number): string {
    const label = labelOf(event);
    const room = columns - label.length - padding - 15;
    const status =
      room > 0 && event.statusText.length > room ? `${event.statusText.slice(0, room)}...` : event.statusText;
    const fill = ' '.repeat(Math.max(0, padding - label.length));
    const elapsed = (event.status === 'working' ? now : (ended ?? started)) - started;
    const timer = `${(elapsed / 1e9).toFixed(1)}s `;
    const left = ` ${this.mark(event, started, now)} ${label}${fill} ${this.paint(STATUS_COLORS[event.status], status)}`;
    const width = 3 + label.length + fill.length + 1 + status.length;
    return `${left}${' '.repeat(Math.max(0, columns - width - timer.length))}${this.paint('34', timer)}\n`;
  }

  private mark({ status }: ProgressEvent, started: number, now: number): string {
    if (status === 'working') return SPINNER[Math.floor((now - started) / FRAME) % SPINNER.length] as string;
    const [color, mark] = MARKS[status];
    return this.paint(color, mark);
  }

  private paint(color: string | null, text: string): string {
    return this.colors && color !== null ? `\u001b[${color}m${text}\u001b[0m` : text;
  }
}

/** The id and the text behind it; the space between them is there even without a text. */
function labelOf({ id, text = '' }: ProgressEvent): string {
  return `${id} ${text}`;
}
