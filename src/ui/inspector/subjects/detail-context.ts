import { html, nothing, type TemplateResult } from 'lit';
import type { LabView } from '../../../lab/view/lab-view.ts';
import type { LabSession } from '../../session/lab-session.ts';
import { type Subject } from '../../session/subject.ts';
import type { Language } from '../../words/catalog.ts';
import { SUBJECT_WORDS, type SubjectWords } from './words.ts';

/** What the details of a subject are made from. */
export interface DetailContext {
  readonly session: LabSession;
  readonly language: Language;
  readonly view: LabView;
  readonly words: SubjectWords;
}

export function detailContext(session: LabSession): DetailContext {
  const language = session.language.value;
  return { session, language, view: session.view.value, words: SUBJECT_WORDS[language] };
}

/** Something else that can be selected, by its name; pointing at it lights it up everywhere. */
export function subjectLink({ session }: DetailContext, subject: Subject, text: string): TemplateResult {
  return html`<button
    type="button"
    class="link"
    @click=${() => session.selected.set(subject)}
    @pointerenter=${() => session.pointed.set(subject)}
    @pointerleave=${() => session.pointed.set(null)}
    @focus=${() => session.pointed.set(subject)}
    @blur=${() => session.pointed.set(null)}
  >
    ${text}
  </button>`;
}

export type Fact = readonly [name: string, value: unknown];

/** Facts under each other; those without a value are left out. */
export function factList(facts: readonly Fact[]): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(([name, value]) =>
      value === null || value === undefined || value === ''
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

/** Some things one after the other, with commas between. */
export const enumerated = (items: readonly unknown[]): unknown =>
  items.length === 0 ? null : items.map((item, i) => html`${i > 0 ? ', ' : ''}${item}`);

/** What it is, in small letters, and its name. */
export const headline = (kind: string, name: string): TemplateResult =>
  html`<header><p class="kind">${kind}</p><h2>${name}</h2></header>`;
