import { html, type TemplateResult } from 'lit';
import { partsOf } from './marks.ts';

/** A sentence of the catalogues as content: what stands between backticks as code. */
export function marked(sentence: string): TemplateResult {
  return html`${partsOf(sentence).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
