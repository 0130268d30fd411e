import { html, type TemplateResult } from 'lit';
import { LightElement } from '../element/light-element.ts';
import type { TerminalDeck } from './terminal-deck.ts';
import { WORDS } from './words.ts';

const KEYS: readonly { readonly label: string; readonly sends: string; readonly name: string }[] = [
  { label: 'Tab', sends: '\t', name: 'Tab' },
  { label: '↑', sends: '\u001b[A', name: 'Up' },
  { label: '↓', sends: '\u001b[B', name: 'Down' },
  { label: '←', sends: '\u001b[D', name: 'Left' },
  { label: '→', sends: '\u001b[C', name: 'Right' },
  { label: 'Ctrl+C', sends: '\u0003', name: 'Ctrl+C' },
  { label: 'Ctrl+D', sends: '\u0004', name: 'Ctrl+D' },
];

/** The keys that a touch screen's keyboard lacks; theme decides where the row is shown. */
export class BwKeyBar extends LightElement {
  static override properties = { deck: { attribute: false } };
  declare deck: TerminalDeck;

  protected override render(): TemplateResult {
    const words = WORDS[this.deck.session.language.value];
    return html`<div class="key-bar" role="group" aria-label=${words.keys}>
      ${KEYS.map(
        ({ label, sends, name }) => html`<button
          aria-label=${name}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => this.deck.active?.send(sends)}
        >
          ${label}
        </button>`,
      )}
    </div>`;
  }
}

customElements.define('bw-key-bar', BwKeyBar);
