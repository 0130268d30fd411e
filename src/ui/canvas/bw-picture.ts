import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import { Watching } from '../session/signal.ts';
import { choosePainter, whenCardIsGone } from './paint/choose-painter.ts';
import { Sight } from './paint/sight.ts';
import { pageFonts } from './page-fonts.ts';
import { Stage } from './paint/stage.ts';
import { PICTURE_STYLE } from './picture-style.ts';
import { playbackOf } from './playhead/playback.ts';
import { savePicture } from './save-picture.ts';
import type { Depth } from './scene/scene.ts';
import { CANVAS_WORDS, type CanvasWords } from './words/words.ts';
import './legend/bw-legend.ts';
import './words/bw-packet-news.ts';
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
    legendShown: { state: true },
  };
  static override styles = PICTURE_STYLE;
  declare session: LabSession;
  declare depth: Depth;
  declare wordsShown: boolean;
  declare legendShown: boolean;
  private stage: Stage | null = null;
  private sight: Sight | null = null;
  private motion: AbortController | null = null;
  private watching: Watching | null = null;

  constructor() {
    super();
    this.depth = 'plumbing';
    this.wordsShown = false;
    this.legendShown = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= new Watching(this, [this.session.language, playbackOf(this.session).marked]);
    if (this.hasUpdated && !this.stage) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.clientWidth > 0 && this.clientWidth < NARROW) this.depth = 'compose';
    void this.open();
  }

  protected override render(): TemplateResult {
    const words = CANVAS_WORDS[this.session.language.value];
    return html`
      <div class="surface" role="img" aria-label=${words.picture} tabindex="0" @keydown=${(event: KeyboardEvent) => this.press(event)}></div>
      ${this.tools(words)}
      <div class="strip"><bw-step-line .session=${this.session}></bw-step-line></div>
      <bw-packet-news .session=${this.session}></bw-packet-news>
      ${this.legendShown ? html`<bw-legend class="card" role="region" tabindex="0" aria-label=${words.legend} .session=${this.session}></bw-legend>` : nothing}
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
          ? html`<button aria-label=${words.dismiss} title=${words.dismiss} @click=${() => playback.dismissAll()}>${sign(SIGNS.dismiss)}</button>`
          : nothing
      }
      <button title=${words.depth} @click=${() => this.look(other)}>
        ${this.depth === 'plumbing' ? words.services : words.plumbing}
      </button>
      <span class="joined">
        ${tool(words.zoomOut, SIGNS.zoomOut, () => this.stage?.zoomBy(0.8))}
        ${tool(words.fit, SIGNS.fit, () => this.stage?.fit())}
        ${tool(words.zoomIn, SIGNS.zoomIn, () => this.stage?.zoomBy(1.25))}
      </span>
      <button aria-label=${words.inWords} title=${words.inWords} aria-pressed=${this.wordsShown} @click=${() => (this.wordsShown = !this.wordsShown)}>
        ${sign(SIGNS.words)}
      </button>
      <button aria-label=${words.legend} title=${words.legend} aria-pressed=${this.legendShown} @click=${() => (this.legendShown = !this.legendShown)}>
        ${sign(SIGNS.legend)}
      </button>
      <details class="save" @keydown=${closeOnEscape} @focusout=${closeWhenLeft}>
        <summary aria-label=${words.save} title=${words.save}>${sign(SIGNS.save)}</summary>
        <div class="menu">
          <button @click=${() => this.save('svg')}>SVG</button>
          <button @click=${() => this.save('png')}>PNG</button>
        </div>
      </details>
    </div>`;
  }

  /** @param card whether a graphics card is used where there is one */
  private async open(card = true): Promise<void> {
    const fonts = pageFonts();
    const surface = this.renderRoot.querySelector<HTMLElement>('.surface') as HTMLElement;
    const painter = await choosePainter(fonts, card);
    if (!this.isConnected) {
      painter.destroy();
      return;
    }
    surface.replaceChildren(painter.surface);
    const stage = new Stage(this.session, playbackOf(this.session), painter, fonts);
    const { signal } = (this.motion = new AbortController());
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    reduced.addEventListener('change', () => stage.setStill(reduced.matches), { signal });
    stage.setStill(reduced.matches);
    stage.setDepth(this.depth);
    this.stage = stage;
    this.sight = new Sight(this, surface, stage);
    const withoutCard = () => {
      this.close();
      void this.open(false);
    };
    whenCardIsGone(painter.surface, withoutCard, signal);
  }

  private close(): void {
    this.sight?.close();
    this.motion?.abort();
    this.stage?.destroy();
    this.stage = null;
  }

  private look(depth: Depth): void {
    this.depth = depth;
    this.stage?.setDepth(depth);
  }

  private save(format: 'svg' | 'png'): void {
    this.renderRoot.querySelector('details.save')?.removeAttribute('open');
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

/** Paths of the tools' signs, in a square of 16. */
const SIGNS = {
  zoomOut: 'M3 8h10',
  zoomIn: 'M3 8h10M8 3v10',
  fit: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  words: 'M3 4h10M3 8h10M3 12h6',
  legend: 'M2 3h4v4H2zM9 5h5M2 10h4v4H2zM9 12h5',
  save: 'M8 2v8M4.5 6.5 8 10l3.5-3.5M3 13.5h10',
  dismiss: 'M4 4l8 8M12 4l-8 8',
} as const;

const sign = (path: string): TemplateResult =>
  html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;

const tool = (label: string, path: string, press: () => void): TemplateResult =>
  html`<button aria-label=${label} title=${label} @click=${press}>${sign(path)}</button>`;

function closeOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

function closeWhenLeft(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}

customElements.define('bw-picture', BwPicture);
