import { html, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { Page } from './page.ts';
import { WORDS } from './words.ts';

/** The list of keys. */
export class BwShortcuts extends WatchedElement {
  static override properties = { page: { attribute: false } };
  declare page: Page;

  open(): void {
    this.querySelector('dialog')?.showModal();
  }

  protected override watched() {
    return [this.page.session.language];
  }

  protected override render(): TemplateResult {
    const words = WORDS[this.page.session.language.value];
    return html`<dialog class="dialog" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">${words.shortcuts}</h2>
      <dl class="shortcut-list">
        ${words.shortcutList.map(([keys, does]) => html`<dt><kbd>${keys}</kbd></dt><dd>${does}</dd>`)}
      </dl>
      <div class="dialog-buttons">
        <button class="button primary" @click=${() => this.querySelector('dialog')?.close()}>${words.close}</button>
      </div>
    </dialog>`;
  }
}

customElements.define('bw-shortcuts', BwShortcuts);
