import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../words/catalog.ts';
import type { Change } from '../journey/changes.ts';
import { type Field, type FieldName, type Layer, MINOR_FIELDS } from '../layers/field.ts';
import { FIELD_WORDS, LAYER_NAMES } from '../layers/words.ts';
import { INSPECTOR_WORDS } from '../words.ts';

/** What a layer's card needs besides the layer. */
export interface LayerCard {
  readonly language: Language;
  /** Values that are not as they were at the journey's beginning. */
  readonly differences: ReadonlyMap<FieldName, { readonly first: string; readonly change: Change }>;
  readonly reasonOf: (change: Change) => string;
  /** The field whose meaning is shown; null: none. */
  readonly open: Field | null;
  readonly lit: Field | null;
  /** Layers that were folded. */
  readonly isOpen: (layer: Layer) => boolean;
  readonly onToggle: (layer: Layer, open: boolean) => void;
  /** Whether the fields that seldom matter are shown too. */
  readonly isUnfolded: (layer: Layer) => boolean;
  readonly onUnfold: (layer: Layer) => void;
  readonly onPoint: (field: Field | null) => void;
  readonly onOpen: (field: Field) => void;
  readonly onChange: (change: Change) => void;
}

/** One layer: its name, and its fields with their values, old and new. */
export function layerCard(layer: Layer, card: LayerCard): TemplateResult {
  const words = INSPECTOR_WORDS[card.language];
  const minor = layer.fields.filter(({ name }) => MINOR_FIELDS.has(name)).length;
  const unfolded = card.isUnfolded(layer);
  return html`<details
    class="layer"
    ?open=${card.isOpen(layer)}
    @toggle=${(event: Event) => card.onToggle(layer, (event.target as HTMLDetailsElement).open)}
  >
    <summary>
      <span class="layer-name ${layer.name}">${LAYER_NAMES[layer.name]}</span>
      ${layer.quoted ? html`<span class="quiet">(${words.quoted})</span>` : nothing}
      <span class="gist mono">${gist(layer)}</span>
    </summary>
    <div class="fields">
      ${layer.fields.filter((field) => unfolded || !MINOR_FIELDS.has(field.name)).map((field) => fieldRow(layer, field, card))}
      ${
        minor === 0
          ? nothing
          : html`<button type="button" class="link more" aria-expanded=${unfolded} @click=${() => card.onUnfold(layer)}>
              ${unfolded ? words.fewerFields : words.moreFields(minor)}
            </button>`
      }
    </div>
  </details>`;
}

function fieldRow(layer: Layer, field: Field, card: LayerCard): TemplateResult {
  const words = INSPECTOR_WORDS[card.language];
  const { name, meaning } = FIELD_WORDS[card.language][field.name];
  const difference = layer.quoted ? undefined : card.differences.get(field.name);
  const open = same(card.open, field);
  return html`<div class="field ${same(card.lit, field) ? 'lit' : ''}" @pointerenter=${() => card.onPoint(field)} @pointerleave=${() => card.onPoint(null)}>
    <button
      type="button"
      class="field-button"
      aria-expanded=${open}
      title=${meaning}
      @focus=${() => card.onPoint(field)}
      @click=${() => card.onOpen(field)}
    >
      <span class="name">${name}</span>
      <span class="value mono"
        >${
          difference === undefined
            ? field.value
            : html`<del>${difference.first}</del> <span class="turned" aria-hidden="true">→</span> <ins>${field.value}</ins>`
        }</span
      >
    </button>
    ${
      difference === undefined
        ? nothing
        : html`<button type="button" class="link reason" @click=${() => card.onChange(difference.change)}>${card.reasonOf(difference.change)}</button>`
    }
    ${open ? html`<p class="meaning">${meaning} <span class="quiet">(${words.bytesOf(field.offset, field.length)})</span></p>` : nothing}
  </div>`;
}

const same = (a: Field | null, b: Field): boolean => a !== null && a.name === b.name && a.offset === b.offset;

/** What of a folded layer is worth seeing. */
function gist({ name, fields }: Layer): string {
  const value = (field: FieldName) => fields.find((each) => each.name === field)?.value ?? '';
  switch (name) {
    case 'ethernet':
      return `${value('ethernet.source').slice(-8)} → ${value('ethernet.destination').slice(-8)}`;
    case 'ipv4':
      return `${value('ipv4.source')} → ${value('ipv4.destination')}`;
    case 'ipv6':
      return `${value('ipv6.source')} → ${value('ipv6.destination')}`;
    case 'tcp':
      return value('tcp.flags').replaceAll(', ', '·');
    case 'udp':
      return `${value('udp.source')} → ${value('udp.destination')}`;
    case 'arp':
      return value('arp.operation');
    case 'icmp':
    case 'icmp6':
      return value('icmp.type');
    case 'dns':
      return value('dns.question');
    case 'http':
      return value('http.start');
  }
}
