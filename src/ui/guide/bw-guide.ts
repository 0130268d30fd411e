import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CoursePage } from '../../scenario/course/course.ts';
import type { Page } from '../app/page.ts';
import { formatRoute } from '../app/route.ts';
import { WatchedElement } from '../element/watched-element.ts';
import './bw-exercise.ts';
import './bw-step-strip.ts';
import type { CourseDesk } from './course-desk.ts';
import { EXERCISES, PAGES, routeOf } from './course-pages.ts';
import { renderText } from './render-text.ts';
import { WORDS } from './words.ts';
import './guide.css';
import './exercise.css';

/** The page of the course that is open; where there is little room, a strip with the current step. */
export class BwGuide extends WatchedElement {
  static override properties = { page: { attribute: false }, desk: { attribute: false } };
  declare page: Page;
  declare desk: CourseDesk;

  protected override watched() {
    const { layout, pane, guideOpen } = this.page;
    return [this.desk.open, this.desk.session.language, this.desk.progress.changed, layout, pane, guideOpen];
  }

  /** Whether only a strip of it is in sight. */
  private get isStrip(): boolean {
    const { layout, pane, guideOpen } = this.page;
    return (layout.value === 'narrow' && !guideOpen.value) || (layout.value === 'phone' && pane.value !== 'guide');
  }

  protected override render(): TemplateResult {
    const { desk, page } = this;
    const strip = this.isStrip;
    return html`
      ${
        strip || page.layout.value === 'narrow'
          ? html`<bw-step-strip .desk=${desk} .page=${page}></bw-step-strip>`
          : nothing
      }
      <div class="guide" ?hidden=${strip}>${this.renderPage()}</div>
    `;
  }

  private renderPage(): TemplateResult {
    const { desk } = this;
    const language = desk.session.language.value;
    const words = WORDS[language];
    const open = desk.open.value;
    switch (open.kind) {
      case 'loading':
        return html`<p class="quiet">${words.loading}</p>`;
      case 'missing': {
        const [first] = EXERCISES;
        return html`<p>${words.missing}</p>
          ${first ? html`<p><a href=${formatRoute(routeOf(first))}>${words.toFirst}</a></p>` : nothing}`;
      }
      case 'sandbox':
        return html`<h2>${words.sandboxTitle}</h2>
          <p class="lead">${words.sandboxText}</p>
          ${words.sandboxIdeas.map(
            ({ text, line }) => html`<p class="action-note">${text}</p>
              <div class="command">
                <code>${line}</code>
                <button class="button" @click=${() => this.run(line)}>${words.run}</button>
              </div>`,
          )}`;
      case 'exercise': {
        const number = EXERCISES.indexOf(open.page) + 1;
        return html`<h2><span class="number">${number}</span> ${open.page.title[language]}</h2>
          ${keyed(
            open.exercise.id,
            html`<bw-exercise
              data-exercise=${open.exercise.id}
              .desk=${desk}
              .page=${this.page}
              .exercise=${open.exercise}
            ></bw-exercise>`,
          )}
          ${this.renderNext(open.page)}`;
      }
      case 'challenge':
        void import('./bw-challenge.ts');
        return html`<p class="kind">${words.challenge}</p>
          <h2>${open.page.title[language]}</h2>
          <bw-challenge .desk=${desk} .page=${this.page} .exercise=${open.exercise}></bw-challenge>
          ${this.renderNext(open.page)}`;
      case 'card': {
        const { card } = open;
        return html`<h2>${open.page.title[language]}</h2>
          ${
            card.claim
              ? html`<div class="claim"><p class="hint-grade">${words.claim}</p>${renderText(card.claim[language])}</div>`
              : nothing
          }
          ${renderText(card.text[language])} ${this.renderPlay(card.play)}
          ${
            card.trial
              ? html`<h3 class="trial-title">${words.tryIt}</h3>
                <bw-exercise .desk=${desk} .page=${this.page} .exercise=${card.trial}></bw-exercise>`
              : nothing
          }
          ${this.renderNext(open.page)}`;
      }
    }
  }

  private renderPlay(play: string | null): TemplateResult | typeof nothing {
    if (play !== 'subnets') return nothing;
    void import('./subnets/bw-subnets.ts');
    return html`<bw-subnets .session=${this.desk.session}></bw-subnets>`;
  }

  private renderNext(page: CoursePage): TemplateResult | typeof nothing {
    const language = this.desk.session.language.value;
    const next = PAGES[PAGES.indexOf(page) + 1];
    if (!next) return nothing;
    return html`<p class="next">
      <a href=${formatRoute(routeOf(next))}>${WORDS[language].next(next.title[language])} <span aria-hidden="true">→</span></a>
    </p>`;
  }

  private run(line: string): void {
    this.page.deck.clearLine(1);
    this.page.showTerminal(1);
    this.desk.run([{ do: 'run', line, terminal: 'first', stays: false, note: null }]);
  }
}

customElements.define('bw-guide', BwGuide);
