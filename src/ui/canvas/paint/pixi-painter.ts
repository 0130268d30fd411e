// The page's content security policy forbids code made from text, which Pixi would otherwise compile its shaders' glue with.
import 'pixi.js/unsafe-eval';
import { autoDetectRenderer, Container, getTestContext, type Renderer } from 'pixi.js';
import type { Palette } from '../draw/palette.ts';
import type { Shape } from '../draw/shape.ts';
import { between, ease, sameShape } from './between.ts';
import type { Brush } from './paint-shape.ts';
import { paintShape } from './paint-shape.ts';
import type { Camera, LookOf, Painter, PlacedToken } from './painter.ts';
import { TokenSprites } from './token-sprites.ts';
import { webglIsSoftware } from './webgl-is-software.ts';

interface Painted {
  node: Container;
  shape: Shape;
  /** Where it is on its way from; null: it stands. */
  from: Shape | null;
  /** It wasn't there before what moves began to move, and comes to light as the others come to rest. */
  fresh: boolean;
}

/** Texts are set at these enlargements alone, so that zooming doesn't set them anew all the time. */
const TEXT_STEPS = [0.75, 1, 1.5, 2, 3, 4];

export interface PixiOptions {
  readonly fonts: Brush['fonts'];
  readonly pixelRatio: number;
  readonly lookOf: LookOf;
}

/** Paints with WebGL, or without it on a plain canvas; one context, and no frame in which nothing changes. */
export class PixiPainter implements Painter {
  private readonly stage = new Container();
  private readonly world = new Container();
  private readonly still = new Container();
  private readonly tokens: TokenSprites;
  private readonly painted = new Map<string, Painted>();
  private palette: Palette | null = null;
  private textStep = 1;
  private calm = 0;
  /** When the change that is shown began; null: it has still to begin. */
  private began: number | null = null;
  private moving = false;
  private dirty = true;
  private hasPainted = false;

  private constructor(
    private readonly renderer: Renderer,
    private readonly options: PixiOptions,
  ) {
    this.tokens = new TokenSprites(renderer, options.lookOf);
    this.world.addChild(this.still, this.tokens.container);
    this.stage.addChild(this.world);
  }

  static async create(options: PixiOptions): Promise<PixiPainter> {
    const renderer = await autoDetectRenderer({
      preference: webglIsSoftware() ? ['canvas'] : ['webgl', 'canvas'],
      antialias: true,
      autoDensity: true,
      backgroundAlpha: 0,
      resolution: options.pixelRatio,
      width: 10,
      height: 10,
    });
    return new PixiPainter(renderer, options);
  }

  get surface(): HTMLCanvasElement {
    return this.renderer.canvas as HTMLCanvasElement;
  }

  resize(width: number, height: number): void {
    this.renderer.resize(width, height);
    this.dirty = true;
  }

  look(camera: Camera): void {
    this.world.scale.set(camera.scale);
    this.world.position.set(-camera.x * camera.scale, -camera.y * camera.scale);
    const step = TEXT_STEPS.find((each) => each >= camera.scale) ?? (TEXT_STEPS.at(-1) as number);
    if (step !== this.textStep) {
      this.textStep = step;
      for (const each of this.painted.values())
        if (each.shape.kind === 'text') paintShape(each.from ?? each.shape, this.brush(), each.node);
    }
    this.dirty = true;
  }

  show(shapes: readonly Shape[], palette: Palette, calm: number): void {
    const recolored = palette !== this.palette;
    this.palette = palette;
    if (recolored) this.tokens.forget(this.brush());
    this.calm = calm;
    const old = new Map(this.painted);
    const sent = new Set<Painted>();
    const part = this.part();
    let changed = false;
    shapes.forEach((shape, i) => {
      const known = old.get(shape.id);
      if (known && known.shape.kind === shape.kind) {
        old.delete(shape.id);
        if (recolored || !sameShape(known.shape, shape)) {
          const at = known.from && this.began !== null ? between(known.from, known.shape, part) : known.shape;
          known.from = calm > 0 ? at : null;
          known.shape = shape;
          known.fresh = false;
          if (calm === 0) paintShape(shape, this.brush(), known.node);
          changed = true;
          sent.add(known);
        } else known.shape = shape;
        this.place(known.node, i);
        return;
      }
      const node = paintShape(shape, this.brush());
      const fresh = { node, shape, from: null, fresh: calm > 0 && !shape.sudden };
      this.painted.set(shape.id, fresh);
      sent.add(fresh);
      this.place(node, i);
    });
    for (const [id, gone] of old) {
      if (this.painted.get(id) === gone) this.painted.delete(id);
      gone.node.destroy();
    }
    if (changed && calm > 0) this.setOut(sent, part);
    else for (const each of sent) each.fresh = false;
    this.dirty = true;
  }

  showTokens(tokens: readonly PlacedToken[], count: number): void {
    if (this.tokens.show(tokens, count)) this.dirty = true;
  }

  frame(now: number): boolean {
    if (this.moving) this.move(now);
    if (this.dirty) this.renderer.render(this.stage);
    if (!this.hasPainted) this.settle();
    this.dirty = false;
    return this.moving;
  }

  /** After the first frame Pixi has no more use for the context in which it tried out what shaders may do; browsers have few of them. */
  private settle(): void {
    this.hasPainted = true;
    if (this.renderer.name === 'webgl') getTestContext().getExtension('WEBGL_lose_context')?.loseContext();
  }

  destroy(): void {
    this.stage.destroy({ children: true });
    this.tokens.destroy();
    this.renderer.destroy({ removeView: true });
  }

  private lastNow = 0;

  private part(): number {
    return this.began === null || this.calm === 0 ? 0 : ease(Math.min(1, (this.lastNow - this.began) / this.calm));
  }

  /** What is on its way already goes on from where it is. */
  private setOut(sent: ReadonlySet<Painted>, part: number): void {
    for (const each of this.painted.values()) {
      if (sent.has(each)) {
        if (each.fresh) each.node.alpha = 0;
        continue;
      }
      if (each.from && this.began !== null) each.from = between(each.from, each.shape, part);
      if (each.fresh) each.node.alpha = each.shape.alpha ?? 1;
      each.fresh = false;
    }
    this.began = null;
    this.moving = true;
  }

  private move(now: number): void {
    this.lastNow = now;
    this.began ??= now;
    const part = this.part();
    for (const each of this.painted.values()) {
      if (each.fresh) each.node.alpha = part * (each.shape.alpha ?? 1);
      if (part === 1) each.fresh = false;
      if (!each.from) continue;
      paintShape(between(each.from, each.shape, part), this.brush(), each.node);
      if (part === 1) each.from = null;
    }
    this.moving = part < 1;
    this.dirty = true;
  }

  private place(node: Container, index: number): void {
    if (node.parent === this.still && this.still.children[index] === node) return;
    this.still.addChildAt(node, Math.min(index, this.still.children.length - (node.parent === this.still ? 1 : 0)));
  }

  private brush(): Brush {
    const { fonts, pixelRatio } = this.options;
    return { palette: this.palette as Palette, resolution: pixelRatio * this.textStep, fonts };
  }
}
