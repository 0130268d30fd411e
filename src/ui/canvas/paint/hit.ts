import type { Subject } from '../../session/subject.ts';
import type { Measure } from '../layout/measure.ts';
import type { Point } from '../layout/geometry.ts';
import type { Shape } from '../draw/shape.ts';

/** How near to a thin thing counts as at it. */
const NEAR = 6;

/** What a point of the picture shows: the topmost shape there that means something. */
export function subjectAt(shapes: readonly Shape[], at: Point, measure: Measure): Subject | null {
  for (let i = shapes.length - 1; i >= 0; i--) {
    const shape = shapes[i] as Shape;
    if (shape.subject && touches(shape, at, measure)) return shape.subject;
  }
  return null;
}

function touches(shape: Shape, at: Point, measure: Measure): boolean {
  switch (shape.kind) {
    case 'box':
      return at.x >= shape.x && at.x <= shape.x + shape.width && at.y >= shape.y && at.y <= shape.y + shape.height;
    case 'disc':
      return Math.hypot(at.x - shape.x, at.y - shape.y) <= shape.radius + NEAR;
    case 'text': {
      if (Math.abs(at.y - shape.y) > shape.font.size * 0.7) return false;
      const width = measure(shape.text, shape.font);
      const left = shape.x - { start: 0, middle: 0.5, end: 1 }[shape.align ?? 'start'] * width;
      return at.x >= left && at.x <= left + width;
    }
    case 'line':
      return shape.points.some((point, i) => i > 0 && nearSegment(at, shape.points[i - 1] as Point, point));
  }
}

function nearSegment(at: Point, a: Point, b: Point): boolean {
  return (
    at.x >= Math.min(a.x, b.x) - NEAR &&
    at.x <= Math.max(a.x, b.x) + NEAR &&
    at.y >= Math.min(a.y, b.y) - NEAR &&
    at.y <= Math.max(a.y, b.y) + NEAR
  );
}
