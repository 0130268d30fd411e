import { html, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { CourseDesk } from '../guide/course-desk.ts';
import type { Page } from './page.ts';
import { WORDS } from './words.ts';

/** Asks what is to become of the files before the host starts afresh. */
export class BwStartOver extends WatchedElement {
  static override properties = { page: { attribute: false }, desk: { attribute: false } };
  declare page: Page;
  declare desk: CourseDesk;

  open(): void {
    this.dialog?.showModal();
  }

  protected override watched() {
    return [this.page.session.language];
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  protected override render(): TemplateResult {
    const words = WORDS[this.page.session.language.value];
    return html`<dialog class="dialog" aria-labelledby="start-over-title">
      <h2 id="start-over-title">${words.startOver}</h2>
      <p>${words.startOverText}</p>
      <div class="dialog-buttons">
        <button class="button primary" @click=${() => this.startOver(true)}>${words.startOverKeep}</button>
        <button class="button" @click=${() => this.startOver(false)}>${words.startOverAll}</button>
        <button class="button plain" @click=${() => this.dialog?.close()}>${words.cancel}</button>
      </div>
    </dialog>`;
  }

  private async startOver(keepFiles: boolean): Promise<void> {
    this.dialog?.close();
    const { page } = this;
    this.desk.forget();
    await page.session.machine.ask({ ask: 'start-over', keepFiles });
    page.tell(WORDS[page.session.language.value].startedOver);
  }
}

customElements.define('bw-start-over', BwStartOver);
