import { lengthOf, type Point, pointAlong } from '../layout/geometry.ts';

const ON = 5;
const PERIOD = 9;

/** A line cut into dashes: each the two ends of one. */
export function dashes(points: readonly Point[]): (readonly [Point, Point])[] {
  const length = lengthOf(points);
  if (length === 0) return [];
  const cuts: (readonly [Point, Point])[] = [];
  for (let at = 0; at < length; at += PERIOD) {
    const [from, to] = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ];
    pointAlong(points, at / length, from);
    pointAlong(points, Math.min(1, (at + ON) / length), to);
    cuts.push([from, to]);
  }
  return cuts;
}
