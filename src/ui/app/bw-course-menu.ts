import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseProgress } from '../guide/course-progress.ts';
import { EXERCISES, pageAt, routeOf } from '../guide/course-pages.ts';
import type { CoursePage } from '../../scenario/course/course.ts';
import { COURSE } from '../course/course-data.ts';
import type { Page } from './page.ts';
import { formatRoute } from './route.ts';
import { WORDS } from './words.ts';

/** The course: its exercises as numbers in a row, and a menu of all its pages with how far each is. */
export class BwCourseMenu extends WatchedElement {
  static override properties = { page: { attribute: false }, progress: { attribute: false }, open: { state: true } };
  declare page: Page;
  declare progress: CourseProgress;
  declare open: boolean;
  private readonly closeOutside = (event: Event) => {
    if (!this.contains(event.target as Node)) this.open = false;
  };

  constructor() {
    super();
    this.open = false;
  }

  protected override watched() {
    return [this.page.session.language, this.page.route, this.progress.changed];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.closeOutside, true);
    this.until(() => document.removeEventListener('pointerdown', this.closeOutside, true));
  }

  protected override render(): TemplateResult {
    const words = WORDS[this.page.session.language.value];
    return html`<nav class="course" aria-label=${words.course} @keydown=${this.handleKey} @focusout=${this.handleBlur}>
      <button
        class="button plain course-button"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-controls="course-panel"
        @click=${() => (this.open = !this.open)}
      >
        ${words.course} <span aria-hidden="true">▾</span>
      </button>
      <ol class="exercise-numbers" aria-label=${words.exercises}>
        ${EXERCISES.map((page, i) => html`<li>${this.renderNumber(page, i + 1)}</li>`)}
      </ol>
      <div class="menu course-panel" id="course-panel" ?hidden=${!this.open}>
        ${COURSE.chapters.map(
          ({ title, pages }) => html`<h2>${title[this.page.session.language.value]}</h2>
            <ol>
              ${pages.map((page) => html`<li>${this.renderEntry(page, EXERCISES.indexOf(page) + 1)}</li>`)}
            </ol>`,
        )}
        <hr />
        <a
          class="menu-item"
          href=${formatRoute({ page: 'sandbox' })}
          aria-current=${this.page.route.value.page === 'sandbox' ? 'page' : nothing}
          @click=${() => (this.open = false)}
          >${words.sandbox}</a
        >
      </div>
    </nav>`;
  }

  private renderNumber(entry: CoursePage, number: number): TemplateResult {
    const { language } = this.page.session;
    const words = WORDS[language.value];
    const { solved } = this.progress.of(entry.id);
    const title = entry.title[language.value];
    return html`<a
      class="exercise-number"
      href=${formatRoute(routeOf(entry))}
      title=${title}
      aria-current=${this.isOpen(entry) ? 'page' : nothing}
      data-solved=${solved ? '' : nothing}
      ><span class="visually-hidden">${title}${solved ? ` (${words.exerciseState.done})` : ''} </span
      ><span aria-hidden="true">${number}</span></a
    >`;
  }

  private renderEntry(entry: CoursePage, number: number): TemplateResult {
    const { language } = this.page.session;
    const { solved } = this.progress.of(entry.id);
    return html`<a
      class="menu-item"
      href=${formatRoute(routeOf(entry))}
      aria-current=${this.isOpen(entry) ? 'page' : nothing}
      @click=${() => (this.open = false)}
      ><span>${number === 0 ? '' : `${number}. `}${entry.title[language.value]}</span>${
        solved ? html`<span class="menu-state">✓ ${WORDS[language.value].exerciseState.done}</span>` : nothing
      }</a
    >`;
  }

  private isOpen(entry: CoursePage): boolean {
    return pageAt(this.page.route.value) === entry;
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.querySelector<HTMLElement>('.course-button')?.focus();
  }

  private handleBlur(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) this.open = false;
  }
}

customElements.define('bw-course-menu', BwCourseMenu);
