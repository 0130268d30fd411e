import type { FromMachine } from '../../lab/messages.ts';
import type { LabSession } from '../session/lab-session.ts';
import type { Preferences } from '../session/preferences.ts';
import { Signal } from '../session/signal.ts';
import { TerminalScreen } from './terminal-screen.ts';

/** Which terminals there are, which of them are shown side by side, and which one has the keyboard. */
export interface DeckState {
  readonly screens: readonly TerminalScreen[];
  /** One, or two side by side. */
  readonly shown: readonly TerminalScreen[];
  readonly active: TerminalScreen | null;
  readonly split: boolean;
}

export type DeckEvent = 'find' | 'copied';

const FONT_SIZES: readonly [number, number] = [10, 24];
/** Until a terminal has a size of its own. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * All terminals of the session. The machine knows them by number: those that a saved session has opened come back by themselves
 * with their output.
 */
export class TerminalDeck {
  readonly state = new Signal<DeckState>({ screens: [], shown: [], active: null, split: false });
  readonly events = new Signal<{ readonly event: DeckEvent } | null>(null);
  fontSize: number;
  screenReader: boolean;
  /** Where new terminals begin. */
  folder = '/home/user';
  private readonly seen = new Set<number>();

  constructor(
    readonly session: LabSession,
    private readonly preferences: Preferences,
  ) {
    const small = matchMedia('(max-width: 599px)').matches;
    this.fontSize = preferences.number('terminal-size', small ? 12 : 13, FONT_SIZES);
    this.screenReader = preferences.get('screen-reader') === 'on';
    session.machine.listen((message) => this.hear(message));
    session.live.watch(({ terminals }) => this.follow(Object.keys(terminals).map(Number)));
    session.scheme.watch(() => this.screens.forEach((screen) => screen.recolor()));
    session.language.watch(() => this.screens.forEach((screen) => screen.nameInput()));
  }

  get screens(): readonly TerminalScreen[] {
    return this.state.value.screens;
  }

  get active(): TerminalScreen | null {
    return this.state.value.active;
  }

  /** One more terminal, shown and with the keyboard. */
  open(): TerminalScreen {
    const id = Math.max(0, ...this.screens.map((screen) => screen.id)) + 1;
    const { cols = COLUMNS, rows = ROWS } = this.active?.xterm ?? {};
    const screen = this.add(id);
    this.session.machine.send({ do: 'open-terminal', terminal: id, columns: cols, rows, folder: this.folder });
    return screen;
  }

  close(screen: TerminalScreen): void {
    this.session.machine.send({ do: 'close-terminal', terminal: screen.id });
    this.drop(screen);
    if (this.screens.length === 0) this.open();
  }

  /** Shows a terminal: in the place of the active one, unless it is in sight already. */
  show(screen: TerminalScreen): void {
    const { shown, active } = this.state.value;
    if (shown.includes(screen)) this.change({ active: screen });
    else this.change({ active: screen, shown: shown.map((each) => (each === active ? screen : each)) });
  }

  /** Takes away what stands in a terminal's line, for something else to be typed there. */
  clearLine(id: number): void {
    const screen = this.screen(id);
    if (screen && screen.prompt.line().trim() !== '') screen.replaceLine('');
  }

  setSplit(split: boolean): void {
    const active = this.active;
    if (!active) return;
    if (!split) {
      this.change({ split, shown: [active] });
      return;
    }
    const other = this.screens.find((screen) => screen !== active) ?? this.open();
    const shown = this.screens.filter((screen) => screen === active || screen === other);
    this.change({ split, shown, active });
  }

  setFontSize(size: number): void {
    this.fontSize = Math.min(FONT_SIZES[1], Math.max(FONT_SIZES[0], size));
    this.preferences.set('terminal-size', String(this.fontSize));
    for (const screen of this.screens) screen.setFontSize(this.fontSize);
  }

  setScreenReader(on: boolean): void {
    this.screenReader = on;
    this.preferences.set('screen-reader', on ? 'on' : 'off');
    for (const screen of this.screens) screen.setScreenReader(on);
  }

  private hear(message: FromMachine): void {
    if (message.say === 'output') (this.screen(message.terminal) ?? this.add(message.terminal)).write(message.text);
    else if (message.say === 'begin-again') for (const screen of this.screens) screen.reset();
    else if (message.say === 'ready' && this.screens.length === 0) this.open();
  }

  /** A terminal that the machine knows no more (undo took back its opening) goes. */
  private follow(ids: readonly number[]): void {
    for (const screen of this.screens) if (this.seen.has(screen.id) && !ids.includes(screen.id)) this.drop(screen);
    for (const id of ids) this.seen.add(id);
    if (this.session.ready.value && this.screens.length === 0) this.open();
  }

  private screen(id: number): TerminalScreen | undefined {
    return this.screens.find((screen) => screen.id === id);
  }

  private add(id: number): TerminalScreen {
    const { session, fontSize, screenReader } = this;
    const tell = (event: DeckEvent) => this.events.set({ event });
    const screen = new TerminalScreen(id, {
      session,
      fontSize,
      screenReader,
      onFind: () => tell('find'),
      onCopied: () => tell('copied'),
    });
    const { screens, shown, active, split } = this.state.value;
    const next =
      split && shown.length < 2
        ? [...shown, screen]
        : active
          ? shown.map((each) => (each === active ? screen : each))
          : [screen];
    this.change({ screens: [...screens, screen].sort((a, b) => a.id - b.id), shown: next, active: screen });
    return screen;
  }

  private drop(screen: TerminalScreen): void {
    this.seen.delete(screen.id);
    const screens = this.screens.filter((each) => each !== screen);
    const shown = this.state.value.shown.filter((each) => each !== screen);
    const spare = screens.find((each) => !shown.includes(each));
    if (spare && shown.length === 0) shown.push(spare);
    const active = this.active === screen ? (shown[0] ?? null) : this.active;
    this.change({ screens, shown, active, split: shown.length > 1 });
    screen.dispose();
  }

  private change(change: Partial<DeckState>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}
