import { Container, type Renderer, Sprite, type Texture } from 'pixi.js';
import { type Brush, paintShape } from './paint-shape.ts';
import type { LookOf, PlacedToken } from './painter.ts';

/** How many looks are kept; packets of one kind share theirs. */
const MOST_LOOKS = 400;
/** Tokens are drawn finer than they are shown, so that they stay sharp when enlarged. */
const FINENESS = 2;

interface Look {
  readonly texture: Texture;
  readonly anchorX: number;
  readonly anchorY: number;
}

/** The packets: one sprite each from a pool, one texture for each look; nothing is made anew from frame to frame. */
export class TokenSprites {
  readonly container = new Container();
  private readonly pool: Sprite[] = [];
  private readonly shown: string[] = [];
  private readonly looks = new Map<string, Look>();
  private brush: Brush | null = null;
  private count = 0;

  constructor(
    private readonly renderer: Renderer,
    private readonly lookOf: LookOf,
  ) {}

  /** Other colours: every look is drawn anew when it is next asked for. */
  forget(brush: Brush): void {
    this.brush = brush;
    this.shown.fill('');
    for (const { texture } of this.looks.values()) texture.destroy(true);
    this.looks.clear();
  }

  /** Whether anything is to be seen that was not, or is at another place. */
  show(tokens: readonly PlacedToken[], count: number): boolean {
    let changed = count !== this.count;
    for (let i = 0; i < count; i++) {
      const token = tokens[i] as PlacedToken;
      const sprite = this.sprite(i);
      if (this.shown[i] !== token.look) {
        this.dress(sprite, token.look);
        this.shown[i] = token.look;
        changed = true;
      }
      if (sprite.x !== token.x || sprite.y !== token.y || sprite.alpha !== token.alpha || !sprite.visible)
        changed = true;
      sprite.visible = true;
      sprite.alpha = token.alpha;
      sprite.position.set(token.x, token.y);
    }
    for (let i = count; i < this.count; i++) (this.pool[i] as Sprite).visible = false;
    this.count = count;
    return changed;
  }

  destroy(): void {
    for (const { texture } of this.looks.values()) texture.destroy(true);
    this.looks.clear();
  }

  /** Lets go of the looks that nobody has. */
  private evict(): void {
    const worn = new Set(this.shown.slice(0, this.pool.length));
    for (const [key, { texture }] of this.looks) {
      if (worn.has(key)) continue;
      texture.destroy(true);
      this.looks.delete(key);
    }
  }

  private sprite(index: number): Sprite {
    const known = this.pool[index];
    if (known) return known;
    const sprite = new Sprite();
    this.pool.push(sprite);
    this.container.addChild(sprite);
    return sprite;
  }

  private dress(sprite: Sprite, key: string): void {
    const { texture, anchorX, anchorY } = this.looks.get(key) ?? this.draw(key);
    sprite.texture = texture;
    sprite.anchor.set(anchorX, anchorY);
  }

  private draw(key: string): Look {
    if (this.looks.size >= MOST_LOOKS) this.evict();
    const brush = this.brush as Brush;
    const figure = new Container();
    const fine = { ...brush, resolution: brush.resolution * FINENESS };
    for (const shape of this.lookOf(key)) figure.addChild(paintShape(shape, fine));
    const bounds = figure.getLocalBounds();
    const texture = this.renderer.generateTexture({ target: figure, resolution: fine.resolution, antialias: true });
    const look = { texture, anchorX: -bounds.x / bounds.width, anchorY: -bounds.y / bounds.height };
    this.looks.set(key, look);
    figure.destroy({ children: true });
    return look;
  }
}
