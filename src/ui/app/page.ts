import { EXERCISES, routeOf } from '../guide/course-pages.ts';
import type { SessionLoss } from '../../lab/messages.ts';
import type { LabSession } from '../session/lab-session.ts';
import type { Preferences } from '../session/preferences.ts';
import { Signal } from '../session/signal.ts';
import type { StorageTrouble } from '../storage/session-store.ts';
import { TerminalDeck } from '../terminal/terminal-deck.ts';
import { type LayoutMode, layoutOfWindow, type Pane, type Tool } from './panes.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';

const FIRST: Route = EXERCISES[0] ? routeOf(EXERCISES[0]) : { page: 'sandbox' };

/** A session that could not be continued, storage that keeps nothing, or a fault of ours with its message. */
export type Trouble =
  | { readonly kind: 'lost'; readonly why: SessionLoss }
  | { readonly kind: 'fault'; readonly message: string };

/** What the page itself keeps: which page of the course is open, what fits the window, which panes are in sight. */
export class Page {
  readonly deck: TerminalDeck;
  readonly route: Signal<Route>;
  readonly layout: Signal<LayoutMode> = layoutOfWindow();
  /** On phones: the one in sight. */
  readonly pane = new Signal<Pane>('terminal');
  readonly tool = new Signal<Tool>('files');
  /** Where the tools slide over the picture: whether they do now. */
  readonly toolsOpen = new Signal(false);
  /** Where the guide is a strip: whether all of it is in sight. */
  readonly guideOpen = new Signal(false);
  /** Something to tell, shown for a while and read out. */
  readonly notice = new Signal('');
  /** Something that went wrong, and is told until it is dismissed. */
  readonly trouble = new Signal<Trouble | null>(null);
  /** Why the session can't be kept at the moment. */
  readonly storageTrouble = new Signal<StorageTrouble>(null);

  constructor(
    readonly session: LabSession,
    readonly preferences: Preferences,
  ) {
    this.deck = new TerminalDeck(session, preferences);
    this.route = new Signal(parseRoute(location.hash) ?? parseRoute(preferences.get('route') ?? '') ?? FIRST);
    addEventListener('hashchange', () => {
      const route = parseRoute(location.hash);
      if (route) this.route.set(route);
    });
    this.route.watch((route) => {
      preferences.set('route', formatRoute(route));
      this.read(route);
    });
    this.read(this.route.value);
    session.language.watch((language) => {
      document.documentElement.lang = language;
      preferences.set('language', language);
    });
    session.scheme.watch((scheme) => {
      document.documentElement.dataset['scheme'] = scheme;
      preferences.set('scheme', scheme);
    });
    session.machine.listen((message) => {
      if (message.say === 'fault') this.trouble.set({ kind: 'fault', message: message.message });
      else if (message.say === 'ready' && message.lost !== null) this.trouble.set({ kind: 'lost', why: message.lost });
    });
    session.file.watch((file) => {
      if (file) this.showTool('files');
    });
    session.opened.watch((opened) => {
      if (opened) this.showTool('browser');
    });
    session.selected.watch((selected) => {
      // Where the details have no place of their own they share that of the tools.
      // Who walks through a list stays there until they ask for the details.
      const listed = this.toolsOpen.value && (this.tool.value === 'packets' || this.tool.value === 'tables');
      if (selected && !listed && this.layout.value !== 'wide' && this.layout.value !== 'phone')
        this.showTool('details');
    });
  }

  /** A card is there to be read: where the guide has no lasting place it comes into sight. */
  private read({ page }: Route): void {
    if (page !== 'card') return;
    this.pane.set('guide');
    this.guideOpen.set(true);
  }

  go(route: Route): void {
    location.hash = formatRoute(route);
  }

  showTool(tool: Tool): void {
    this.tool.set(tool);
    this.toolsOpen.set(true);
    if (tool === 'files' || tool === 'browser' || tool === 'packets') this.pane.set(tool);
    else this.pane.set('packets');
  }

  /** The terminal of this number, which the machine may be about to open. */
  showTerminal(number: number): void {
    this.pane.set('terminal');
    const screen = this.deck.screens.find(({ id }) => id === number);
    if (screen) this.deck.show(screen);
  }

  /** @param path from / on */
  openFile(path: string): void {
    this.session.file.set({ path });
  }

  tell(notice: string): void {
    // The same words twice are two notices.
    this.notice.set('');
    this.notice.set(notice);
  }
}
