import { html, nothing, type TemplateResult } from 'lit';
import type { HopRecord } from '../../lab/feed/feed.ts';
import type { NamespaceId, NamespaceView } from '../../lab/view/lab-view.ts';
import type { LabSession } from '../session/lab-session.ts';
import { sameSubject, type Subject } from '../session/subject.ts';
import { marked } from './marked.ts';
import { paneStyle } from './pane-style.ts';
import { SessionElement } from './session-element.ts';
import { recordOf } from './subject-links.ts';
import { type Table, namespaceOf, type RowGroup, type TableRow, tableOf } from './tables/table-rows.ts';
import { tablesStyle } from './tables/tables-style.ts';
import { TABLE_WORDS, TABLES, type TableName } from './tables/words.ts';

/** Tables that are open at first; the others open by themselves when a selected step went by one of their rows. */
const OPEN_AT_FIRST: ReadonlySet<TableName> = new Set<TableName>(['interfaces', 'routes', 'iptables']);

/** The tables of one network namespace, as the playhead sees them; the rows by which the selected step was decided are lit. */
export class BwTables extends SessionElement {
  static override readonly styles = [paneStyle, tablesStyle];
  static override readonly properties = {
    ...SessionElement.properties,
    namespace: { state: true },
    following: { state: true },
    folds: { state: true },
  };
  declare namespace: NamespaceId;
  declare following: boolean;
  /** What the learner has opened or closed. */
  declare folds: ReadonlyMap<TableName, boolean>;
  private shownSelection: unknown = null;
  private bringLitToSight = false;

  constructor() {
    super();
    this.namespace = 'ubuntu';
    this.following = true;
    this.folds = new Map();
  }

  protected watched({ view, selected, pointed, lookingBack }: LabSession) {
    return [view, selected, pointed, lookingBack];
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (this.session === undefined) return;
    const selected = this.session.selected.value;
    if (selected === this.shownSelection) return;
    this.shownSelection = selected;
    if (!this.following) return;
    const namespace = namespaceOf(selected, this.step);
    if (namespace !== null && this.session.view.value.namespaces[namespace]) this.namespace = namespace;
    this.bringLitToSight = true;
  }

  override updated(): void {
    if (!this.bringLitToSight) return;
    this.bringLitToSight = false;
    this.renderRoot.querySelector('tr.lit, tr.selected')?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const words = TABLE_WORDS[this.language];
    const { view, lookingBack } = this.session;
    const namespaces = Object.values(view.value.namespaces);
    const namespace = view.value.namespaces[this.namespace] ?? namespaces[0];
    if (namespace === undefined) return html`<p class="tables quiet">${words.nothing}</p>`;
    return html`
      <div class="bar">
        <label>
          <span class="quiet">${words.namespace}</span>
          <select
            @change=${(event: Event) => {
              this.namespace = (event.target as HTMLSelectElement).value;
            }}
          >
            ${namespaces.map((each) => html`<option value=${each.id} ?selected=${each === namespace}>${each.name}</option>`)}
          </select>
        </label>
        <button
          type="button"
          aria-pressed=${this.following}
          title=${words.followTitle}
          @click=${() => {
            this.following = !this.following;
          }}
        >
          ${words.follow}
        </button>
      </div>
      <div class="tables" role="region" aria-label=${words.title} tabindex="0" @pointerleave=${() => this.session.pointed.set(null)}>
        ${lookingBack.value === null ? nothing : html`<p class="quiet">${words.past}</p>`}
        ${TABLES.map((name) => this.renderTable(name, namespace))}
      </div>
    `;
  }

  private get step(): HopRecord | null {
    return recordOf(this.session.selected.value, this.session.trace);
  }

  private renderTable(name: TableName, namespace: NamespaceView): TemplateResult | typeof nothing {
    // Only containers on a network of their own have an embedded DNS, and only who has a bridge has its table.
    if (name === 'names' && namespace.names === null) return nothing;
    if (name === 'fdb' && namespace.fdb.length === 0) return nothing;
    const words = TABLE_WORDS[this.language];
    const table = tableOf(name, namespace, this.step, words);
    const rows = table.groups.flatMap((group) => group.rows);
    const lit = rows.some((row) => row.lit || this.isSelected(row.subject));
    const open = this.folds.get(name) ?? ((OPEN_AT_FIRST.has(name) && rows.length > 0) || lit);
    return html`<details
      ?open=${open}
      @toggle=${(event: Event) => {
        const now = (event.target as HTMLDetailsElement).open;
        if (now !== open) this.folds = new Map(this.folds).set(name, now);
      }}
    >
      <summary>${words.tables[name]} <span class="quiet">${rows.length === 0 ? words.empty : rows.length}</span></summary>
      <p class="meaning">${marked(words.meanings[name])}</p>
      ${rows.length === 0 && table.groups.length === 0 ? nothing : this.renderRows(table, words.tables[name])}
    </details>`;
  }

  private renderRows({ columns, groups }: Table, title: string): TemplateResult {
    return html`<div class="scroll">
      <table aria-label=${title}>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        ${groups.map(
          (group) => html`<tbody>
            ${this.renderHeading(group, columns.length)} ${group.rows.map((row) => this.renderRow(row))}
          </tbody>`,
        )}
      </table>
    </div>`;
  }

  private renderHeading({ heading, subject }: RowGroup, columns: number): TemplateResult | typeof nothing {
    if (heading === null) return nothing;
    return html`<tr @pointerenter=${() => this.session.pointed.set(subject)}>
      <th scope="rowgroup" colspan=${columns}>
        <button type="button" class="link" @click=${() => this.session.selected.set(subject)}>${heading}</button>
      </th>
    </tr>`;
  }

  private renderRow({ cells, subject, opens, lit }: TableRow): TemplateResult {
    const words = TABLE_WORDS[this.language];
    const pointed = subject !== null && sameSubject(this.session.pointed.value, subject);
    // The telling cell of a rule is its text, not its number.
    const telling = /^\d+$/.test(cells[0] ?? '') ? 1 : 0;
    return html`<tr
      class="${lit ? 'lit' : ''} ${pointed ? 'pointed' : ''} ${opens && this.isSelected(subject) ? 'selected' : ''}"
      title=${lit ? words.lit : ''}
      @pointerenter=${() => this.session.pointed.set(subject)}
    >
      ${cells.map((cell, i) =>
        opens && i === telling
          ? html`<td>
              <button
                type="button"
                class="link"
                @click=${() => this.session.selected.set(subject)}
                @focus=${() => this.session.pointed.set(subject)}
              >
                ${cell}</button
              >${lit ? html`<span class="said">(${words.lit})</span>` : nothing}
            </td>`
          : html`<td>${cell}${lit && i === 0 && !opens ? html`<span class="said">(${words.lit})</span>` : nothing}</td>`,
      )}
    </tr>`;
  }

  private isSelected(subject: Subject | null): boolean {
    return subject !== null && sameSubject(this.session.selected.value, subject);
  }
}

customElements.define('bw-tables', BwTables);
