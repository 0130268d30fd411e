// The page's content security policy forbids code made from text, which Pixi would otherwise compile its shaders' glue with.
import 'pixi.js/unsafe-eval';
import 'pixi.js/graphics';
import 'pixi.js/text';
import { CanvasRenderer, Container, getTestContext, isWebGLSupported, Ticker, WebGLRenderer } from 'pixi.js';
import type { Palette } from '../draw/palette.ts';
import type { Shape } from '../draw/shape.ts';
import type { Rect } from '../layout/geometry.ts';
import type { Brush } from './paint-shape.ts';
import type { Camera, LookOf, Painter, PlacedToken } from './painter.ts';
import { Overlay } from './overlay.ts';
import { viewOf } from './in-view.ts';
import { ShapeLayer } from './shape-layer.ts';
import type { TokenLayer } from './token-looks.ts';
import { TokenSprites } from './token-sprites.ts';
import { TokenStamps } from './token-stamps.ts';
import { webglIsSoftware } from './webgl-is-software.ts';

/** What a page gets of Pixi that asks for no more than it draws: neither its events nor WebGPU. */
const OPTIONS = {
  antialias: true,
  autoDensity: true,
  backgroundAlpha: 0,
  skipExtensionImports: true,
  width: 10,
  height: 10,
} as const;

/** WebGL where there is a graphics card for it, else a plain canvas. */
async function openRenderer(resolution: number, card: boolean): Promise<WebGLRenderer | CanvasRenderer> {
  // Pixi's clock for its housekeeping would wake a page in which nothing moves with every frame: it goes with our own.
  Ticker.system.autoStart = false;
  if (card && isWebGLSupported() && !webglIsSoftware()) {
    const renderer = new WebGLRenderer();
    await renderer.init({ ...OPTIONS, resolution });
    return renderer;
  }
  const renderer = new CanvasRenderer();
  await renderer.init({ ...OPTIONS, resolution });
  return renderer;
}

/** Texts are set at these enlargements alone, so that zooming doesn't set them anew all the time. */
const TEXT_STEPS = [1, 1.5, 2, 3, 4];

export interface PixiOptions {
  readonly fonts: Brush['fonts'];
  readonly pixelRatio: number;
  readonly lookOf: LookOf;
  /** A graphics card is used where there is one. */
  readonly card: boolean;
}

/**
 * Paints with WebGL, or without it on a plain canvas; one context, and no frame in which nothing changes. What stands, what is said of the
 * moment, and the packets lie one over the other, so that what moves doesn't make the others be prepared anew.
 */
export class PixiPainter implements Painter {
  private readonly still = new ShapeLayer();
  private readonly moment = new ShapeLayer();
  private readonly tokens: TokenLayer;
  /** Packets that Pixi doesn't paint. */
  private readonly stamps: TokenStamps | null = null;
  private readonly above = new Container();
  /** Where the processor paints: what all but what stands is painted on. */
  private readonly overlay: Overlay | null = null;
  private palette: Palette | null = null;
  private camera: Camera = { x: 0, y: 0, scale: 1 };
  private view: Rect | null = null;
  private textStep = 1;
  private dirty = true;
  private hasPainted = false;

  private constructor(
    private readonly renderer: WebGLRenderer | CanvasRenderer,
    private readonly options: PixiOptions,
  ) {
    this.above.addChild(this.moment.container);
    if (renderer instanceof CanvasRenderer) {
      this.overlay = new Overlay(renderer, options.pixelRatio);
      this.tokens = this.stamps = new TokenStamps(renderer, this.overlay.context, options.lookOf);
    } else {
      const sprites = new TokenSprites(renderer, options.lookOf);
      this.tokens = sprites;
      this.above.addChild(sprites.container);
    }
    // A graphics processor that was taken away comes back empty.
    this.surface.addEventListener('webglcontextrestored', () => (this.still.changed = true));
  }

  static async create(options: PixiOptions): Promise<PixiPainter> {
    return new PixiPainter(await openRenderer(options.pixelRatio, options.card), options);
  }

  get surface(): HTMLElement {
    return this.overlay?.surface ?? (this.renderer.canvas as HTMLCanvasElement);
  }

  get isSlow(): boolean {
    return this.renderer.name !== 'webgl';
  }

  resize(width: number, height: number): void {
    this.renderer.resize(width, height);
    this.overlay?.resize(width, height);
    this.still.changed = true;
    this.moment.changed = true;
    this.cull();
  }

  look(camera: Camera): void {
    const { x, y, scale } = this.camera;
    if (camera.x === x && camera.y === y && camera.scale === scale) return;
    this.camera = camera;
    for (const { scale, position } of [this.still.container, this.above]) {
      scale.set(camera.scale);
      position.set(-camera.x * camera.scale, -camera.y * camera.scale);
    }
    const step = TEXT_STEPS.find((each) => each >= camera.scale) ?? (TEXT_STEPS.at(-1) as number);
    if (step !== this.textStep) {
      this.textStep = step;
      this.still.refine(this.brush());
      this.moment.refine(this.brush());
    }
    this.still.changed = true;
    this.moment.changed = true;
    this.cull();
  }

  /** What is out of sight isn't painted: with a hundred containers, that is most of them. */
  private cull(): void {
    const view = viewOf(this.camera, this.renderer.screen, this.view);
    if (view === this.view) return;
    this.view = view;
    this.still.look(view);
    this.moment.look(view);
  }

  show(still: readonly Shape[], moment: readonly Shape[], palette: Palette, calm: number): void {
    const recolored = palette !== this.palette;
    this.palette = palette;
    const brush = this.brush();
    if (recolored) this.tokens.forget(brush);
    this.still.show(still, brush, { calm, recolored });
    this.moment.show(moment, brush, { calm, recolored });
  }

  showTokens(tokens: readonly PlacedToken[], count: number): void {
    if (this.tokens.show(tokens, count)) this.dirty = true;
  }

  frame(now: number): boolean {
    const { still, moment } = this;
    if (still.moving || moment.moving) {
      const brush = this.brush();
      still.move(now, brush);
      moment.move(now, brush);
    }
    if (this.dirty || still.changed || moment.changed) this.paint();
    Ticker.system.update(now);
    if (!this.hasPainted) this.settle();
    return still.moving || moment.moving;
  }

  private paint(): void {
    const { renderer, still, moment, overlay } = this;
    if (!overlay || still.changed) renderer.render({ container: still.container, clear: true });
    if (!overlay) renderer.render({ container: this.above, clear: false });
    else if (this.dirty || moment.changed) {
      overlay.render(this.above);
      this.stamps?.paint(this.camera, this.options.pixelRatio);
    }
    still.changed = false;
    moment.changed = false;
    this.dirty = false;
  }

  /** After the first frame Pixi has no more use for the context in which it tried out what shaders may do; browsers have few of them. */
  private settle(): void {
    this.hasPainted = true;
    if (this.renderer.name === 'webgl') getTestContext().getExtension('WEBGL_lose_context')?.loseContext();
  }

  destroy(): void {
    this.tokens.destroy();
    this.still.container.destroy({ children: true });
    this.above.destroy({ children: true });
    this.overlay?.destroy();
    this.renderer.destroy({ removeView: true });
  }

  private brush(): Brush {
    const { fonts, pixelRatio } = this.options;
    return { palette: this.palette as Palette, resolution: pixelRatio * this.textStep, fonts };
  }
}
