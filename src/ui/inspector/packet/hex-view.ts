import { html, type TemplateResult } from 'lit';
import type { Field, Layer } from '../layers/field.ts';

const BYTES_A_ROW = 8;
/** More than this nobody reads; a page's body can be long. */
const MOST = 512;

/** The field in which a byte lies: the innermost, since layers come from the outside in. */
export function fieldAt(layers: readonly Layer[], offset: number): Field | null {
  const fields = layers.flatMap((layer) => layer.fields);
  return fields.findLast((field) => offset >= field.offset && offset < field.offset + field.length) ?? null;
}

/**
 * A packet's bytes in rows of eight, in hex and as letters; those of one field lit.
 *
 * @param onPoint hears of the byte under the pointer; null when it leaves
 */
export function hexView(
  bytes: Uint8Array,
  lit: Pick<Field, 'offset' | 'length'> | null,
  onPoint: (offset: number | null) => void,
): TemplateResult {
  const shown = bytes.subarray(0, MOST);
  const rows = Array.from({ length: Math.ceil(shown.length / BYTES_A_ROW) }, (_, i) => i * BYTES_A_ROW);
  const isLit = (at: number) => lit !== null && at >= lit.offset && at < lit.offset + lit.length;
  const cell = (at: number, text: string) => html`<span class=${isLit(at) ? 'lit' : ''} data-at=${at}>${text}</span>`;
  return html`<div
    class="hex mono"
    translate="no"
    @pointerover=${(event: PointerEvent) => {
      const at = (event.target as HTMLElement).dataset['at'];
      if (at !== undefined) onPoint(Number(at));
    }}
    @pointerleave=${() => onPoint(null)}
  >
    ${rows.map((start) => {
      const places = Array.from({ length: Math.min(BYTES_A_ROW, shown.length - start) }, (_, i) => start + i);
      return html`<div class="hex-row">
        <span class="at">${start.toString(16).padStart(4, '0')}</span>
        <span class="octets">${places.map((at) => cell(at, (shown[at] as number).toString(16).padStart(2, '0')))}</span>
        <span class="letters" aria-hidden="true">${places.map((at) => cell(at, letter(shown[at] as number)))}</span>
      </div>`;
    })}
    ${bytes.length > MOST ? html`<div class="at">… ${bytes.length - MOST}</div>` : ''}
  </div>`;
}

const letter = (byte: number): string => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '·');
