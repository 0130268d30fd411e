import { type Container, Graphics, Text } from 'pixi.js';
import { corners } from '../draw/corners.ts';
import type { Palette } from '../draw/palette.ts';
import type { BoxShape, LineShape, Shape, TextShape } from '../draw/shape.ts';
import { dashes } from './dashes.ts';

export interface Brush {
  readonly palette: Palette;
  /** Device pixels to a unit of the picture: how fine texts are set. */
  readonly resolution: number;
  readonly fonts: { readonly sans: string; readonly mono: string };
}

/** Makes the node for a shape, or paints a new state of the shape onto the node that it has. */
export function paintShape(shape: Shape, brush: Brush, node?: Container): Container {
  if (shape.kind === 'text') return paintText(shape, brush, node instanceof Text ? node : undefined);
  const graphics = node instanceof Graphics ? node.clear() : new Graphics();
  if (shape.kind === 'box') paintBox(graphics, shape, brush.palette);
  else if (shape.kind === 'line') paintLine(graphics, shape, brush.palette);
  else {
    graphics.circle(shape.x, shape.y, shape.radius);
    if (shape.fill) graphics.fill(brush.palette[shape.fill]);
    if (shape.stroke) graphics.stroke({ width: shape.thickness ?? 1, color: brush.palette[shape.stroke] });
  }
  graphics.alpha = shape.alpha ?? 1;
  return graphics;
}

function paintBox(graphics: Graphics, shape: BoxShape, palette: Palette): void {
  const { x, y, width, height, fill, stroke, thickness = 1, dashed } = shape;
  const radius = Math.min(shape.radius, height / 2, width / 2);
  if (fill) graphics.roundRect(x, y, width, height, radius).fill(palette[fill]);
  if (!stroke) return;
  const style = { width: thickness, color: palette[stroke] };
  if (!dashed) {
    graphics.roundRect(x, y, width, height, radius).stroke(style);
    return;
  }
  const [right, bottom] = [x + width, y + height];
  const edges = [
    [x + radius, y, right - radius, y],
    [right, y + radius, right, bottom - radius],
    [right - radius, bottom, x + radius, bottom],
    [x, bottom - radius, x, y + radius],
  ] as const;
  for (const [x1, y1, x2, y2] of edges)
    for (const [from, to] of dashes([
      { x: x1, y: y1 },
      { x: x2, y: y2 },
    ]))
      graphics.moveTo(from.x, from.y).lineTo(to.x, to.y);
  graphics.stroke(style);
}

function paintLine(graphics: Graphics, shape: LineShape, palette: Palette): void {
  const { points, stroke, thickness, dashed, corner = 0 } = shape;
  if (dashed) for (const [from, to] of dashes(points)) graphics.moveTo(from.x, from.y).lineTo(to.x, to.y);
  else
    corners(points, corner).forEach(({ to, by }, i) => {
      if (i === 0) graphics.moveTo(to.x, to.y);
      else if (by) graphics.quadraticCurveTo(by.x, by.y, to.x, to.y);
      else graphics.lineTo(to.x, to.y);
    });
  graphics.stroke({ width: thickness, color: palette[stroke], cap: 'round', join: 'round' });
}

const ANCHORS = { start: 0, middle: 0.5, end: 1 } as const;

function paintText(shape: TextShape, { palette, resolution, fonts }: Brush, known: Text | undefined): Text {
  const { font, tone, align = 'start' } = shape;
  const node = known ?? new Text({ text: shape.text, resolution, anchor: { x: 0, y: 0.5 } });
  if (node.text !== shape.text) node.text = shape.text;
  const style = {
    fontFamily: fonts[font.family],
    fontSize: font.size,
    fontWeight: String(font.weight) as '400' | '600',
    fill: palette[tone],
  };
  const key = `${style.fontFamily}|${style.fontSize}|${style.fontWeight}|${style.fill}`;
  // Every change of a style sets the text anew.
  if (node.label !== key) {
    node.style = style;
    node.label = key;
  }
  if (node.resolution !== resolution) node.resolution = resolution;
  node.anchor.set(ANCHORS[align], 0.5);
  node.position.set(shape.x, shape.y);
  node.alpha = shape.alpha ?? 1;
  return node;
}
