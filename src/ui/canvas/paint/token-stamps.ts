import type { CanvasRenderer } from 'pixi.js';
import type { Brush } from './paint-shape.ts';
import type { Camera, LookOf, PlacedToken } from './painter.ts';
import { type Look, type TokenLayer, TokenLooks } from './token-looks.ts';

interface Stamp extends Omit<PlacedToken, 'journey'> {
  picture: Look | null;
}

/**
 * The packets on a plain canvas, where every look is itself a small canvas: stamped straight onto the picture, which takes a fraction of
 * what as many sprites would.
 */
export class TokenStamps implements TokenLayer {
  private readonly looks: TokenLooks;
  /** What is to be seen: a list that grows with the crowd, and is kept from frame to frame. */
  private readonly stamps: Stamp[] = [];
  private count = 0;

  /** @param context what they are stamped onto */
  constructor(
    renderer: CanvasRenderer,
    private readonly context: CanvasRenderingContext2D,
    lookOf: LookOf,
  ) {
    this.looks = new TokenLooks(renderer, lookOf, () => new Set(this.stamps.map(({ look }) => look)));
  }

  forget(brush: Brush): void {
    for (const stamp of this.stamps) {
      stamp.look = '';
      stamp.picture = null;
    }
    this.looks.forget(brush);
  }

  show(tokens: readonly PlacedToken[], count: number): boolean {
    let changed = count !== this.count;
    for (let i = 0; i < count; i++) {
      const { look, x, y, alpha } = tokens[i] as PlacedToken;
      const stamp = (this.stamps[i] ??= { look: '', picture: null, x, y, alpha });
      if (stamp.look !== look) {
        stamp.picture = this.looks.get(look);
        stamp.look = look;
        changed = true;
      }
      if (stamp.x === x && stamp.y === y && stamp.alpha === alpha) continue;
      stamp.x = x;
      stamp.y = y;
      stamp.alpha = alpha;
      changed = true;
    }
    this.count = count;
    return changed;
  }

  /** Stamps them over what has been painted. @param pixelRatio the screen's pixels for one of the page's */
  paint({ x, y, scale }: Camera, pixelRatio: number): void {
    const { context } = this;
    const zoom = scale * pixelRatio;
    context.save();
    context.setTransform(zoom, 0, 0, zoom, -x * zoom, -y * zoom);
    const [right, bottom] = [x + context.canvas.width / zoom, y + context.canvas.height / zoom];
    for (let i = 0; i < this.count; i++) {
      const stamp = this.stamps[i] as Stamp;
      const { picture, alpha } = stamp;
      if (picture === null) continue;
      const { texture, anchorX, anchorY } = picture;
      const { width, height } = texture;
      const [left, top] = [stamp.x - anchorX * width, stamp.y - anchorY * height];
      if (left > right || top > bottom || left + width < x || top + height < y) continue;
      context.globalAlpha = alpha;
      context.drawImage(texture.source.resource as HTMLCanvasElement, left, top, width, height);
    }
    context.restore();
  }

  destroy(): void {
    this.looks.clear();
  }
}
