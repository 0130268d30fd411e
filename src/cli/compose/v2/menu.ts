import { COOKED, type Termios } from '../../../kernel/syscalls/tty.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { displayWidth } from '../../format/table.ts';

/** How long an error stays, in nanoseconds. */
const ERROR_TIME = 11e9;
const MENU = '\u001b[1;38;2;0;0;0;48;2;255;255;255mw\u001b[0m\u001b[2m Enable Watch\u001b[0m';
const MENU_WIDTH = 'w Enable Watch'.length;
const NO_WATCH =
  '\u001b[1;36mWatch →\u001b[0m  watch is not yet configured. Learn more: \u001b[36mhttps://docs.docker.com/compose/file-watch/\u001b[0m';

/** Keys as they come, without echo and without signals, and lines still end where they should. */
const KEYS: Termios = { ...COOKED, canonical: false, echo: false, signals: false, inputNewline: false };

export type MenuKey = 'interrupt' | null;

/** The line of shortcuts at the bottom of the terminal while `up` is attached (cmd/formatter/shortcut.go). */
export class Menu {
  private before: Termios | null = null;
  private shown = true;
  private errorUntil: number | null = null;

  *open(proc: Proc): Sys<void> {
    this.before = proc.termios(0);
    yield* proc.setTermios(0, KEYS);
  }

  /** Gives the keyboard back; lines that follow come without the menu. */
  *close(proc: Proc): Sys<void> {
    if (this.before) yield* proc.setTermios(0, this.before);
    if (!this.shown) return;
    this.before = null;
    yield* this.clear(proc);
    yield* proc.write(1, '\u001b[?25h');
    this.shown = false;
  }

  /** When it has to be drawn anew by itself; null: never. */
  get deadline(): number | null {
    return this.errorUntil;
  }

  /** Everything below the cursor goes. */
  *clear(proc: Proc): Sys<void> {
    yield* proc.write(1, '\u001b[0G\u001b7\u001b[1B\u001b[0G\u001b[J\u001b8');
  }

  *draw(proc: Proc): Sys<void> {
    if (!this.shown) return;
    const { columns, rows } = proc.windowSize(1) ?? { columns: 80, rows: 24 };
    if (this.errorUntil !== null && proc.now() >= this.errorUntil) this.errorUntil = null;
    yield* this.clear(proc);
    // Room for it: the screen scrolls where there is none.
    const extra = Math.floor(MENU_WIDTH / columns);
    const space = 2 + extra + (this.errorUntil === null ? 0 : 1 + Math.floor(displayWidth(plain(NO_WATCH)) / columns));
    yield* proc.write(1, `${'\u001b[2K\n\u001b[0G'.repeat(space)}\u001b[${space}A\u001b[0G\u001b7`);
    if (this.errorUntil !== null) yield* proc.write(1, `\u001b[${rows - 1 - extra};0H\u001b[2K${NO_WATCH}`);
    yield* proc.write(1, `\u001b[${rows - extra};0H\u001b[2K${MENU}\u001b[0G\u001b8`);
  }

  /** What a key that was pressed asks for. */
  *key(proc: Proc, letter: string): Sys<MenuKey> {
    if (letter === '\u0003') return 'interrupt';
    if (letter === 'w') {
      this.errorUntil = proc.now() + ERROR_TIME;
      yield* this.draw(proc);
    } else if (letter === '\r') {
      yield* proc.write(1, '\n');
      yield* this.draw(proc);
    }
    return null;
  }
}

// oxlint-disable-next-line no-control-regex
const plain = (text: string) => text.replace(/\u001b\[[\d;]*m/g, '');
