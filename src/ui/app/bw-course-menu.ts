import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseProgress } from '../guide/course-progress.ts';
import { type CourseEntry, ENTRIES } from '../guide/course.ts';
import type { Page } from './page.ts';
import { formatRoute, type Route } from './route.ts';
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
    const exercises = ENTRIES.filter(({ page }) => page === 'exercise');
    const cards = ENTRIES.filter(({ page }) => page === 'card');
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
        ${exercises.map((entry, i) => html`<li>${this.renderNumber(entry, i + 1)}</li>`)}
      </ol>
      <div class="menu course-panel" id="course-panel" ?hidden=${!this.open}>
        <h2>${words.exercises}</h2>
        <ol>
          ${exercises.map((entry, i) => html`<li>${this.renderEntry(entry, `${i + 1}`)}</li>`)}
        </ol>
        ${
          cards.length > 0
            ? html`<h2>${words.cards}</h2>
              <ul>
                ${cards.map((entry) => html`<li>${this.renderEntry(entry, '')}</li>`)}
              </ul>`
            : nothing
        }
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

  private renderNumber(entry: CourseEntry, number: number): TemplateResult {
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

  private renderEntry(entry: CourseEntry, number: string): TemplateResult {
    const { language } = this.page.session;
    const { solved } = this.progress.of(entry.id);
    return html`<a
      class="menu-item"
      href=${formatRoute(routeOf(entry))}
      aria-current=${this.isOpen(entry) ? 'page' : nothing}
      @click=${() => (this.open = false)}
      ><span>${number === '' ? '' : `${number}. `}${entry.title[language.value]}</span>${
        solved ? html`<span class="menu-state">✓ ${WORDS[language.value].exerciseState.done}</span>` : nothing
      }</a
    >`;
  }

  private isOpen(entry: CourseEntry): boolean {
    const route = this.page.route.value;
    return route.page === entry.page && route.id === entry.id;
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

const routeOf = ({ page, id }: CourseEntry): Route => ({ page, id });

customElements.define('bw-course-menu', BwCourseMenu);
