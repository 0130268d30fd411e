import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { Page } from './page.ts';
import { WORDS } from './words.ts';

/** How long a notice is in sight, in milliseconds. */
const SHOWN = 6000;

/** What the page has to tell: for a while, or until it is dismissed. */
export class BwNotices extends WatchedElement {
  static override properties = { page: { attribute: false }, gone: { state: true } };
  declare page: Page;
  /** What lasts and was dismissed. */
  declare gone: readonly string[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.gone = [];
  }

  protected override watched() {
    return [
      this.page.notice,
      this.page.session.language,
      this.page.preferences.kept,
      this.page.trouble,
      this.page.storageTrouble,
    ];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(
      this.page.notice.watch((notice) => {
        clearTimeout(this.timer);
        if (notice !== '') this.timer = setTimeout(() => this.page.notice.set(''), SHOWN);
      }),
    );
  }

  protected override render(): TemplateResult {
    const { page } = this;
    const words = WORDS[page.session.language.value];
    const trouble = page.trouble.value;
    const lasting = [
      page.preferences.kept.value || page.storageTrouble.value !== null ? null : words.storage.blocked,
      page.storageTrouble.value === null ? null : words.storage[page.storageTrouble.value],
      trouble === null ? null : trouble.kind === 'lost' ? words.lost[trouble.why] : words.fault(trouble.message),
    ].filter((text) => text !== null);
    return html`<div class="notices">
      <div role="status">${page.notice.value === '' ? nothing : html`<p class="notice">${page.notice.value}</p>`}</div>
      <div role="status">
        ${lasting
          .filter((text) => !this.gone.includes(text))
          .map(
            (text) => html`<p class="notice lasting">
              ${text}
              <button class="button" @click=${() => (this.gone = [...this.gone, text])}>${words.dismiss}</button>
            </p>`,
          )}
      </div>
    </div>`;
  }
}

customElements.define('bw-notices', BwNotices);
