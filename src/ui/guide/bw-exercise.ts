import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Exercise, solutionOf, type Step } from '../../scenario/course/exercise.ts';
import { plainLine } from '../../scenario/course/text.ts';
import type { Page } from '../app/page.ts';
import { WatchedElement } from '../element/watched-element.ts';
import './bw-action.ts';
import './bw-check.ts';
import './bw-question.ts';
import type { CourseDesk } from './course-desk.ts';
import { renderLine, renderText } from './render-text.ts';
import { currentStep, isStepDone, scoreOf } from './step-state.ts';
import { WORDS } from './words.ts';

/** The steps of an exercise: those behind folded, the current one open, its solution and its outcome below. */
export class BwExercise extends WatchedElement {
  static override properties = {
    desk: { attribute: false },
    page: { attribute: false },
    exercise: { attribute: false },
    toggled: { state: true },
    news: { state: true },
  };
  declare desk: CourseDesk;
  declare page: Page;
  declare exercise: Exercise;
  /** Steps that the learner has opened or folded by hand. */
  declare toggled: Readonly<Record<string, boolean>>;
  /** For a screen reader: what has just been done. */
  declare news: string;
  private current: string | null = null;
  private satisfied: readonly string[] = [];

  constructor() {
    super();
    this.toggled = {};
    this.news = '';
  }

  protected override watched() {
    const { session, progress, play, actionsDone } = this.desk;
    return [session.language, session.report, session.ready, progress.changed, play, actionsDone];
  }

  private get words() {
    return WORDS[this.desk.session.language.value];
  }

  protected override willUpdate(): void {
    const { desk, exercise } = this;
    const { done } = desk.progress.of(exercise.id);
    const fresh = exercise.steps
      .flatMap(({ checks }) => checks)
      .filter(({ id }) => done.includes(id) && !this.satisfied.includes(id));
    if (this.hasUpdated && fresh.length > 0)
      this.news = this.words.announceDone(
        fresh.map(({ label }) => plainLine(label[desk.session.language.value])).join(' '),
      );
    this.satisfied = done;
  }

  protected override render(): TemplateResult {
    const { desk, exercise, words } = this;
    const language = desk.session.language.value;
    const progress = desk.progress.of(exercise.id);
    const current = currentStep(exercise, progress, desk.report);
    const score = scoreOf(progress);
    return html`
      <div class="lead">${renderText(exercise.aim[language])}</div>
      <ol class="steps">
        ${repeat(
          exercise.steps,
          (step) => step.id,
          (step, i) => this.renderStep(step, i, current),
        )}
      </ol>
      <div role="status" class="visually-hidden">${this.news}</div>
      ${
        progress.solved
          ? html`<section class="outcome" aria-label=${words.solved}>
            <h3><span class="tick" aria-hidden="true">✓</span> ${words.solved}</h3>
            ${renderText(exercise.outcome[language])}
            ${score.all > 0 ? html`<p class="quiet">${words.score(score.right, score.all)}</p>` : nothing}
          </section>`
          : nothing
      }
      ${this.renderSolution(current)}
    `;
  }

  private renderStep(step: Step, i: number, current: Step | null): TemplateResult {
    const { desk, exercise, words } = this;
    const language = desk.session.language.value;
    const done = isStepDone(exercise, step, desk.progress.of(exercise.id), desk.report);
    const at = current ? exercise.steps.indexOf(current) : exercise.steps.length;
    // The step before stays open: what there is to notice in it is still news.
    const open = this.toggled[step.id] ?? (i === at || i === at - 1);
    const mistakes = desk.report?.mistakes ?? [];
    return html`<li class="step" ?data-done=${done} ?data-current=${step === current}>
      <h3>
        <button
          class="step-title"
          aria-expanded=${open ? 'true' : 'false'}
          aria-current=${step === current ? 'step' : nothing}
          @click=${() => (this.toggled = { ...this.toggled, [step.id]: !open })}
        >
          <span class="tick" aria-hidden="true">${done ? '✓' : i + 1}</span>
          <span><span class="visually-hidden">${words.step(i + 1)}${done ? `, ${words.done}` : ''}: </span>${renderLine(step.title[language])}</span>
        </button>
      </h3>
      ${
        open
          ? html`<div class="step-body">
            ${renderText(step.text[language])}
            ${step.questions.map((question) => html`<bw-question .desk=${desk} .question=${question}></bw-question>`)}
            ${step.actions.map(
              (input) => html`<bw-action .desk=${desk} .page=${this.page} .step=${step} .input=${input}></bw-action>`,
            )}
            ${
              step.notice
                ? html`<details class="take-notice" ?open=${done || desk.actionsDoneOf(step) > 0}>
                    <summary>${words.notice}</summary>
                    ${renderText(step.notice[language])}
                  </details>`
                : nothing
            }
            <div role="status">
              ${exercise.mistakes
                .filter(
                  ({ id, until }) =>
                    mistakes.includes(id) &&
                    (until === null ? step === current : step.checks.some((check) => check.id === until)),
                )
                .map(
                  ({ hint }) => html`<div class="mistake">
                    <p class="hint-grade">${words.mistake}</p>
                    ${renderText(hint[language])}
                  </div>`,
                )}
            </div>
            ${step.checks.map((check) => html`<bw-check .desk=${desk} .check=${check}></bw-check>`)}
            ${
              step === current && step.checks.length === 0
                ? html`<button class="button" @click=${() => desk.progress.pass(exercise.id, step.id)}>
                  ${words.goOn}
                </button>`
                : nothing
            }
          </div>`
          : nothing
      }
    </li>`;
  }

  private renderSolution(current: Step | null): TemplateResult {
    const { desk, exercise, words } = this;
    const play = desk.play.value;
    const isSolution = play !== null && play.inputs.length > 1;
    return html`<div class="solution">
      <div role="status">
        ${isSolution ? html`<p>${words.playing(Math.min(play.position + 1, play.inputs.length), play.inputs.length)}</p>` : nothing}
        ${play?.stuck ? html`<p>${words.stuck[play.stuck]}</p>` : nothing}
      </div>
      ${
        isSolution
          ? html`<button class="button" @click=${() => desk.stop()}>${words.stop}</button>`
          : html`<button
            class="button link"
            title=${words.solutionNote}
            ?disabled=${!desk.session.ready.value}
            @click=${() => this.playSolution(current)}
          >
            ${words.solution}
          </button>`
      }
      <button
        class="button link"
        @click=${() => this.dispatchEvent(new CustomEvent('start-over', { bubbles: true, detail: exercise.id }))}
      >
        ${words.reset}
      </button>
    </div>`;
  }

  /** From the step on that the learner is at; once all is done, the whole. */
  private playSolution(current: Step | null): void {
    const { exercise, desk, page } = this;
    const rest = current ? { ...exercise, steps: exercise.steps.slice(exercise.steps.indexOf(current)) } : exercise;
    page.showTerminal(1);
    desk.run(solutionOf(rest));
  }

  /** The current step comes into sight when it changes. */
  protected override updated(): void {
    const { desk, exercise } = this;
    const current = currentStep(exercise, desk.progress.of(exercise.id), desk.report)?.id ?? null;
    if (current === this.current) return;
    const first = this.current === null;
    this.current = current;
    if (first) return;
    this.querySelector('.step[data-current], .outcome')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }
}

customElements.define('bw-exercise', BwExercise);
