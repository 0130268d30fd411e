import type { Shape } from '../draw/shape.ts';
import { type Point, type Rect, holds, overlaps } from '../layout/geometry.ts';
import type { Camera } from './painter.ts';

/** Round a shape's place, for edges, in units of the picture. */
const EDGE = 4;
/** How much of the pane's size more than the pane is painted on every side, so that a moving camera seldom has to ask for more. */
const MARGIN = 0.25;

/** The part of the picture that a pane sees, and some more around it; the same as before while that holds it. */
export function viewOf({ x, y, scale }: Camera, pane: { width: number; height: number }, before: Rect | null): Rect {
  const [width, height] = [pane.width / scale, pane.height / scale];
  const seen = { x, y, width, height };
  // After zooming in, what was seen before is too much.
  if (before && holds(before, seen) && before.width < 2 * (1 + 2 * MARGIN) * width) return before;
  const [dx, dy] = [width * MARGIN, height * MARGIN];
  return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
}

/** Whether any of a shape may be in a part of the picture: never wrongly no. */
export function isInView(shape: Shape, view: Rect): boolean {
  return overlaps(extentOf(shape), view);
}

function extentOf(shape: Shape): Rect {
  switch (shape.kind) {
    case 'box':
      return around(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height);
    case 'disc':
      return around(shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius);
    case 'text': {
      // No letter is wider than its font is high, and none of them is asked how wide it is.
      const reach = shape.text.length * shape.font.size;
      const [left, right] = { start: [0, reach], middle: [reach / 2, reach / 2], end: [reach, 0] }[
        shape.align ?? 'start'
      ] as [number, number];
      return around(shape.x - left, shape.y - shape.font.size, shape.x + right, shape.y + shape.font.size);
    }
    case 'line':
      return aroundAll(shape.points);
  }
}

function around(left: number, top: number, right: number, bottom: number): Rect {
  return { x: left - EDGE, y: top - EDGE, width: right - left + 2 * EDGE, height: bottom - top + 2 * EDGE };
}

function aroundAll(points: readonly Point[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return around(left, top, right, bottom);
}
