import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../element/light-element.ts';
import type { TerminalDeck } from './terminal-deck.ts';
import { WORDS } from './words.ts';

interface Item {
  readonly label: string;
  readonly keys?: string;
  /** Of something that is on or off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly act: () => void;
}

/** What can be done with a terminal: from its button, by right click and by long press. */
export class BwTerminalMenu extends LightElement {
  static override properties = { deck: { attribute: false }, open: { state: true }, place: { state: true } };
  declare deck: TerminalDeck;
  declare open: boolean;
  /** null: below its button. */
  declare place: { readonly x: number; readonly y: number } | null;
  private readonly closeOutside = (event: Event) => {
    if (!this.contains(event.target as Node)) this.open = false;
  };

  constructor() {
    super();
    this.open = false;
    this.place = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.closeOutside, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.closeOutside, true);
  }

  openAt(x: number, y: number): void {
    this.place = { x: Math.max(4, Math.min(x, innerWidth - 240)), y: Math.max(4, Math.min(y, innerHeight - 320)) };
    this.open = true;
    this.focusFirst();
  }

  private get words() {
    return WORDS[this.deck.session.language.value];
  }

  private items(): readonly Item[] {
    const { words, deck } = this;
    const screen = deck.active;
    const xterm = screen?.xterm;
    return [
      { label: words.copy, keys: 'Ctrl+C', disabled: !xterm?.hasSelection(), act: () => void screen?.copy() },
      { label: words.paste, keys: 'Ctrl+V', act: () => void this.paste() },
      { label: words.selectAll, act: () => xterm?.selectAll() },
      { label: words.clear, keys: 'Ctrl+L', act: () => screen?.send('\u000c') },
      { label: words.find, keys: 'Ctrl+Shift+F', act: () => this.dispatchEvent(new CustomEvent('find')) },
      { label: words.bigger, act: () => deck.setFontSize(deck.fontSize + 1) },
      { label: words.smaller, act: () => deck.setFontSize(deck.fontSize - 1) },
      { label: words.screenReader, checked: deck.screenReader, act: () => deck.setScreenReader(!deck.screenReader) },
    ];
  }

  protected override render(): TemplateResult {
    const { words, open, place } = this;
    return html`
      <button
        class="icon-button"
        aria-haspopup="menu"
        aria-expanded=${open ? 'true' : 'false'}
        title=${words.menu}
        aria-label=${words.menu}
        @click=${this.toggle}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      ${
        open
          ? html`<div
            class="menu ${place ? 'at-pointer' : ''}"
            role="menu"
            aria-label=${words.menu}
            style=${place ? `left:${place.x}px;top:${place.y}px` : nothing}
            @keydown=${this.move}
          >
            ${this.items().map((item) => this.renderItem(item))}
          </div>`
          : nothing
      }
    `;
  }

  private renderItem({ label, keys, checked, disabled, act }: Item): TemplateResult {
    return html`<button
      class="menu-item"
      role=${checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked=${checked === undefined ? nothing : checked ? 'true' : 'false'}
      aria-disabled=${disabled ? 'true' : nothing}
      tabindex="-1"
      @click=${() => {
        if (disabled) return;
        this.close();
        act();
      }}
    >
      <span>${checked === undefined ? '' : checked ? '✓ ' : ''}${label}</span>
      ${keys ? html`<kbd>${keys}</kbd>` : nothing}
    </button>`;
  }

  private async paste(): Promise<void> {
    const xterm = this.deck.active?.xterm;
    try {
      xterm?.paste(await navigator.clipboard.readText());
    } catch {
      // Firefox, and whoever said no: the keyboard's way is always open.
      this.dispatchEvent(new CustomEvent('note', { detail: this.words.pasteByKey, bubbles: true }));
    }
  }

  private toggle(): void {
    this.place = null;
    this.open = !this.open;
    if (this.open) this.focusFirst();
  }

  private close(): void {
    this.open = false;
    if (this.place) this.deck.active?.xterm.focus();
    else this.querySelector('button')?.focus();
  }

  private focusFirst(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.menu-item')?.focus());
  }

  private move(event: KeyboardEvent): void {
    const items = [...this.querySelectorAll<HTMLElement>('.menu-item')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const last = items.length - 1;
    if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else {
      const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[
        event.key
      ];
      if (to === undefined) return;
      items[to]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define('bw-terminal-menu', BwTerminalMenu);
