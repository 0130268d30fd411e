import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '../../scenario/course/exercise.ts';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseDesk } from './course-desk.ts';
import { renderLine, renderText } from './render-text.ts';
import { WORDS } from './words.ts';

/** "Predict first": a choice before the commands are run, and what the world answered. */
export class BwQuestion extends WatchedElement {
  static override properties = { desk: { attribute: false }, question: { attribute: false } };
  declare desk: CourseDesk;
  declare question: Question;

  protected override watched() {
    return [this.desk.session.language, this.desk.progress.changed];
  }

  protected override render(): TemplateResult {
    const { desk, question } = this;
    const language = desk.session.language.value;
    const words = WORDS[language];
    const progress = desk.progress.of(desk.exercise?.id ?? '');
    const predicted = progress.predictions[question.id];
    const answer = progress.answers[question.id];
    return html`<fieldset class="question" ?data-answered=${answer !== undefined}>
      <legend>
        <span class="question-lead">${answer === undefined ? words.predict : ''}</span>
        ${renderLine(question.text[language])}
      </legend>
      ${question.choices.map(({ id, text }) => {
        const isAnswer = answer === id;
        return html`<label class="choice" ?data-answer=${isAnswer} ?data-mine=${predicted === id}>
          <input
            type="radio"
            name=${`question-${question.id}`}
            .checked=${predicted === id}
            ?disabled=${answer !== undefined}
            @change=${() => desk.progress.predict(desk.exercise?.id ?? '', question.id, id)}
          />
          <span
            >${renderLine(text[language])}
            ${isAnswer ? html`<span class="choice-note answer">✓ ${words.itWas}</span>` : nothing}
            ${
              predicted === id && answer !== undefined && !isAnswer
                ? html`<span class="choice-note">${words.yourPrediction}</span>`
                : nothing
            }</span
          >
        </label>`;
      })}
      <div role="status">
        ${
          answer !== undefined
            ? html`<div class="because">
              ${
                predicted === undefined
                  ? nothing
                  : html`<p><strong>${predicted === answer ? words.right : words.wrong}</strong></p>`
              }
              ${renderText(question.because[language])}
            </div>`
            : predicted !== undefined
              ? html`<p class="quiet">${words.stillOpen}</p>`
              : nothing
        }
      </div>
    </fieldset>`;
  }
}

customElements.define('bw-question', BwQuestion);
