import { html, nothing, type TemplateResult } from 'lit';
import { checksOf, type Exercise, fillIn, solutionOf } from '../../scenario/course/exercise.ts';
import type { Page } from '../app/page.ts';
import { WatchedElement } from '../element/watched-element.ts';
import './bw-check.ts';
import type { CourseDesk } from './course-desk.ts';
import { renderText } from './render-text.ts';
import { isSatisfied } from './step-state.ts';
import { WORDS as CHALLENGE_WORDS } from './challenge-words.ts';
import { WORDS } from './words.ts';
import './challenge.css';

/** A challenge: what shall be so, as it is at the moment; the files that it begins with; its solution behind a button. */
export class BwChallenge extends WatchedElement {
  static override properties = {
    desk: { attribute: false },
    page: { attribute: false },
    exercise: { attribute: false },
    news: { state: true },
  };
  declare desk: CourseDesk;
  declare page: Page;
  declare exercise: Exercise;
  /** For a screen reader: what holds now. */
  declare news: string;
  private held = 0;

  constructor() {
    super();
    this.news = '';
  }

  protected override watched() {
    const { session, progress, play } = this.desk;
    return [session.language, session.report, session.ready, progress.changed, play];
  }

  private get words() {
    const language = this.desk.session.language.value;
    return { ...WORDS[language], ...CHALLENGE_WORDS[language] };
  }

  /** How many of the checks hold at this moment. */
  private get holding(): number {
    const { desk, exercise } = this;
    const progress = desk.progress.of(exercise.id);
    return checksOf(exercise).filter(
      ({ id }) => isSatisfied(id, progress, desk.report) || desk.report?.checks[id] === 'holding',
    ).length;
  }

  protected override willUpdate(): void {
    const { holding } = this;
    if (this.hasUpdated && holding !== this.held)
      this.news = this.words.holding(holding, checksOf(this.exercise).length);
    this.held = holding;
  }

  protected override render(): TemplateResult {
    const { desk, exercise, words, holding } = this;
    const language = desk.session.language.value;
    const checks = checksOf(exercise);
    const { solved } = desk.progress.of(exercise.id);
    const mistakes = solved ? [] : (desk.report?.mistakes ?? []);
    return html`
      <div class="lead">${renderText(exercise.aim[language])}</div>
      ${this.renderFiles()}
      <section class="goals" aria-label=${words.conditions} ?data-solved=${solved}>
        <header>
          <h3>${words.conditions}</h3>
          <span class="goals-count" aria-hidden="true">${holding}/${checks.length}</span>
        </header>
        <p class="quiet">${words.anyWay}</p>
        ${checks.map((check) => html`<bw-check .desk=${desk} .check=${check}></bw-check>`)}
        <div role="status">
          ${exercise.mistakes
            .filter(({ id }) => mistakes.includes(id))
            .map(
              ({ hint }) => html`<div class="mistake">
                <p class="hint-grade">${words.mistake}</p>
                ${renderText(fillIn(hint[language], desk.report?.values ?? {}, (name) => exercise.values[name]?.label[language] ?? name))}
              </div>`,
            )}
        </div>
      </section>
      <div role="status" class="visually-hidden">${this.news}</div>
      ${
        solved
          ? html`<section class="outcome" aria-label=${words.solved}>
            <h3><span class="tick" aria-hidden="true">✓</span> ${words.solved}</h3>
            ${renderText(exercise.outcome[language])}
          </section>`
          : nothing
      }
      ${this.renderSolution()}
    `;
  }

  private renderFiles(): TemplateResult | typeof nothing {
    const { desk, exercise, page, words } = this;
    const files = Object.keys(exercise.files);
    if (files.length === 0) return nothing;
    return html`<h3 class="given">${words.given}</h3>
      <p class="given-files">
        ${files.map(
          (path) => html`<button
            class="button"
            ?disabled=${!desk.session.ready.value}
            @click=${() => page.openFile(`/home/user/${exercise.folder}/${path}`)}
          >
            ${words.openFile(path)}
          </button>`,
        )}
      </p>`;
  }

  private renderSolution(): TemplateResult {
    const { desk, exercise, words, page } = this;
    const play = desk.play.value;
    return html`<div class="solution">
      <div role="status">
        ${play ? html`<p>${words.playing(Math.min(play.position + 1, play.inputs.length), play.inputs.length)}</p>` : nothing}
        ${play?.stuck ? html`<p>${words.stuck[play.stuck]}</p>` : nothing}
      </div>
      ${
        play
          ? html`<button class="button" @click=${() => desk.stop()}>${words.stop}</button>`
          : html`<button
            class="button link"
            title=${words.solutionNote}
            ?disabled=${!desk.session.ready.value}
            @click=${() => {
              page.showTerminal(1);
              desk.run(solutionOf(exercise));
            }}
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
}

customElements.define('bw-challenge', BwChallenge);
