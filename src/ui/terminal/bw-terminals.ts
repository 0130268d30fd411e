import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import './bw-find-bar.ts';
import './bw-key-bar.ts';
import './bw-terminal-menu.ts';
import type { BwTerminalMenu } from './bw-terminal-menu.ts';
import type { TerminalDeck } from './terminal-deck.ts';
import type { TerminalScreen } from './terminal-screen.ts';
import { narrowed } from './wide-input.ts';
import { WORDS } from './words.ts';
import './terminal.css';

/** The terminals: a row of tabs, one or two screens, and what helps with typing. */
export class BwTerminals extends WatchedElement {
  static override properties = {
    deck: { attribute: false },
    beside: { attribute: false },
    finding: { state: true },
    note: { state: true },
  };
  declare deck: TerminalDeck;
  /** What else stands in its bar. */
  declare beside: TemplateResult | null;
  declare finding: boolean;
  declare note: string;
  private readonly sizes = new ResizeObserver(() => this.fit());
  private greeted = false;
  private pressed: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.beside = null;
    this.finding = false;
    this.note = '';
  }

  protected override watched() {
    const { session, state } = this.deck;
    return [state, session.terminals, session.language, session.ready];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(
      this.deck.events.watch((event) => {
        if (event?.event === 'find') this.finding = true;
        else this.note = this.words.copied;
      }),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  focusActive(): void {
    this.deck.active?.xterm.focus();
  }

  private get words() {
    return WORDS[this.deck.session.language.value];
  }

  protected override render(): TemplateResult {
    const { screens, shown, active, split } = this.deck.state.value;
    const { words } = this;
    const closing = active ? words.close(active.id) : '';
    return html`
      <div class="terminal-bar">
        <div class="tabs" role="tablist" aria-label=${words.terminals} @keydown=${this.moveAlongTabs}>
          ${screens.map((screen) => this.renderTab(screen))}
        </div>
        <button class="icon-button" title=${words.newTerminal} aria-label=${words.newTerminal} @click=${this.openOne}>
          <span aria-hidden="true">+</span>
        </button>
        <span class="spring"></span>
        ${this.beside}
        ${
          active && screens.length > 1
            ? html`<button class="icon-button" title=${closing} aria-label=${closing} @click=${() => this.close(active)}>
              <span aria-hidden="true">×</span>
            </button>`
            : nothing
        }
        <button
          class="icon-button split-button"
          title=${split ? words.unsplit : words.split}
          aria-label=${words.split}
          aria-pressed=${split ? 'true' : 'false'}
          @click=${() => this.deck.setSplit(!split)}
        >
          <span class="split-icon" aria-hidden="true"></span>
        </button>
        <bw-terminal-menu .deck=${this.deck} @find=${this.startFinding}></bw-terminal-menu>
      </div>
      ${this.finding ? html`<bw-find-bar .deck=${this.deck} @close=${this.endFinding}></bw-find-bar>` : nothing}
      <div
        class="terminal-screens"
        @contextmenu=${this.openMenu}
        @pointerdown=${this.startPress}
        @pointerup=${this.endPress}
        @pointermove=${this.endPress}
        @pointercancel=${this.endPress}
      ></div>
      ${shown.length === 0 ? html`<p class="terminal-note">${words.starting}</p>` : nothing}
      ${active && this.view(active)?.ended ? html`<p class="terminal-note">${words.ended}</p>` : nothing}
      ${this.renderWideHint(active)}
      <bw-key-bar .deck=${this.deck}></bw-key-bar>
      <div class="visually-hidden" role="status">${this.note}</div>
    `;
  }

  private renderTab(screen: TerminalScreen): TemplateResult {
    const { words } = this;
    const { active } = this.deck.state.value;
    const view = this.view(screen);
    const container = view?.container ? this.deck.session.live.value.containers[view.container]?.name : undefined;
    return html`<button
      role="tab"
      id=${`terminal-tab-${screen.id}`}
      class="tab"
      aria-selected=${screen === active ? 'true' : 'false'}
      aria-controls=${`terminal-panel-${screen.id}`}
      tabindex=${screen === active ? 0 : -1}
      @click=${() => this.choose(screen)}
    >
      ${words.terminal(screen.id)}
      ${
        container
          ? html`<span class="tab-note inside">${words.inContainer(container)}</span>`
          : view?.command
            ? html`<span class="tab-note"><span class="visually-hidden">${words.runs('')}</span>${view.command}</span>`
            : nothing
      }
    </button>`;
  }

  private renderWideHint(active: TerminalScreen | null): TemplateResult {
    const wide = active?.wide.value ?? null;
    const { words } = this;
    // The region stays in the page, so that what comes into it is announced.
    return html`<div class="wide-hint" role="status">
      ${
        active && wide !== null
          ? html`<span>${words.wide(wide === '\u3000' ? '\u2423' : wide)}</span>
            <button class="button" @click=${() => this.convert(active)}>${words.convert}</button>
            <button class="button plain" @click=${() => this.keep(active)}>${words.leaveIt}</button>`
          : nothing
      }
    </div>`;
  }

  protected override updated(): void {
    const place = this.querySelector('.terminal-screens') as HTMLElement;
    const { screens, shown, active } = this.deck.state.value;
    for (const screen of screens) {
      const { element } = screen;
      if (element.parentElement !== place) {
        element.id = `terminal-panel-${screen.id}`;
        element.setAttribute('role', 'tabpanel');
        element.setAttribute('aria-labelledby', `terminal-tab-${screen.id}`);
        element.addEventListener('focusin', () => this.deck.show(screen));
        place.append(element);
        this.sizes.observe(element);
        this.until(screen.wide.watch(() => this.requestUpdate()));
      }
      element.hidden = !shown.includes(screen);
      element.toggleAttribute('data-active', shown.length > 1 && screen === active);
      element.style.order = String(shown.indexOf(screen));
      if (element.hidden) continue;
      // Later sizes are told by the observer.
      if (screen.open()) screen.fit();
    }
    // Who comes to the page can type at once; on a touch screen that would bring up the keyboard unasked.
    if (active && !this.greeted && matchMedia('(pointer: fine)').matches && document.activeElement === document.body)
      active.xterm.focus();
    this.greeted ||= active !== null;
  }

  private view(screen: TerminalScreen) {
    return this.deck.session.live.value.terminals[screen.id];
  }

  private fit(): void {
    for (const screen of this.deck.state.value.shown) screen.fit();
  }

  private choose(screen: TerminalScreen): void {
    this.deck.show(screen);
    void this.updateComplete.then(() => screen.xterm.focus());
  }

  private openOne(): void {
    this.choose(this.deck.open());
  }

  private close(screen: TerminalScreen): void {
    this.deck.close(screen);
    void this.updateComplete.then(() => this.focusActive());
  }

  private convert(screen: TerminalScreen): void {
    screen.replaceLine(narrowed(screen.prompt.line().trimEnd()));
    screen.xterm.focus();
  }

  private keep(screen: TerminalScreen): void {
    screen.keepWideInput();
    screen.xterm.focus();
  }

  private startFinding(): void {
    this.finding = true;
  }

  private endFinding(): void {
    this.finding = false;
    this.focusActive();
  }

  /** Arrow keys go along the tabs; Delete closes the one they are at. */
  private moveAlongTabs(event: KeyboardEvent): void {
    const { screens, active } = this.deck.state.value;
    if (!active) return;
    const at = screens.indexOf(active);
    const last = screens.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Delete' && screens.length > 1) this.deck.close(active);
    else if (to === undefined) return;
    else this.deck.show(screens[to] as TerminalScreen);
    event.preventDefault();
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    });
  }

  private openMenu(event: MouseEvent): void {
    event.preventDefault();
    this.querySelector<BwTerminalMenu>('bw-terminal-menu')?.openAt(event.clientX, event.clientY);
  }

  /** A long press is a touch screen's right click; Safari sends no `contextmenu` for it. */
  private startPress(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return;
    const { clientX, clientY } = event;
    clearTimeout(this.pressed);
    this.pressed = setTimeout(() => {
      this.querySelector<BwTerminalMenu>('bw-terminal-menu')?.openAt(clientX, clientY);
    }, LONG_PRESS);
  }

  private endPress(): void {
    clearTimeout(this.pressed);
  }
}

const LONG_PRESS = 550;

customElements.define('bw-terminals', BwTerminals);
