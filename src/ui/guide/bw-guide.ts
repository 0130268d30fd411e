import { html, type TemplateResult } from 'lit';
import type { Page } from '../app/page.ts';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseProgress } from './course-progress.ts';
import { ENTRIES } from './course.ts';

/** The page of the course that is open. */
export class BwGuide extends WatchedElement {
  static override properties = { page: { attribute: false }, progress: { attribute: false } };
  declare page: Page;
  declare progress: CourseProgress;

  protected override watched() {
    return [this.page.session.language, this.page.route];
  }

  protected override render(): TemplateResult {
    const route = this.page.route.value;
    const entry = ENTRIES.find(({ page, id }) => route.page === page && route.id === id);
    return html`<div class="guide"><h2>${entry?.title[this.page.session.language.value]}</h2></div>`;
  }
}

customElements.define('bw-guide', BwGuide);
