import type { Palette } from '../draw/palette.ts';
import { type SvgOptions, toSvg } from '../draw/svg.ts';
import type { Shape } from '../draw/shape.ts';
import type { Camera, LookOf, Painter, PlacedToken } from './painter.ts';

/** Where there is no canvas to paint on: the same shapes as SVG, anew whenever something changes. */
export class SvgPainter implements Painter {
  readonly surface = document.createElement('div');
  readonly isSlow = true;
  private size = { width: 1, height: 1 };
  private camera: Camera = { x: 0, y: 0, scale: 1 };
  private shapes: readonly Shape[] = [];
  private tokens: readonly Shape[] = [];
  private palette: Palette | null = null;
  private dirty = true;

  constructor(
    private readonly fonts: NonNullable<SvgOptions['fonts']>,
    private readonly lookOf: LookOf,
  ) {}

  resize(width: number, height: number): void {
    this.size = { width, height };
    this.dirty = true;
  }

  look(camera: Camera): void {
    this.camera = camera;
    this.dirty = true;
  }

  show(still: readonly Shape[], moment: readonly Shape[], palette: Palette): void {
    this.shapes = [...still, ...moment];
    this.palette = palette;
    this.dirty = true;
  }

  showTokens(tokens: readonly PlacedToken[], count: number): void {
    const shapes = tokens
      .slice(0, count)
      .flatMap(({ look, x, y }, i) => this.lookOf(look).map((shape) => shifted(shape, x, y, String(i))));
    if (shapes.length === 0 && this.tokens.length === 0) return;
    this.tokens = shapes;
    this.dirty = true;
  }

  frame(): boolean {
    const { palette } = this;
    if (!this.dirty || !palette) return false;
    this.dirty = false;
    const { width, height } = this.size;
    const { x, y, scale } = this.camera;
    const parsed = new DOMParser().parseFromString(
      toSvg([...this.shapes, ...this.tokens], { ...this.size, palette, title: '', fonts: this.fonts }),
      'image/svg+xml',
    );
    parsed.documentElement.setAttribute('viewBox', `${x} ${y} ${width / scale} ${height / scale}`);
    parsed.documentElement.setAttribute('aria-hidden', 'true');
    this.surface.replaceChildren(document.importNode(parsed.documentElement, true));
    return false;
  }

  destroy(): void {
    this.surface.remove();
  }
}

/** A shape of a token, moved to where the token is. */
export function shifted(shape: Shape, x: number, y: number, id: string): Shape {
  const own = { ...shape, id: `${shape.id}#${id}` };
  if (own.kind === 'line') return { ...own, points: own.points.map((point) => ({ x: point.x + x, y: point.y + y })) };
  return { ...own, x: own.x + x, y: own.y + y };
}
