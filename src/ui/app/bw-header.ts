import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { Language } from '../words/catalog.ts';
import type { CourseProgress } from '../guide/course-progress.ts';
import './bw-course-menu.ts';
import type { Page } from './page.ts';
import { WORDS } from './words.ts';

/** The name, the course with its progress, and what can be done with the whole of the lab. */
export class BwHeader extends WatchedElement {
  static override properties = { page: { attribute: false }, progress: { attribute: false } };
  declare page: Page;
  declare progress: CourseProgress;

  protected override watched() {
    const { session, route, layout } = this.page;
    return [session.language, session.scheme, session.ready, route, layout, this.progress.changed];
  }

  protected override render(): TemplateResult {
    const { page, progress } = this;
    const { session } = page;
    const words = WORDS[session.language.value];
    const small = page.layout.value === 'phone';
    return html`<header class="header">
      <h1 class="brand">Bridgewalk${small ? nothing : html`<span class="tagline">${words.tagline}</span>`}</h1>
      <bw-course-menu .page=${page} .progress=${progress}></bw-course-menu>
      <span class="spring"></span>
      <div class="languages" role="group" aria-label=${words.language}>
        ${this.renderLanguage('ja', '日本語')} ${this.renderLanguage('en', 'English')}
      </div>
      <button
        class="icon-button"
        aria-label=${words.dark}
        title=${words.dark}
        aria-pressed=${session.scheme.value === 'dark' ? 'true' : 'false'}
        @click=${() => session.scheme.set(session.scheme.value === 'dark' ? 'light' : 'dark')}
      >
        <span aria-hidden="true">◐</span>
      </button>
      <button class="button plain" ?disabled=${!session.ready.value} @click=${this.undo}>
        <span class="sign" aria-hidden="true">↶</span><span class="label">${words.undo}</span>
      </button>
      <button
        class="button plain"
        aria-haspopup="dialog"
        ?disabled=${!session.ready.value}
        @click=${() => this.dispatchEvent(new CustomEvent('start-over', { bubbles: true }))}
      >
        <span class="sign" aria-hidden="true">⟲</span><span class="label">${words.startOver}</span>
      </button>
      <button
        class="icon-button keys-button"
        aria-haspopup="dialog"
        aria-label=${words.shortcuts}
        title=${words.shortcuts}
        @click=${() => this.dispatchEvent(new CustomEvent('shortcuts', { bubbles: true }))}
      >
        <span aria-hidden="true">?</span>
      </button>
    </header>`;
  }

  private renderLanguage(language: Language, name: string): TemplateResult {
    const { session } = this.page;
    return html`<button
      class="language"
      lang=${language}
      aria-pressed=${session.language.value === language ? 'true' : 'false'}
      @click=${() => session.language.set(language)}
    >
      ${name}
    </button>`;
  }

  private async undo(): Promise<void> {
    const { page } = this;
    const words = WORDS[page.session.language.value];
    const what = await page.session.machine.ask({ ask: 'undo' });
    page.tell(what === null ? words.nothingToUndo : words.undone(what));
  }
}

customElements.define('bw-header', BwHeader);
