import { html, type TemplateResult } from 'lit';
import { LightElement } from '../element/light-element.ts';
import type { TerminalDeck } from './terminal-deck.ts';
import { WORDS } from './words.ts';

/** Finds a text in the active terminal's output. Enter goes back to older lines, Shift+Enter forward, Escape closes. */
export class BwFindBar extends LightElement {
  static override properties = { deck: { attribute: false }, missing: { state: true } };
  declare deck: TerminalDeck;
  declare missing: boolean;

  constructor() {
    super();
    this.missing = false;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const words = WORDS[this.deck.session.language.value];
    return html`<div class="find-bar" role="search" @keydown=${this.handleKey}>
      <input type="search" aria-label=${words.findLabel} placeholder=${words.findLabel} autocomplete="off" />
      <button class="icon-button" title=${words.findPrevious} aria-label=${words.findPrevious} @click=${() => this.find(true)}>
        <span aria-hidden="true">↑</span>
      </button>
      <button class="icon-button" title=${words.findNext} aria-label=${words.findNext} @click=${() => this.find(false)}>
        <span aria-hidden="true">↓</span>
      </button>
      <span role="status">${this.missing ? words.findNone : ''}</span>
      <button class="icon-button" title=${words.closeFind} aria-label=${words.closeFind} @click=${this.close}>
        <span aria-hidden="true">×</span>
      </button>
    </div>`;
  }

  private async find(backwards: boolean): Promise<void> {
    const text = this.querySelector('input')?.value ?? '';
    if (text !== '') this.missing = !(await this.deck.active?.find(text, backwards));
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void this.find(!event.shiftKey);
    else return;
    event.preventDefault();
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}

customElements.define('bw-find-bar', BwFindBar);
