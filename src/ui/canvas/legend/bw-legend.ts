import { css, html, LitElement, type TemplateResult } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import type { LabSession } from '../../session/lab-session.ts';
import { Watching } from '../../session/signal.ts';
import { pagePalette } from '../draw/palette.ts';
import { svgBody } from '../draw/svg.ts';
import { browserMeasure } from '../layout/browser-measure.ts';
import { pageFonts } from '../page-fonts.ts';
import { LEGEND_WORDS } from './legend-words.ts';
import { packetSigns, placeSigns, type Sign, SIGN_SIZE } from './signs.ts';

/** What the signs of the picture mean, drawn by what draws the picture. */
export class BwLegend extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: LabSession;

  static override styles = css`
    :host {
      display: block;
      color: var(--ink);
      font: var(--text-note) / 1.3 var(--sans);
      container-type: inline-size;
    }
    /* Side by side where both have room. */
    .both {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
      gap: 0 24px;
    }
    h3 {
      margin: 8px 0 2px;
      color: var(--quiet);
      font-weight: 600;
      font-size: var(--text-small);
    }
    dl {
      display: grid;
      grid-template-columns: 66px minmax(0, 1fr);
      gap: 3px 12px;
      align-items: center;
      margin: 0;
    }
    dt,
    svg {
      display: block;
    }
    svg {
      overflow: visible;
    }
    dd {
      margin: 0;
    }
  `;

  private watching: Watching | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= new Watching(this, [this.session.language, this.session.scheme]);
  }

  protected override render(): TemplateResult {
    const words = LEGEND_WORDS[this.session.language.value];
    const measure = browserMeasure(pageFonts());
    return html`<div class="both">
      <section>
        <h3>${words.packets}</h3>
        ${this.list(packetSigns(measure))}
      </section>
      <section>
        <h3>${words.places}</h3>
        ${this.list(placeSigns(measure))}
      </section>
    </div>`;
  }

  private list(signs: readonly Sign[]): TemplateResult {
    const words = LEGEND_WORDS[this.session.language.value];
    const [palette, fonts] = [pagePalette(), pageFonts()];
    const { width, height } = SIGN_SIZE;
    const box = `${-width / 2} ${-height / 2} ${width} ${height}`;
    return html`<dl>
      ${signs.map(
        ({ means, shapes }) => html`<dt>
            <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">${unsafeSVG(svgBody(shapes, palette, fonts))}</svg>
          </dt>
          <dd>${words[means]}</dd>`,
      )}
    </dl>`;
  }
}

customElements.define('bw-legend', BwLegend);
