import { css, html, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import type { Subject } from '../session/subject.ts';
import '../canvas/legend/bw-legend.ts';
import { chartStyle } from './chart/chart-view.ts';
import './packet/bw-packet-details.ts';
import { paneStyle } from './pane-style.ts';
import { SessionElement } from './session-element.ts';
import { containerDetails } from './subjects/container-details.ts';
import { detailContext } from './subjects/detail-context.ts';
import { deviceDetails, namespaceDetails, networkDetails } from './subjects/network-details.ts';
import { chainDetails, conntrackDetails, portDetails } from './subjects/rule-details.ts';
import { subjectStyle } from './subjects/subject-style.ts';
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
  static override readonly styles = [paneStyle, subjectStyle, chartStyle, inspectorStyle];

  protected watched({ selected, view }: LabSession) {
    return [selected, view];
  }

  override render(): TemplateResult {
    const subject = this.session.selected.value;
    if (subject === null)
      return html`<p class="quiet">${INSPECTOR_WORDS[this.language].nothingSelected}</p>
        <bw-legend .session=${this.session}></bw-legend>`;
    return this.renderSubject(subject);
  }

  private renderSubject(subject: Subject): TemplateResult {
    const context = detailContext(this.session);
    switch (subject.kind) {
      case 'record':
      case 'packet':
      case 'journey':
        return html`<bw-packet-details .session=${this.session}></bw-packet-details>`;
      case 'container':
        return containerDetails(subject.container, context);
      case 'network':
        return networkDetails(subject.network, context);
      case 'namespace':
        return namespaceDetails(subject.namespace, context);
      case 'device':
        return deviceDetails(subject.device, context);
      case 'chain':
        return chainDetails(subject, context);
      case 'conntrack':
        return conntrackDetails(subject.namespace, subject.key, context);
      case 'port':
        return portDetails(subject, context);
    }
  }
}

customElements.define('bw-inspector', BwInspector);
