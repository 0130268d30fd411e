import { html, nothing, type TemplateResult } from 'lit';
import type { HopRecord, Journey, PacketData } from '../../../lab/feed/feed.ts';
import type { LabSession } from '../../session/lab-session.ts';
import { type Change, changesOf, differencesUpTo } from '../journey/changes.ts';
import { DROP_WORDS } from '../journey/drop-words.ts';
import { explainHop, type HopContext, placeText, verdictBefore } from '../journey/explain-hop.ts';
import { fateLook, fateOf } from '../journey/fate.ts';
import { type End, endText, factsOf } from '../journey/journey-facts.ts';
import { NameBook } from '../journey/name-book.ts';
import type { Field, Layer } from '../layers/field.ts';
import { readLayers } from '../layers/read-layers.ts';
import { marked } from '../marked.ts';
import { paneStyle } from '../pane-style.ts';
import { paced, SessionElement } from '../session-element.ts';
import { journeyOf, recordOf } from '../subject-links.ts';
import { INSPECTOR_WORDS } from '../words.ts';
import { explainChange } from './explain-change.ts';
import { fieldAt, hexView } from './hex-view.ts';
import { hopList } from './hop-list.ts';
import { layerCard } from './layer-card.ts';
import { packetStyle } from './packet-style.ts';
import { portBehindRule } from './port-behind-rule.ts';

/** How many journeys that one led to are named. */
const MOST_CHILDREN = 5;

/** A packet: its layers as they were at the selected step, what changed on the way and why, and its whole journey in words. */
export class BwPacketDetails extends SessionElement {
  static override readonly styles = [paneStyle, packetStyle];
  static override readonly properties = {
    ...SessionElement.properties,
    openField: { state: true },
    pointedField: { state: true },
    folded: { state: true },
    unfolded: { state: true },
  };
  declare openField: Field | null;
  declare pointedField: Field | null;
  /** Layers that the learner folded or unfolded by hand. */
  declare folded: ReadonlyMap<string, boolean>;
  /** Layers of which all fields are shown. */
  declare unfolded: ReadonlySet<string>;
  private readonly names = new NameBook();

  constructor() {
    super();
    this.openField = null;
    this.pointedField = null;
    this.folded = new Map();
    this.unfolded = new Set();
  }

  protected watched({ selected, pointed, trace, live }: LabSession) {
    return [selected, pointed, paced(trace.version), live];
  }

  override render() {
    const { session } = this;
    const { trace } = session;
    const words = INSPECTOR_WORDS[this.language];
    this.names.learn(session.live.value);
    const id = journeyOf(session.selected.value, trace);
    const journey = id === null ? undefined : trace.journey(id);
    if (journey === undefined) return html`<p class="quiet">${words.gone}</p>`;
    const context: HopContext = {
      language: this.language,
      names: this.names,
      view: session.view.value,
      trace,
      records: trace.recordsOf(journey.id),
    };
    const step = recordOf(session.selected.value, trace);
    return html`
      ${this.renderHeadline(journey)} ${this.renderStepper(step, context)}
      ${this.renderReason(step ?? ending(context.records), context)} ${this.renderLayers(step, context)}
      <section>
        <h3>${words.journey}</h3>
        ${hopList(context, {
          selected: step,
          pointed: session.pointed.value,
          onSelect: (record) => this.select(record),
          onPoint: (record) => session.pointed.set(record && { kind: 'record', record: record.id }),
        })}
      </section>
    `;
  }

  private renderHeadline(journey: Journey): TemplateResult {
    const { trace } = this.session;
    const words = INSPECTOR_WORDS[this.language];
    const { protocol, summary, from, to, fate } = factsOf(journey, trace);
    const parent = journey.parent === null ? undefined : trace.journey(journey.parent);
    const children = trace.journeys.filter((each) => each.parent === journey.id);
    return html`<header style="--kind:var(--packet-${protocol});--on-kind:var(--on-packet-${protocol})">
      <div class="headline">
        <span class="kind-tag">${protocol === 'other' ? 'IP' : protocol.toUpperCase()}</span>
        <h2 class="mono">${summary}</h2>
      </div>
      <p class="ends">${this.end(from)} → ${this.end(to)}</p>
      <p>
        <span class="fate ${fateLook(fate).look}">${fateLook(fate).sign} ${words[fate.is]}</span>
        ${fate.is === 'underway' ? '' : html`<span class="quiet">${placeText(fate.record, this.names)}</span>`}
        ${this.renderCommand(journey)}
      </p>
      ${parent === undefined ? nothing : html`<p><span class="quiet">${words.becauseOf}:</span> ${this.journeyLink(parent)}</p>`}
      ${
        children.length === 0
          ? nothing
          : html`<p>
              <span class="quiet">${words.ledTo}:</span>
              ${children.slice(0, MOST_CHILDREN).map((child, i) => html`${i > 0 ? ', ' : ''}${this.journeyLink(child)}`)}
              ${children.length > MOST_CHILDREN ? words.more(children.length - MOST_CHILDREN) : ''}
            </p>`
      }
    </header>`;
  }

  private renderCommand({ command: number }: Journey): unknown {
    if (number === null) return nothing;
    const command = this.session.live.value.commands.find((each) => each.number === number);
    return html`<span class="quiet">· ${INSPECTOR_WORDS[this.language].command(number)}</span> ${command && html`<code>${command.line}</code>`}`;
  }

  private end(end: End): TemplateResult {
    const name = this.names.ownerOf(end.address);
    return html`${name === null ? nothing : html`${name} `}<span class="mono">${endText(end)}</span>`;
  }

  private journeyLink(journey: Journey): TemplateResult {
    const { summary, protocol } = factsOf(journey, this.session.trace);
    return html`<button
      type="button"
      class="link mono"
      @click=${() => this.session.selected.set({ kind: 'journey', journey: journey.id })}
      @pointerenter=${() => this.session.pointed.set({ kind: 'journey', journey: journey.id })}
      @pointerleave=${() => this.session.pointed.set(null)}
    >
      ${protocol === 'other' ? '' : protocol.toUpperCase()} ${summary}
    </button>`;
  }

  private renderStepper(step: HopRecord | null, { records }: HopContext): TemplateResult {
    const words = INSPECTOR_WORDS[this.language];
    const place = step === null ? -1 : records.indexOf(step);
    const move = (to: number) => () => {
      const record = records[to];
      if (record) this.select(record);
    };
    const { journey } = records[0] ?? { journey: null };
    return html`<div class="stepper">
      <span class="where">${step === null ? words.whole : words.step(place + 1, records.length)}</span>
      ${
        step === null
          ? nothing
          : html`<button type="button" @click=${() => journey !== null && this.session.selected.set({ kind: 'journey', journey })}>${words.whole}</button>`
      }
      <button type="button" title=${words.previous} aria-label=${words.previous} ?disabled=${place <= 0} @click=${move(place - 1)}>◀</button>
      <button type="button" title=${words.next} aria-label=${words.next} ?disabled=${place >= records.length - 1} @click=${move(place + 1)}>▶</button>
    </div>`;
  }

  /** The selected step in words; of a whole journey, how it ended. */
  private renderReason(step: HopRecord | null, context: HopContext): TemplateResult {
    const words = INSPECTOR_WORDS[this.language];
    if (step === null) return html`<div class="why"><p>${words.underwayMeaning}</p></div>`;
    if (step.kind === 'drop') return this.renderDrop(step, context);
    const published = portBehindRule(step.because, context.view);
    return html`<div class="why">
      <p class="quiet">${placeText(step, this.names)}</p>
      <p>${marked(explainHop(step, context))}</p>
      ${
        published === null
          ? nothing
          : html`<p>${marked(words.publishes(published.container.name, published.port.hostPort, published.port.containerPort))}</p>`
      }
    </div>`;
  }

  private renderDrop(drop: HopRecord, context: HopContext): TemplateResult {
    const words = INSPECTOR_WORDS[this.language];
    const reason = DROP_WORDS[this.language][drop.detail];
    const verdict = drop.detail === 'dropped by netfilter' ? verdictBefore(drop, context.records) : null;
    return html`<div class="why alarm">
      <p class="quiet">${placeText(drop, this.names)} · ${drop.detail}</p>
      ${
        reason === undefined
          ? nothing
          : html`<dl>
              <dt>${words.what}</dt>
              <dd>${marked(reason.what)}</dd>
              <dt>${words.why}</dt>
              <dd>${marked(reason.why)}</dd>
              ${
                verdict === null
                  ? nothing
                  : html`<dt>${words.seeVerdict}</dt>
                      <dd><button type="button" class="link" @click=${() => this.select(verdict)}>${placeText(verdict, this.names)}</button> ${marked(explainHop(verdict, context))}</dd>`
              }
              <dt>${words.remedy}</dt>
              <dd>${marked(reason.remedy)}</dd>
            </dl>`
      }
    </div>`;
  }

  private renderLayers(step: HopRecord | null, context: HopContext): TemplateResult {
    const words = INSPECTOR_WORDS[this.language];
    const packet = this.packetAt(step, context.records);
    if (packet === undefined) return html``;
    const layers = readLayers(packet);
    const differences = differencesUpTo(changesOf(context.records, context.trace), step);
    const lit = this.pointedField ?? this.openField;
    return html`<section @keydown=${this.moveAlongFields}>
      <h3>${words.layers}</h3>
      ${layers.length === 0 ? html`<p class="quiet">${words.unread}</p>` : nothing}
      ${layers.map((layer) =>
        layerCard(layer, {
          language: this.language,
          differences,
          reasonOf: (change: Change) => explainChange(change, context),
          open: this.openField,
          lit,
          isOpen: (each) => this.folded.get(keyOf(each)) ?? opensByItself(each),
          onToggle: (each, open) => {
            if (open === (this.folded.get(keyOf(each)) ?? opensByItself(each))) return;
            this.folded = new Map(this.folded).set(keyOf(each), open);
          },
          isUnfolded: (each) => this.unfolded.has(keyOf(each)),
          onUnfold: (each) => {
            const unfolded = new Set(this.unfolded);
            if (!unfolded.delete(keyOf(each))) unfolded.add(keyOf(each));
            this.unfolded = unfolded;
          },
          onPoint: (field) => {
            this.pointedField = field;
          },
          onOpen: (field) => {
            this.openField =
              this.openField?.name === field.name && this.openField.offset === field.offset ? null : field;
          },
          onChange: (change) => this.select(change.record),
        }),
      )}
      <details class="layer bytes">
        <summary><span class="layer-name">${words.bytes}</span><span class="gist">${packet.bytes.length}</span></summary>
        <div class="field">
          ${hexView(packet.bytes, lit, (at) => {
            this.pointedField = at === null ? null : fieldAt(layers, at);
          })}
        </div>
      </details>
    </section>`;
  }

  /** The packet as it was at a step, or at its end; steps without one show what came before. */
  private packetAt(step: HopRecord | null, records: readonly HopRecord[]): PacketData | undefined {
    const { trace } = this.session;
    const place = step === null ? records.length - 1 : records.indexOf(step);
    const seen = records.slice(0, place + 1).findLast(({ packet }) => packet !== null && trace.packet(packet));
    const own = seen ?? records.find(({ packet }) => packet !== null);
    return own?.packet === null || own === undefined ? undefined : trace.packet(own.packet);
  }

  private select(record: HopRecord): void {
    this.session.selected.set({ kind: 'record', record: record.id });
  }

  /** Up and down go from field to field. */
  private readonly moveAlongFields = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const fields = [...this.renderRoot.querySelectorAll<HTMLElement>('.layer[open] .field-button, .layer > summary')];
    const at = fields.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    fields[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };
}

/** The record by which a journey ended, if it has. */
function ending(records: readonly HopRecord[]): HopRecord | null {
  const fate = fateOf(records);
  return fate.is === 'underway' ? null : fate.record;
}

const keyOf = (layer: Layer): string => `${layer.name}${layer.quoted ? '?' : ''}`;

/** Ethernet, and what an error quotes, is folded until somebody wants it. */
const opensByItself = (layer: Layer): boolean => layer.name !== 'ethernet' && !layer.quoted;

customElements.define('bw-packet-details', BwPacketDetails);
