import { Container, type Renderer, Sprite } from 'pixi.js';
import type { Brush } from './paint-shape.ts';
import type { LookOf, PlacedToken } from './painter.ts';
import { type TokenLayer, TokenLooks } from './token-looks.ts';

/** The packets for WebGL: one sprite each from a pool, one texture for each look; nothing is made anew from frame to frame. */
export class TokenSprites implements TokenLayer {
  readonly container = new Container();
  private readonly pool: Sprite[] = [];
  private readonly shown: string[] = [];
  private readonly looks: TokenLooks;
  private count = 0;

  constructor(renderer: Renderer, lookOf: LookOf) {
    this.looks = new TokenLooks(renderer, lookOf, () => new Set(this.shown));
  }

  forget(brush: Brush): void {
    this.shown.fill('');
    this.looks.forget(brush);
  }

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
    this.looks.clear();
    this.container.destroy({ children: true });
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
    const { texture, anchorX, anchorY } = this.looks.get(key);
    sprite.texture = texture;
    sprite.anchor.set(anchorX, anchorY);
  }
}
