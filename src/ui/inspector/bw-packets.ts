import { html, nothing, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import { formatTime } from './format-time.ts';
import { fateLook } from './journey/fate.ts';
import { type End, endText, type JourneyFacts } from './journey/journey-facts.ts';
import { DROP_WORDS } from './journey/drop-words.ts';
import { NameBook } from './journey/name-book.ts';
import { marked } from './marked.ts';
import { plain } from './marks.ts';
import { paneStyle } from './pane-style.ts';
import { paced, SessionElement } from './session-element.ts';
import { journeyOf } from './subject-links.ts';
import { JourneyList } from './packets/journey-list.ts';
import { packetsStyle } from './packets/packets-style.ts';
import { type FilterProblem, parseFilter } from './packets/parse-filter.ts';
import { rowAfterKey, rowsInSight, scrollToRow } from './packets/virtual-rows.ts';
import { PACKET_WORDS } from './packets/words.ts';

/** Below this width a row takes two lines. */
const NARROW = 760;
const WIDE_ROW = 26;
const NARROW_ROW = 48;
const HEAD = 24;

/**
 * Every journey of the trace as a list: what, from whom, to whom, what became of it, and which command caused it. Only rows in sight
 * are in the page.
 *
 * @fires show-details - Enter, or a click on the selected row: whoever shows the details brings them into sight
 */
export class BwPackets extends SessionElement {
  static override readonly styles = [paneStyle, packetsStyle];
  static override readonly properties = {
    ...SessionElement.properties,
    text: { state: true },
    following: { state: true },
    scrolled: { state: true },
    paneHeight: { state: true },
    paneWidth: { state: true },
  };
  declare text: string;
  declare following: boolean;
  declare scrolled: number;
  declare paneHeight: number;
  declare paneWidth: number;
  /** How far it was scrolled by itself. */
  private followedTo = 0;
  private readonly list = new JourneyList();
  private readonly names = new NameBook();
  /** The trace as it was when the list was made. */
  private version = -1;
  private problem: FilterProblem | null = null;
  private shownSelection: unknown = null;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.paneHeight = entry?.contentRect.height ?? 0;
    this.paneWidth = entry?.contentRect.width ?? 0;
  });

  constructor() {
    super();
    this.text = '';
    this.following = true;
    this.scrolled = 0;
    this.paneHeight = 400;
    this.paneWidth = 400;
  }

  protected watched({ trace, selected, pointed }: LabSession) {
    return [paced(trace.version), selected, pointed];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.observing = null;
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (this.session === undefined) return;
    const version = this.session.trace.version.value;
    if (version === this.version && !changed.has('text') && !changed.has('session')) return;
    this.version = version;
    this.names.learn(this.session.live.value);
    const filter = parseFilter(this.text, this.names);
    this.problem = filter.ok ? null : filter.error;
    this.list.refresh(this.session.trace, filter.ok ? filter.value : () => false);
  }

  private observing: Element | null = null;

  override updated(): void {
    const grid = this.grid;
    if (grid === null) return;
    if (this.observing !== grid) {
      this.sizes.disconnect();
      this.sizes.observe(grid);
      this.observing = grid;
    }
    const selected = this.session.selected.value;
    if (selected !== this.shownSelection) {
      this.shownSelection = selected;
      const row = this.selectedRow;
      if (row >= 0) this.bringToSight(row);
      if (row >= 0 && row < this.list.rows.length - 1) this.following = false;
    }
    // The event that tells of it comes later than news do.
    if (this.following && this.isScrolledBack(grid)) this.following = false;
    if (!this.following) return;
    grid.scrollTop = grid.scrollHeight;
    this.followedTo = grid.scrollTop;
  }

  override render() {
    const words = PACKET_WORDS[this.language];
    const { trace } = this.session;
    const { rows } = this.list;
    return html`
      <div class="bar">
        <label>
          <span class="said">${words.filter}</span>
          <input
            type="search"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            .value=${this.text}
            placeholder=${words.filterExample}
            aria-invalid=${this.problem !== null}
            aria-describedby=${this.problem === null ? nothing : 'problem'}
            @input=${(event: InputEvent) => {
              this.text = (event.target as HTMLInputElement).value;
            }}
          />
        </label>
        <button type="button" aria-pressed=${this.following} title=${words.followTitle} @click=${() => this.follow(!this.following)}>
          ${words.follow}
        </button>
        <span class="count">${words.count(rows.length, trace.journeys.length)}</span>
      </div>
      <details>
        <summary>${words.howToFilter}</summary>
        <ul>
          ${words.filterHelp.map((line) => html`<li>${marked(line)}</li>`)}
        </ul>
      </details>
      ${this.problem === null ? nothing : html`<p class="problem" id="problem" role="alert">${marked(words.problem(this.problem, this.names.names))}</p>`}
      ${trace.lost > 0 ? html`<p class="quiet problem">${words.lost(trace.lost)}</p>` : nothing}
      ${this.renderRows(rows)}
    `;
  }

  private renderRows(rows: readonly JourneyFacts[]): TemplateResult {
    const words = PACKET_WORDS[this.language];
    const selected = this.selectedRow;
    const { first, end } = rowsInSight(rows.length, this.rowHeight, this.scrolled, this.paneHeight);
    const columns = [
      ['time', words.time],
      ['kind', words.protocol],
      ['from', words.from],
      ['to', words.to],
      ['what', words.summary],
      ['fate', words.fate],
      ['command', '#'],
    ] as const;
    return html`<div
      class="grid"
      role="grid"
      tabindex="0"
      aria-label=${words.title}
      aria-rowcount=${rows.length + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${selected >= first && selected < end ? `row-${selected}` : nothing}
      @keydown=${this.onKey}
      @scroll=${this.onScroll}
      @pointerleave=${() => this.session.pointed.set(null)}
    >
      <div class="head" role="row" aria-rowindex="1">
        ${columns.map(([name, text]) => html`<span class=${name} role="columnheader">${text}</span>`)}
      </div>
      ${
        rows.length === 0 && this.problem === null
          ? html`<p class="empty">${marked(this.text.trim() === '' ? words.nothing : words.nothingFits)}</p>`
          : nothing
      }
      <div class="space" role="rowgroup" style="height:${rows.length * this.rowHeight}px">
        ${rows.slice(first, end).map((facts, i) => this.renderRow(facts, first + i, selected === first + i))}
      </div>
    </div>`;
  }

  private renderRow(facts: JourneyFacts, place: number, selected: boolean): TemplateResult {
    const { journey, protocol, from, to, summary, fate } = facts;
    const pointed = journeyOf(this.session.pointed.value, this.session.trace) === journey.id;
    return html`<div
      id="row-${place}"
      class="row ${pointed ? 'pointed' : ''}"
      role="row"
      aria-rowindex=${place + 2}
      aria-selected=${selected}
      style="top:${place * this.rowHeight}px;height:${this.rowHeight}px;--kind:var(--packet-${protocol})"
      title=${journey.summary}
      @click=${() => (selected ? this.showDetails() : this.select(place))}
      @pointerenter=${() => this.session.pointed.set({ kind: 'journey', journey: journey.id })}
    >
      <span class="time mono" role="gridcell">${formatTime(journey.time)}</span>
      <span class="kind ${protocol}" role="gridcell">${protocol === 'other' ? 'IP' : protocol.toUpperCase()}</span>
      <span class="from" role="gridcell">${this.end(from)}</span>
      <span class="arrow" aria-hidden="true">→</span>
      <span class="to" role="gridcell">${this.end(to)}</span>
      <span class="what mono" role="gridcell">${summary}</span>
      <span class="fate ${fateLook(fate).look}" role="gridcell" title=${this.fateSentence(facts)}>${this.fateText(facts)}</span>
      <span class="command" role="gridcell" title=${journey.command === null ? '' : this.commandTitle(journey.command)}
        >${journey.command === null ? '' : `#${journey.command}`}</span
      >
    </div>`;
  }

  private commandTitle(number: number): string {
    const line = this.session.live.value.commands.find((command) => command.number === number)?.line;
    return `${PACKET_WORDS[this.language].commandTitle(number)}${line === undefined ? '' : `: ${line}`}`;
  }

  /** Who it is, as a name where it is known, and the port. */
  private end(end: End): TemplateResult {
    const { address, port } = end;
    const words = PACKET_WORDS[this.language];
    const name = address === 'ff:ff:ff:ff:ff:ff' ? words.everybody : this.names.ownerOf(address);
    return name === null
      ? html`<span class="mono">${endText(end)}</span>`
      : html`<span title=${endText(end)}>${name}<span class="mono quiet">${port === null ? '' : `:${port}`}</span></span>`;
  }

  private fateText({ fate }: JourneyFacts): TemplateResult {
    const words = PACKET_WORDS[this.language];
    const { sign } = fateLook(fate);
    if (fate.is === 'underway') return html`${sign} ${words.underway}`;
    if (fate.is === 'dropped')
      return html`${sign} <span class="said">${words.dropped}:</span> ${DROP_WORDS[this.language][fate.record.detail]?.name ?? fate.record.detail}`;
    return html`${sign} <span class="said">${words.delivered}:</span> ${this.names.nameOf(fate.record.place.namespace)}`;
  }

  private fateSentence({ fate }: JourneyFacts): string {
    const words = PACKET_WORDS[this.language];
    if (fate.is === 'underway') return words.underway;
    const where = this.names.nameOf(fate.record.place.namespace);
    if (fate.is === 'delivered') return words.deliveredTo(where);
    return words.droppedAt(where, plain(DROP_WORDS[this.language][fate.record.detail]?.what ?? fate.record.detail));
  }

  private get grid(): HTMLElement | null {
    return this.renderRoot.querySelector('.grid');
  }

  private get narrow(): boolean {
    return this.paneWidth <= NARROW;
  }

  private get rowHeight(): number {
    return this.narrow ? NARROW_ROW : WIDE_ROW;
  }

  private get selectedRow(): number {
    return this.list.placeOf(journeyOf(this.session.selected.value, this.session.trace));
  }

  private select(place: number): void {
    const facts = this.list.rows[place];
    if (facts) this.session.selected.set({ kind: 'journey', journey: facts.journey.id });
  }

  private follow(on: boolean): void {
    this.following = on;
    this.followedTo = 0;
  }

  private bringToSight(row: number): void {
    const { grid } = this;
    if (grid === null) return;
    const header = this.narrow ? 0 : HEAD;
    grid.scrollTop = scrollToRow(row, {
      rowHeight: this.rowHeight,
      scrollTop: grid.scrollTop,
      height: grid.clientHeight,
      header,
    });
    this.scrolled = grid.scrollTop;
  }

  /** Who scrolls back, by whatever means, wants to read. */
  private readonly onScroll = (event: Event): void => {
    const grid = event.target as HTMLElement;
    this.scrolled = grid.scrollTop;
    if (this.following && this.isScrolledBack(grid)) this.following = false;
  };

  /** A list that has become shorter isn't scrolled back: it has moved by itself. */
  private isScrolledBack({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    return scrollTop < Math.min(this.followedTo, scrollHeight - clientHeight) - 2;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      this.showDetails();
      return;
    }
    const page = Math.max(1, Math.floor(this.paneHeight / this.rowHeight) - 1);
    const next = rowAfterKey(event.key, this.selectedRow, this.list.rows.length, page);
    if (next === null) return;
    event.preventDefault();
    this.follow(event.key === 'End');
    this.select(next);
    this.bringToSight(next);
  };

  private readonly showDetails = (): void => {
    if (this.selectedRow < 0) return;
    this.dispatchEvent(new CustomEvent('show-details', { bubbles: true, composed: true }));
  };
}

customElements.define('bw-packets', BwPackets);
