export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
export const centerOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });
export const rightOf = ({ x, width }: Rect): number => x + width;
export const bottomOf = ({ y, height }: Rect): number => y + height;

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether the second lies within the first. */
export function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x && inner.y >= outer.y && rightOf(inner) <= rightOf(outer) && bottomOf(inner) <= bottomOf(outer)
  );
}

export const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

export function lengthOf(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++)
    sum += Math.hypot(
      (points[i] as Point).x - (points[i - 1] as Point).x,
      (points[i] as Point).y - (points[i - 1] as Point).y,
    );
  return sum;
}

/** The point at a part (0 to 1) of a line's length, written into `into` so that a frame makes no garbage. */
export function pointAlong(points: readonly Point[], part: number, into: { x: number; y: number }): void {
  const first = points[0] as Point;
  into.x = first.x;
  into.y = first.y;
  let left = lengthOf(points) * Math.min(1, Math.max(0, part));
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length >= left) {
      const share = length === 0 ? 0 : left / length;
      into.x = a.x + (b.x - a.x) * share;
      into.y = a.y + (b.y - a.y) * share;
      return;
    }
    left -= length;
    into.x = b.x;
    into.y = b.y;
  }
}
