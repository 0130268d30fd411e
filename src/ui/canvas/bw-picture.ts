import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import type { Painter } from './paint/painter.ts';
import { Stage, tokenLooks } from './paint/stage.ts';
import { SvgPainter } from './paint/svg-painter.ts';
import { browserMeasure } from './layout/browser-measure.ts';
import { playbackOf } from './playhead/playback.ts';
import { CANVAS_WORDS } from './words/words.ts';

/** The picture: the host as Linux wires it, and every packet on its way. */
export class BwPicture extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: LabSession;
  private stage: Stage | null = null;
  private readonly stops: (() => void)[] = [];
  private inSight = true;

  static override styles = css`
    :host {
      position: relative;
      display: block;
      width: 100%;
      height: 100%;
      min-height: 0;
      overflow: hidden;
      background: var(--paper);
      color: var(--ink);
    }
    .surface {
      position: absolute;
      inset: 0;
      touch-action: pan-x pan-y;
    }
    .surface > * {
      display: block;
    }
  `;

  protected override render(): TemplateResult {
    const words = CANVAS_WORDS[this.session.language.value];
    return html`<div class="surface" aria-label=${words.picture} role="img"></div>`;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.stage) void this.open();
  }

  private async open(): Promise<void> {
    const style = getComputedStyle(document.documentElement);
    const fonts = {
      sans: style.getPropertyValue('--sans').trim() || 'sans-serif',
      mono: style.getPropertyValue('--mono').trim() || 'monospace',
    };
    const surface = this.renderRoot.querySelector<HTMLElement>('.surface') as HTMLElement;
    const painter = await this.painter(fonts);
    if (!this.isConnected) {
      painter.destroy();
      return;
    }
    surface.replaceChildren(painter.surface);
    const stage = new Stage(this.session, playbackOf(this.session), painter, fonts);
    this.stage = stage;
    stage.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.keepInSight(surface, stage);
  }

  /** Pixi where it runs; else SVG. */
  private async painter(fonts: { readonly sans: string; readonly mono: string }): Promise<Painter> {
    const looks = tokenLooks(browserMeasure(fonts));
    try {
      const { PixiPainter } = await import('./paint/pixi-painter.ts');
      return await PixiPainter.create({ fonts, pixelRatio: Math.min(3, devicePixelRatio), lookOf: looks });
    } catch (error) {
      console.warn(error);
      return new SvgPainter(fonts, looks);
    }
  }

  private keepInSight(surface: HTMLElement, stage: Stage): void {
    const resized = new ResizeObserver(() => stage.resize(surface.clientWidth, surface.clientHeight));
    resized.observe(surface);
    const seen = new IntersectionObserver(([entry]) => {
      this.inSight = entry?.isIntersecting ?? true;
      look();
    });
    seen.observe(this);
    const look = () => stage.show(this.inSight && !document.hidden);
    document.addEventListener('visibilitychange', look);
    const activate = () => (stage.active = true);
    const calm = (event: PointerEvent) => {
      if (!event.composedPath().includes(this)) stage.active = false;
    };
    surface.addEventListener('pointerup', activate);
    document.addEventListener('pointerdown', calm);
    this.stops.push(
      () => resized.disconnect(),
      () => seen.disconnect(),
      () => document.removeEventListener('visibilitychange', look),
      () => document.removeEventListener('pointerdown', calm),
    );
    look();
  }

  private close(): void {
    this.stops.splice(0).forEach((stop) => stop());
    this.stage?.destroy();
    this.stage = null;
  }
}

customElements.define('bw-picture', BwPicture);
