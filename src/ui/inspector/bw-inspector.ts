import { css, html, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import type { Subject } from '../session/subject.ts';
import './packet/bw-packet-details.ts';
import { paneStyle } from './pane-style.ts';
import { SessionElement } from './session-element.ts';
import { INSPECTOR_WORDS } from './words.ts';

const inspectorStyle = css`
  :host {
    height: 100%;
    overflow: auto;
    padding: 12px 14px 24px;
    background: var(--card);
  }
`;

/** Everything about what is selected: a packet in layers and its journey, a container, a network, a rule … */
export class BwInspector extends SessionElement {
  static override readonly styles = [paneStyle, inspectorStyle];

  protected watched({ selected, view }: LabSession) {
    return [selected, view];
  }

  override render(): TemplateResult {
    const subject = this.session.selected.value;
    if (subject === null) return html`<p class="quiet">${INSPECTOR_WORDS[this.language].nothingSelected}</p>`;
    return this.renderSubject(subject);
  }

  private renderSubject(subject: Subject): TemplateResult {
    switch (subject.kind) {
      case 'record':
      case 'packet':
      case 'journey':
        return html`<bw-packet-details .session=${this.session}></bw-packet-details>`;
      default:
        return html``;
    }
  }
}

customElements.define('bw-inspector', BwInspector);
