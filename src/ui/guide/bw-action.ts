import { html, nothing, type TemplateResult } from 'lit';
import { fillIn, type Input, type Step, TERMINAL_NAMES } from '../../scenario/course/exercise.ts';
import type { Page } from '../app/page.ts';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseDesk } from './course-desk.ts';
import { renderLine } from './render-text.ts';
import { WORDS } from './words.ts';

/** One thing to do in a step, with the button that does it: runs in the terminal as if it had been typed there. */
export class BwAction extends WatchedElement {
  static override properties = {
    desk: { attribute: false },
    page: { attribute: false },
    step: { attribute: false },
    input: { attribute: false },
    busy: { state: true },
  };
  declare desk: CourseDesk;
  declare page: Page;
  declare step: Step;
  declare input: Input;
  /** What runs where this should: the learner is asked what to do. */
  declare busy: string | null;

  constructor() {
    super();
    this.busy = null;
  }

  protected override watched() {
    const { session, actionsDone } = this.desk;
    return [session.language, session.terminals, session.report, session.ready, actionsDone];
  }

  private get words() {
    return WORDS[this.desk.session.language.value];
  }

  private get isNext(): boolean {
    return this.step.actions[this.desk.actionsDoneOf(this.step)] === this.input;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, words } = this;
    switch (input.do) {
      case 'run':
        return html`${input.note ? html`<p class="action-note">${renderLine(this.text(input.note))}</p>` : nothing}
        ${this.renderCommand(input.line, words.run)} ${this.renderBusy()}`;
      case 'type':
        return this.renderCommand(input.text, words.type);
      case 'key':
        return this.renderCommand(words.keyName[input.key], words.press);
      case 'write':
        return this.renderWrite(input);
      case 'visit':
        return html`<div class="command">
          ${renderCode(input.url, input.from === 'host' ? words.fromHost : words.fromLan)}
          ${this.renderButton(words.open, true)}
        </div>`;
      case 'wait':
        return nothing;
    }
  }

  private renderCommand(source: string, verb: string): TemplateResult {
    const { exercise, report, session } = this.desk;
    let known = true;
    const line = fillIn(source, report?.values ?? {}, (name) => {
      known = false;
      const label = exercise?.values[name]?.label;
      return `‹${label ? label[session.language.value] : name}›`;
    });
    const { number } = this;
    return html`<div class="command">
      ${renderCode(line, number > 1 ? this.words.inTerminal(number) : null)}
      ${this.renderButton(verb, known)}
    </div>`;
  }

  private renderButton(verb: string, known: boolean): TemplateResult {
    const usable = known && this.desk.session.ready.value;
    return html`<button class="button ${this.isNext ? 'primary' : ''}" ?disabled=${!usable} @click=${(event: MouseEvent) => this.act(event)}>
      ${verb}
    </button>`;
  }

  private renderWrite(input: Extract<Input, { readonly do: 'write' }>): TemplateResult {
    const { words } = this;
    const edit = () => {
      this.desk.countAction(this.step, input);
      this.page.openFile(this.pathOf(input.path));
    };
    return html`<button class="button ${this.isNext ? 'primary' : ''}" @click=${edit}>${words.openFile(input.path)}</button>
      <details class="to-write">
        <summary>${words.whatToWrite}</summary>
        <pre tabindex="0"><code>${input.content}</code></pre>
        <button class="button" ?disabled=${!this.desk.session.ready.value} @click=${(event: MouseEvent) => this.act(event)}>
          ${words.writeIt}
        </button>
      </details>`;
  }

  private renderBusy(): TemplateResult {
    const { words, busy, number } = this;
    return html`<div role="status" class="busy">
      ${
        busy === null
          ? nothing
          : html`<p>${words.busy(number, busy)}</p>
            <button class="button primary" @click=${() => this.interruptAndAct()}>${words.interruptFirst}</button>
            <button class="button plain" @click=${() => (this.busy = null)}>${words.anyway}</button>`
      }
    </div>`;
  }

  /** The number of the terminal that it happens in. */
  private get number(): number {
    return 'terminal' in this.input ? TERMINAL_NAMES.indexOf(this.input.terminal) + 1 : 0;
  }

  private pathOf(file: string): string {
    return `/home/user/${this.desk.exercise?.folder ?? ''}/${file}`;
  }

  private act(event: MouseEvent): void {
    const { input, number, desk } = this;
    const command = desk.session.live.value.terminals[number]?.command ?? null;
    if (input.do === 'run' && command !== null) {
      this.busy = command;
      return;
    }
    this.play([input]);
    // Who clicked with a mouse goes on typing in the terminal; who came by keyboard, or reads by ear, stays here.
    if (number > 0 && event.detail > 0 && matchMedia('(pointer: fine)').matches) this.page.deck.active?.xterm.focus();
  }

  private interruptAndAct(): void {
    const { input } = this;
    if ('terminal' in input) this.play([{ do: 'key', key: 'C-c', terminal: input.terminal }, input]);
  }

  private play(inputs: readonly Input[]): void {
    const { page, number, input } = this;
    this.busy = null;
    if (input.do === 'run') page.deck.clearLine(number);
    if (number > 0) page.showTerminal(number);
    else if (input.do === 'visit') page.showTool('browser');
    else if (input.do === 'write') page.openFile(this.pathOf(input.path));
    this.desk.run(inputs);
    this.desk.countAction(this.step, input);
  }

  private text(localized: { readonly ja: string; readonly en: string }): string {
    return localized[this.desk.session.language.value];
  }
}

const renderCode = (line: string, where: string | null): TemplateResult =>
  html`<div class="line">
    ${where === null ? nothing : html`<div class="where">${where}</div>`}
    <code>${wordsOf(line)}</code>
  </div>`;

/** A line is broken between its words only: `-q` never apart. */
const wordsOf = (line: string): readonly TemplateResult[] =>
  line.split(/(?<= )/).map((word) => html`<span class="word">${word}</span>`);

customElements.define('bw-action', BwAction);
