import { html, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { Page } from './page.ts';
import { type Pane, PANES } from './panes.ts';
import { WORDS } from './words.ts';

/** Drawn with strokes on a square of 24. */
const SIGNS: Readonly<Record<Pane, string>> = {
  guide: 'M5 5h14M5 10h14M5 15h9M5 20h6',
  terminal: 'M4 5h16v14H4zM7 9l3 3-3 3M12 15h5',
  picture: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  files: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  browser: 'M3 5h18v14H3zM3 9h18M6 7h.01M9 7h.01',
  packets: 'M4 6h16v12H4zM4 7l8 6 8-6',
};

/** On a phone: which pane is in sight. */
export class BwTabBar extends WatchedElement {
  static override properties = { page: { attribute: false } };
  declare page: Page;

  protected override watched() {
    return [this.page.session.language, this.page.pane];
  }

  protected override render(): TemplateResult {
    const words = WORDS[this.page.session.language.value];
    return html`<nav class="tab-bar" aria-label=${words.panes}>
      ${PANES.map(
        (pane) => html`<button
          aria-current=${this.page.pane.value === pane ? 'page' : 'false'}
          @click=${() => this.show(pane)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${SIGNS[pane]} /></svg>
          <span>${words.pane[pane]}</span>
        </button>`,
      )}
    </nav>`;
  }

  private show(pane: Pane): void {
    if (pane === 'files' || pane === 'browser' || pane === 'packets') this.page.showTool(pane);
    else this.page.pane.set(pane);
  }
}

customElements.define('bw-tab-bar', BwTabBar);
