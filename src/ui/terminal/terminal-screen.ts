import { FitAddon } from '@xterm/addon-fit';
import type { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import type { LabSession } from '../session/lab-session.ts';
import { Signal } from '../session/signal.ts';
import { Announcer } from './announcer.ts';
import { PromptTracker } from './prompt-tracker.ts';
import { terminalColors } from './terminal-colors.ts';
import { TerminalKeys } from './terminal-keys.ts';
import { terminalLinks } from './terminal-links.ts';
import { wideInput } from './wide-input.ts';
import { WORDS } from './words.ts';

/** How long an Escape waits for the key that gives it its meaning, in milliseconds. */
const HOLD = 1000;

export interface ScreenOptions {
  readonly session: LabSession;
  readonly fontSize: number;
  readonly screenReader: boolean;
  /** Ctrl+Shift+F. */
  readonly onFind: () => void;
  readonly onCopied: () => void;
}

/** One terminal of the machine: xterm.js, what it knows of the shell's prompt, and the habits of its keys. */
export class TerminalScreen {
  readonly element = document.createElement('div');
  readonly xterm: Terminal;
  readonly prompt: PromptTracker;
  /** Full-width letters in the line that is being typed. */
  readonly wide = new Signal<string | null>(null);
  private readonly fitting = new FitAddon();
  private readonly region = document.createElement('div');
  private readonly announcer: Announcer;
  private search: SearchAddon | null = null;
  private opened = false;
  private inSight = false;
  private left: string | null = null;
  private escape: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: number,
    private readonly options: ScreenOptions,
  ) {
    this.element.className = 'terminal-screen';
    this.region.className = 'visually-hidden';
    this.region.setAttribute('role', 'log');
    this.region.setAttribute('aria-live', 'polite');
    this.xterm = new Terminal({
      allowProposedApi: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      cursorInactiveStyle: 'outline',
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: options.fontSize,
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      scrollback: 5000,
      screenReaderMode: options.screenReader,
      theme: terminalColors(options.session.scheme.value),
    });
    this.xterm.loadAddon(this.fitting);
    this.prompt = new PromptTracker(this.xterm);
    this.prompt.phase.watch((phase) => {
      this.element.dataset['phase'] = phase;
      // The frame that draws it comes first.
      if (phase === 'prompt') requestAnimationFrame(() => setTimeout(() => options.session.prompted.set(true)));
    });
    this.prompt.ended.watch((count) => (this.element.dataset['ended'] = String(count)));
    this.announcer = new Announcer(this.xterm, this.region, (lines) =>
      WORDS[options.session.language.value].linesBefore(lines),
    );
    this.xterm.registerLinkProvider(terminalLinks(this.xterm, options.session));
    this.xterm.onData((text) => {
      options.session.typed = performance.now();
      this.send(text);
    });
    this.xterm.onResize(({ cols, rows }) =>
      options.session.machine.send({ do: 'resize', terminal: id, columns: cols, rows }),
    );
    this.xterm.onWriteParsed(() => this.noticeWideInput());
    const keys = new TerminalKeys();
    this.xterm.attachCustomKeyEventHandler((event) => this.handleKey(event, keys));
  }

  /** The element stands in the page and has a size: from now on the terminal is drawn. Whether it wasn't before. */
  open(): boolean {
    if (this.opened) return false;
    this.opened = true;
    this.xterm.open(this.element);
    this.element.append(this.region);
    this.nameInput();
    return true;
  }

  /** Names the place to type in, in the page's language. */
  nameInput(): void {
    this.xterm.textarea?.setAttribute('aria-label', WORDS[this.options.session.language.value].input(this.id));
  }

  /** Columns and rows follow the element's size, where it has one. */
  fit(): void {
    if (!this.opened) return;
    const inSight = this.element.clientWidth >= 40 && this.element.clientHeight >= 24;
    if (inSight) this.fitting.fit();
    if (inSight && !this.inSight) this.findEnd();
    this.inSight = inSight;
  }

  /**
   * Shows the end after the terminal was out of sight. xterm's viewport has not followed what came meanwhile, though its buffer has: a
   * step away and back, once it draws again, brings the two together.
   */
  private findEnd(): void {
    const drawn = this.xterm.onRender(() => {
      drawn.dispose();
      this.xterm.scrollLines(-1);
      this.xterm.scrollToBottom();
    });
    this.xterm.refresh(0, this.xterm.rows - 1);
  }

  write(text: string): void {
    this.xterm.write(text);
  }

  send(text: string): void {
    this.announcer.typed();
    this.options.session.machine.send({ do: 'type', terminal: this.id, text });
  }

  /** Puts a command into the line and submits it, as if it had been typed; resolves with its status when it has ended. */
  async run(line: string, { pause = 0 }: { readonly pause?: number } = {}): Promise<number | null> {
    await this.prompt.prompt();
    this.replaceLine(line);
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const end = this.prompt.commandEnd();
    this.send('\r');
    return await end;
  }

  /** What stands in the line gives way to something else: to the end of the line, and cut to its beginning. */
  replaceLine(line: string): void {
    this.send(`${this.prompt.line() === '' ? '' : '\u0005\u0015'}${line}`);
  }

  /** The session began again: everything that follows is said anew. */
  reset(): void {
    this.xterm.reset();
    this.prompt.reset();
  }

  /** The page's colour scheme has changed. */
  recolor(): void {
    this.xterm.options.theme = terminalColors(this.options.session.scheme.value);
  }

  setFontSize(size: number): void {
    this.xterm.options.fontSize = size;
    this.fit();
  }

  setScreenReader(on: boolean): void {
    this.xterm.options.screenReaderMode = on;
  }

  async copy(): Promise<void> {
    const text = this.xterm.getSelection();
    if (text === '') return;
    await navigator.clipboard.writeText(text);
    this.xterm.clearSelection();
    this.options.onCopied();
  }

  /** Finds a text in the whole of the output; false: it isn't there. */
  async find(text: string, backwards: boolean): Promise<boolean> {
    if (!this.search) {
      const { SearchAddon } = await import('@xterm/addon-search');
      this.search = new SearchAddon();
      this.xterm.loadAddon(this.search);
    }
    return backwards ? this.search.findPrevious(text) : this.search.findNext(text);
  }

  /** Leaves the line as it is: its full-width letters are meant. */
  keepWideInput(): void {
    this.left = this.prompt.line();
    this.wide.set(null);
  }

  dispose(): void {
    this.announcer.dispose();
    this.dropEscape();
    this.xterm.dispose();
    this.element.remove();
  }

  private noticeWideInput(): void {
    const line = this.prompt.line();
    if (line === '') this.left = null;
    const leave = this.left !== null && line.startsWith(this.left.trimEnd());
    this.wide.set(leave ? null : wideInput(line.trimEnd()));
  }

  /** The machine gets an Escape that was held back. A shell would take the next letter for a command of its own with it. */
  private giveEscape(): void {
    if (this.escape === undefined) return;
    this.dropEscape();
    this.send('\u001b');
  }

  private dropEscape(): void {
    clearTimeout(this.escape);
    this.escape = undefined;
  }

  private handleKey(event: KeyboardEvent, keys: TerminalKeys): boolean {
    if (event.type !== 'keydown') return true;
    const meaning = keys.meaning(event, { selected: this.xterm.hasSelection() });
    if (meaning === 'modifier') return true;
    if (meaning === 'leave') this.dropEscape();
    else this.giveEscape();
    if (meaning === 'machine') return true;
    if (meaning === 'hold') {
      event.preventDefault();
      this.escape = setTimeout(() => this.giveEscape(), HOLD);
    }
    if (meaning === 'copy' || meaning === 'find') {
      event.preventDefault();
      if (meaning === 'copy') void this.copy();
      else this.options.onFind();
    }
    return false;
  }
}
