import type { Point } from '../layout/geometry.ts';
import type { Shape } from '../draw/shape.ts';

const mix = (a: number, b: number, part: number): number => a + (b - a) * part;
const mixPoints = (a: readonly Point[], b: readonly Point[], part: number): Point[] =>
  b.map((point, i) => ({ x: mix((a[i] as Point).x, point.x, part), y: mix((a[i] as Point).y, point.y, part) }));

/** A shape on its way from how it was to how it will be; its looks change at once, its place by and by. */
export function between(a: Shape, b: Shape, part: number): Shape {
  if (a.kind === 'line' && b.kind === 'line')
    return a.points.length === b.points.length ? { ...b, points: mixPoints(a.points, b.points, part) } : b;
  if (a.kind === 'line' || b.kind === 'line' || a.kind !== b.kind) return b;
  const place = { x: mix(a.x, b.x, part), y: mix(a.y, b.y, part) };
  if (a.kind === 'box' && b.kind === 'box')
    return { ...b, ...place, width: mix(a.width, b.width, part), height: mix(a.height, b.height, part) };
  return { ...b, ...place };
}

const samePoints = (a: readonly Point[], b: readonly Point[]): boolean =>
  a.length === b.length && a.every(({ x, y }, i) => x === b[i]?.x && y === b[i]?.y);

/** Whether a shape that becomes the other stays where it is, and changes its looks alone. */
export function samePlace(a: Shape, b: Shape): boolean {
  if (a.kind === 'line' && b.kind === 'line') return samePoints(a.points, b.points);
  if (a.kind === 'line' || b.kind === 'line' || a.x !== b.x || a.y !== b.y) return false;
  return a.kind !== 'box' || b.kind !== 'box' || (a.width === b.width && a.height === b.height);
}

/** Whether both would look the same, at the same place. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  const [one, other] = [a, b] as unknown as Record<string, unknown>[];
  return Object.keys(b).every((key) => {
    if (key === 'subject' || key === 'font') return true;
    const [left, right] = [one?.[key], other?.[key]];
    return Array.isArray(left) && Array.isArray(right) ? samePoints(left, right) : left === right;
  });
}

/** Fast at first, then slower. */
export const ease = (part: number): number => 1 - (1 - part) ** 3;
