import { html, nothing, type TemplateResult } from 'lit';
import { type Check, fillIn } from '../../scenario/course/exercise.ts';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseDesk } from './course-desk.ts';
import { renderLine, renderText } from './render-text.ts';
import { isSatisfied } from './step-state.ts';
import { WORDS } from './words.ts';

/** Something that has to become true: turns green by itself, and has hints in three grades as long as it isn't. */
export class BwCheck extends WatchedElement {
  static override properties = { desk: { attribute: false }, check: { attribute: false }, grades: { state: true } };
  declare desk: CourseDesk;
  declare check: Check;
  /** How many of its hints are shown. */
  declare grades: number;

  constructor() {
    super();
    this.grades = 0;
  }

  protected override watched() {
    return [this.desk.session.language, this.desk.session.report, this.desk.progress.changed];
  }

  protected override render(): TemplateResult {
    const { desk, check, grades } = this;
    const language = desk.session.language.value;
    const words = WORDS[language];
    const satisfied = isSatisfied(check.id, desk.progress.of(desk.exercise?.id ?? ''), desk.report);
    const holding = satisfied || desk.report?.checks[check.id] === 'holding';
    const hints = holding ? [] : check.hints.slice(0, grades);
    return html`<div class="check" ?data-satisfied=${satisfied} ?data-holding=${holding && !satisfied}>
      <span class="tick" aria-hidden="true">${holding ? '✓' : ''}</span>
      <span class="check-label">
        ${renderLine(check.label[language])}
        <span class="visually-hidden">(${satisfied ? words.satisfied : holding ? words.holdsNow : words.notYet})</span>
      </span>
      ${
        holding || grades >= check.hints.length
          ? nothing
          : html`<button class="button link" @click=${() => this.grades++}>${words.hint(grades + 1)}</button>`
      }
    </div>
    <div class="hints" role="status">
      ${hints.map(
        (hint, i) => html`<div class="hint">
          <p class="hint-grade">${words.hintGrade[i]}</p>
          ${renderText(this.filled(hint[language]))}
        </div>`,
      )}
    </div>`;
  }

  private filled(text: string): string {
    const { exercise, report, session } = this.desk;
    return fillIn(text, report?.values ?? {}, (name) => {
      const label = exercise?.values[name]?.label;
      return `‹${label ? label[session.language.value] : name}›`;
    });
  }
}

customElements.define('bw-check', BwCheck);
