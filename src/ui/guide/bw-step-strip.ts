import { html, nothing, type TemplateResult } from 'lit';
import type { Step } from '../../scenario/course/exercise.ts';
import type { Page } from '../app/page.ts';
import { WORDS as PAGE_WORDS } from '../app/words.ts';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseDesk } from './course-desk.ts';
import { currentStep } from './step-state.ts';
import { renderLine } from './render-text.ts';
import { WORDS } from './words.ts';

/** Where there is no room for the guide: the current step, and the next thing to do in it, to be tapped. */
export class BwStepStrip extends WatchedElement {
  static override properties = { desk: { attribute: false }, page: { attribute: false } };
  declare desk: CourseDesk;
  declare page: Page;

  protected override watched() {
    const { open, session, progress, actionsDone } = this.desk;
    return [
      open,
      session.language,
      session.report,
      progress.changed,
      actionsDone,
      this.page.guideOpen,
      this.page.layout,
    ];
  }

  protected override render(): TemplateResult {
    const { desk, page } = this;
    const { exercise } = desk;
    const language = desk.session.language.value;
    const words = WORDS[language];
    const step = exercise && currentStep(exercise, desk.progress.of(exercise.id), desk.report);
    const opened = page.layout.value === 'narrow' && page.guideOpen.value;
    const title = step
      ? step.title[language]
      : exercise
        ? words.solved
        : desk.open.value.kind === 'card'
          ? desk.open.value.page.title[language]
          : words.sandboxTitle;
    // A challenge has no steps; its solution is not for the strip.
    const isChallenge = exercise?.together ?? false;
    const at = step && exercise && !isChallenge ? `${exercise.steps.indexOf(step) + 1}/${exercise.steps.length}` : '';
    return html`<div class="strip">
      <button
        class="strip-title"
        aria-expanded=${opened ? 'true' : 'false'}
        @click=${() => this.toggle(opened)}
      >
        <span class="visually-hidden">${opened ? PAGE_WORDS[language].closeGuide : PAGE_WORDS[language].openGuide}: </span>
        <span class="strip-at">${at}</span><strong>${renderLine(title)}</strong><span aria-hidden="true">${opened ? '▴' : '▾'}</span>
      </button>
      ${step && !opened && !isChallenge ? this.renderNextAction(step) : nothing}
    </div>`;
  }

  private renderNextAction(step: Step): TemplateResult | typeof nothing {
    const { desk, page } = this;
    const { exercise } = desk;
    const words = WORDS[desk.session.language.value];
    const { predictions, answers } = desk.progress.of(exercise?.id ?? '');
    if (step.questions.some(({ id }) => predictions[id] === undefined && answers[id] === undefined))
      return html`<button class="button primary" @click=${() => this.toggle(false)}>${words.predict}</button>`;
    const next = step.actions[desk.actionsDoneOf(step)];
    if (next) return html`<bw-action .desk=${desk} .page=${page} .step=${step} .input=${next}></bw-action>`;
    return html`${step.checks.map((check) => html`<bw-check .desk=${desk} .check=${check}></bw-check>`)}`;
  }

  private toggle(opened: boolean): void {
    const { page } = this;
    if (page.layout.value === 'phone') page.pane.set('guide');
    else page.guideOpen.set(!opened);
  }
}

customElements.define('bw-step-strip', BwStepStrip);
