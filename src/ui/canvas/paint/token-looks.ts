import { Container, type Renderer, type Texture } from 'pixi.js';
import { type Brush, paintShape } from './paint-shape.ts';
import type { LookOf, PlacedToken } from './painter.ts';

/** How many looks are kept; packets of one kind share theirs. */
const MOST_LOOKS = 400;
/** Tokens are drawn finer than they are shown, so that they stay sharp when enlarged. */
const FINENESS = 2;

/** The plane of the packets. */
export interface TokenLayer {
  /** Other colours: every look is drawn anew when it is next asked for. */
  forget(brush: Brush): void;
  /** Whether anything is to be seen that was not, or is at another place. Only the first `count` are there. */
  show(tokens: readonly PlacedToken[], count: number): boolean;
  destroy(): void;
}

/** How one kind of packet looks. */
export interface Look {
  readonly texture: Texture;
  /** Where in it the packet's place is, as parts of its width and height. */
  readonly anchorX: number;
  readonly anchorY: number;
}

/** Looks that have been drawn, each once. */
export class TokenLooks {
  private readonly drawn = new Map<string, Look>();
  private brush: Brush | null = null;

  /** @param worn the keys of those that are to be seen, which aren't let go */
  constructor(
    private readonly renderer: Renderer,
    private readonly lookOf: LookOf,
    private readonly worn: () => ReadonlySet<string>,
  ) {}

  get(key: string): Look {
    return this.drawn.get(key) ?? this.draw(key);
  }

  forget(brush: Brush): void {
    this.brush = brush;
    this.clear();
  }

  clear(): void {
    for (const { texture } of this.drawn.values()) texture.destroy(true);
    this.drawn.clear();
  }

  private evict(): void {
    const worn = this.worn();
    for (const [key, { texture }] of this.drawn) {
      if (worn.has(key)) continue;
      texture.destroy(true);
      this.drawn.delete(key);
    }
  }

  private draw(key: string): Look {
    if (this.drawn.size >= MOST_LOOKS) this.evict();
    const brush = this.brush as Brush;
    const figure = new Container();
    const fine = { ...brush, resolution: brush.resolution * FINENESS };
    for (const shape of this.lookOf(key)) figure.addChild(paintShape(shape, fine));
    const bounds = figure.getLocalBounds();
    const texture = this.renderer.generateTexture({ target: figure, resolution: fine.resolution, antialias: true });
    const look = { texture, anchorX: -bounds.x / bounds.width, anchorY: -bounds.y / bounds.height };
    this.drawn.set(key, look);
    figure.destroy({ children: true });
    return look;
  }
}
