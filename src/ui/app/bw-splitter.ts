import { html, type TemplateResult } from 'lit';
import { LightElement } from '../element/light-element.ts';
import { type PaneSize, SIZES, usualSize } from './sizes.ts';

/** The size that a splitter asks for, in pixels. */
export class ResizeAsked extends Event {
  constructor(
    readonly pane: PaneSize,
    readonly size: number,
  ) {
    super('resize-asked', { bubbles: true });
  }
}

const STEP = 16;

/**
 * The border between two panes, moved by pointer, arrow keys, Home and End; a double click or Enter brings back the usual size.
 * The pane that it sizes lies on the side that `side` names.
 */
export class BwSplitter extends LightElement {
  static override properties = { pane: {}, side: {}, size: { type: Number }, name: {} };
  declare pane: PaneSize;
  declare side: 'left' | 'right' | 'below';
  declare size: number;
  /** For screen readers: what it sizes. */
  declare name: string;

  protected override render(): TemplateResult {
    const { least, most } = SIZES[this.pane];
    return html`<div
      class="splitter ${this.side === 'below' ? 'across' : 'along'}"
      role="separator"
      tabindex="0"
      aria-label=${this.name}
      aria-orientation=${this.side === 'below' ? 'horizontal' : 'vertical'}
      aria-valuenow=${Math.round(this.size)}
      aria-valuemin=${least}
      aria-valuemax=${most}
      @pointerdown=${this.grab}
      @dblclick=${this.reset}
      @keydown=${this.handleKey}
    ></div>`;
  }

  private grab(event: PointerEvent): void {
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    const from = this.size;
    const move = ({ clientX, clientY }: PointerEvent) => {
      const grown = { left: clientX - event.clientX, right: event.clientX - clientX, below: event.clientY - clientY };
      this.ask(from + grown[this.side]);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
    handle.focus();
  }

  private handleKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? STEP * 4 : STEP;
    const { least, most } = SIZES[this.pane];
    const grow = { left: 'ArrowRight', right: 'ArrowLeft', below: 'ArrowUp' }[this.side];
    const shrink = { left: 'ArrowLeft', right: 'ArrowRight', below: 'ArrowDown' }[this.side];
    if (event.key === grow) this.ask(this.size + step);
    else if (event.key === shrink) this.ask(this.size - step);
    else if (event.key === 'Home') this.ask(least);
    else if (event.key === 'End') this.ask(most);
    else if (event.key === 'Enter') this.reset();
    else return;
    event.preventDefault();
  }

  private reset(): void {
    this.ask(usualSize(this.pane));
  }

  private ask(size: number): void {
    const { least, most } = SIZES[this.pane];
    this.dispatchEvent(new ResizeAsked(this.pane, Math.min(most, Math.max(least, size))));
  }
}

customElements.define('bw-splitter', BwSplitter);
