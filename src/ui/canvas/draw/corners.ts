import type { Point } from '../layout/geometry.ts';

/** A piece of a line: straight to a point, or bent by a corner. */
export interface Piece {
  readonly to: Point;
  readonly by?: Point;
}

/** A line with its corners rounded, as pieces; the first one is where it begins. */
export function corners(points: readonly Point[], radius: number): Piece[] {
  const pieces: Piece[] = [];
  points.forEach((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after || radius === 0) {
      pieces.push({ to: point });
      return;
    }
    const enter = towards(point, before, radius);
    const leave = towards(point, after, radius);
    pieces.push({ to: enter }, { by: point, to: leave });
  });
  return pieces;
}

/** The point that lies so far from a corner on the way to a neighbour, at most half of it. */
function towards(corner: Point, neighbor: Point, radius: number): Point {
  const [dx, dy] = [neighbor.x - corner.x, neighbor.y - corner.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return corner;
  const share = Math.min(radius, length / 2) / length;
  return { x: corner.x + dx * share, y: corner.y + dy * share };
}
