import { html, nothing, type TemplateResult } from 'lit';
import type { HopKind, HopRecord } from '../../../lab/feed/feed.ts';
import { type Subject } from '../../session/subject.ts';
import { explainHop, type HopContext, placeText } from '../journey/explain-hop.ts';
import { marked } from '../marked.ts';
import { code } from '../marks.ts';
import { rowAfterKey } from '../packets/virtual-rows.ts';
import { INSPECTOR_WORDS } from '../words.ts';

const MARKS: Readonly<Record<HopKind, string>> = {
  transmit: '→',
  receive: '←',
  learn: '✎',
  bridge: '⇄',
  route: '↪',
  neighbor: '?',
  netfilter: '▤',
  nat: '⇌',
  deliver: '✓',
  drop: '✕',
  process: '▶',
  dns: '@',
};

interface HopListOptions {
  readonly selected: HopRecord | null;
  readonly pointed: Subject | null;
  readonly onSelect: (record: HopRecord) => void;
  readonly onPoint: (record: HopRecord | null) => void;
}

/** A journey hop by hop, under the names of the rooms that it came through; each hop can be selected. */
export function hopList(context: HopContext, options: HopListOptions): TemplateResult {
  const { records, language } = context;
  const selected = options.selected === null ? -1 : records.indexOf(options.selected);
  const onKey = (event: KeyboardEvent) => {
    const next = rowAfterKey(event.key, selected, records.length, 8);
    const record = next === null ? undefined : records[next];
    if (record === undefined) return;
    event.preventDefault();
    options.onSelect(record);
  };
  return html`<div
    class="hops"
    role="listbox"
    tabindex="0"
    aria-label=${INSPECTOR_WORDS[language].hopList}
    aria-activedescendant=${selected < 0 ? nothing : `hop-${selected}`}
    @keydown=${onKey}
    @pointerleave=${() => options.onPoint(null)}
  >
    ${records.map((record, i) => {
      const name = context.names.nameOf(record.place.namespace);
      const entersRoom = i === 0 || records[i - 1]?.place.namespace !== record.place.namespace;
      const { pointed } = options;
      return html`${entersRoom ? html`<div class="room" role="presentation">${name}</div>` : nothing}
        <div
          id="hop-${i}"
          class="hop ${record.kind} ${pointed?.kind === 'record' && pointed.record === record.id ? 'pointed' : ''}"
          role="option"
          data-mark=${MARKS[record.kind]}
          aria-selected=${i === selected}
          @click=${() => options.onSelect(record)}
          @pointerenter=${() => options.onPoint(record)}
        >
          ${told(record, context)}
        </div>`;
    })}
  </div>`;
}

/** The step, under the place's name where the sentence doesn't say it. */
function told(record: HopRecord, context: HopContext): TemplateResult {
  const sentence = explainHop(record, context);
  const place = placeText(record, context.names);
  const within = place.slice(context.names.nameOf(record.place.namespace).length + ' · '.length);
  const named = within === '' || sentence.includes(code(within));
  return html`${named ? nothing : html`<span class="place">${within}</span>`} ${marked(sentence)}`;
}
