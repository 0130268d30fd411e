import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import { Watching } from '../session/signal.ts';
import { browserMeasure } from './layout/browser-measure.ts';
import type { Painter } from './paint/painter.ts';
import { Sight } from './paint/sight.ts';
import { Stage, type StageFonts, tokenLooks } from './paint/stage.ts';
import { SvgPainter } from './paint/svg-painter.ts';
import { PICTURE_STYLE } from './picture-style.ts';
import { playbackOf } from './playhead/playback.ts';
import { savePicture } from './save-picture.ts';
import type { Depth } from './scene/scene.ts';
import { CANVAS_WORDS, type CanvasWords } from './words/words.ts';
import './words/picture-words.ts';
import './words/step-line.ts';

/** Below this width the picture begins with services alone. */
const NARROW = 560;

/** The picture: the host as Linux wires it, every packet on its way, and the same in words. */
export class BwPicture extends LitElement {
  static override properties = {
    session: { attribute: false },
    depth: { state: true },
    wordsShown: { state: true },
  };
  static override styles = PICTURE_STYLE;
  declare session: LabSession;
  declare depth: Depth;
  declare wordsShown: boolean;
  private stage: Stage | null = null;
  private sight: Sight | null = null;
  private watching: Watching | null = null;

  constructor() {
    super();
    this.depth = 'plumbing';
    this.wordsShown = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= new Watching(this, [this.session.language, playbackOf(this.session).marked]);
    if (this.hasUpdated && !this.stage) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight?.close();
    this.stage?.destroy();
    this.stage = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.clientWidth > 0 && this.clientWidth < NARROW) this.depth = 'compose';
    void this.open();
  }

  protected override render(): TemplateResult {
    const words = CANVAS_WORDS[this.session.language.value];
    return html`
      <div class="surface" role="img" aria-label=${words.picture} tabindex="0" @keydown=${(event: KeyboardEvent) => this.press(event)}></div>
      <div class="strip">
        <bw-step-line .session=${this.session}></bw-step-line>
        ${this.tools(words)}
      </div>
      <bw-picture-words
        class=${this.wordsShown ? 'shown' : ''}
        role="region"
        aria-label=${words.inWords}
        .session=${this.session}
        .depth=${this.depth}
      ></bw-picture-words>
    `;
  }

  private tools(words: CanvasWords): TemplateResult {
    const other = this.depth === 'plumbing' ? 'compose' : 'plumbing';
    const playback = playbackOf(this.session);
    return html`<div class="tools" role="toolbar" aria-label=${words.picture}>
      ${
        playback.marked.value
          ? html`<button aria-label=${words.dismiss} title=${words.dismiss} @click=${() => playback.dismissAll()}>✕</button>`
          : nothing
      }
      <button title=${words.depth} @click=${() => this.look(other)}>
        ${this.depth === 'plumbing' ? words.services : words.plumbing}
      </button>
      <button aria-label=${words.zoomOut} title=${words.zoomOut} @click=${() => this.stage?.zoomBy(0.8)}>−</button>
      <button aria-label=${words.fit} title=${words.fit} @click=${() => this.stage?.fit()}>⤢</button>
      <button aria-label=${words.zoomIn} title=${words.zoomIn} @click=${() => this.stage?.zoomBy(1.25)}>+</button>
      <button aria-label=${words.inWords} title=${words.inWords} aria-pressed=${this.wordsShown} @click=${() => this.toggleWords()}>¶</button>
      <button aria-label="${words.save}, SVG" title="${words.save}, SVG" @click=${() => this.save('svg')}>SVG</button>
      <button aria-label="${words.save}, PNG" title="${words.save}, PNG" @click=${() => this.save('png')}>PNG</button>
    </div>`;
  }

  private async open(): Promise<void> {
    const fonts = pageFonts();
    const surface = this.renderRoot.querySelector<HTMLElement>('.surface') as HTMLElement;
    const painter = await choosePainter(fonts);
    if (!this.isConnected) {
      painter.destroy();
      return;
    }
    surface.replaceChildren(painter.surface);
    const stage = new Stage(this.session, playbackOf(this.session), painter, fonts);
    stage.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    stage.setDepth(this.depth);
    this.stage = stage;
    this.sight = new Sight(this, surface, stage);
  }

  private look(depth: Depth): void {
    this.depth = depth;
    this.stage?.setDepth(depth);
  }

  private toggleWords(): void {
    this.wordsShown = !this.wordsShown;
  }

  private save(format: 'svg' | 'png'): void {
    const title = CANVAS_WORDS[this.session.language.value].picture;
    if (this.stage) void savePicture(this.stage, format, title, pageFonts());
  }

  /** The keyboard moves and enlarges the picture, and steps the story. */
  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.keys[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  }

  private readonly keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.stage?.panBy(40, 0),
    ArrowRight: () => this.stage?.panBy(-40, 0),
    ArrowUp: () => this.stage?.panBy(0, 40),
    ArrowDown: () => this.stage?.panBy(0, -40),
    '+': () => this.stage?.zoomBy(1.25),
    '-': () => this.stage?.zoomBy(0.8),
    '0': () => this.stage?.fit(),
    '.': () => playbackOf(this.session).go((playhead) => playhead.hopForward()),
    ',': () => playbackOf(this.session).go((playhead) => playhead.hopBack()),
    ' ': () => playbackOf(this.session).toggle(),
  };
}

function pageFonts(): StageFonts {
  const style = getComputedStyle(document.documentElement);
  return {
    sans: style.getPropertyValue('--sans').trim() || 'sans-serif',
    mono: style.getPropertyValue('--mono').trim() || 'monospace',
  };
}

/** Pixi where it runs; else SVG. */
async function choosePainter(fonts: StageFonts): Promise<Painter> {
  const looks = tokenLooks(browserMeasure(fonts));
  try {
    const { PixiPainter } = await import('./paint/pixi-painter.ts');
    return await PixiPainter.create({ fonts, pixelRatio: Math.min(3, devicePixelRatio), lookOf: looks });
  } catch (error) {
    console.warn(error);
    return new SvgPainter(fonts, looks);
  }
}

customElements.define('bw-picture', BwPicture);
