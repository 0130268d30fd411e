import { distance, lengthOf, type Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { namespaceId, namespaceOf, programsId } from '../scene/part-id.ts';

interface Edge {
  readonly to: string;
  readonly points: readonly Point[];
  readonly length: number;
}

/** Ways from spot to spot along the drawn lines: the shortest, each looked for once. */
export class Ways {
  private readonly edges = new Map<string, Edge[]>();
  private readonly found = new Map<string, readonly Point[]>();

  constructor(private readonly layout: Layout) {
    for (const { from, to, points, oneWay } of layout.tracks) {
      const length = lengthOf(points);
      this.join(from, { to, points, length });
      if (!oneWay) this.join(to, { to: from, points: [...points].reverse(), length });
    }
  }

  /** The place for a spot: its own, else that of its namespace; null where the picture doesn't have it. */
  place(spot: string): Point | null {
    const known = this.spotOf(spot);
    return known === null ? null : (this.layout.spots.get(known) as Point);
  }

  /** Null where neither end is in the picture. */
  between(from: string, to: string): readonly Point[] | null {
    const [a, b] = [this.spotOf(from), this.spotOf(to)];
    if (a === null || b === null) {
      const only = a ?? b;
      if (only === null) return null;
      const point = this.layout.spots.get(only) as Point;
      return [point, point];
    }
    const key = `${a}|${b}`;
    let way = this.found.get(key);
    if (!way) this.found.set(key, (way = this.search(a, b)));
    return way;
  }

  private spotOf(spot: string): string | null {
    const { spots } = this.layout;
    if (spots.has(spot)) return spot;
    const namespace = namespaceOf(spot);
    if (namespace === null) return null;
    // A socket that isn't drawn is some program's; anything else is somewhere in its machine.
    const programs = programsId(namespace);
    if (spot.startsWith('sock:') && spots.has(programs)) return programs;
    const room = namespaceId(namespace);
    return spots.has(room) ? room : null;
  }

  private join(from: string, edge: Edge): void {
    const known = this.edges.get(from);
    if (known) known.push(edge);
    else this.edges.set(from, [edge]);
  }

  /** Dijkstra's; without a line between them, straight. */
  private search(from: string, to: string): readonly Point[] {
    const [a, b] = [this.layout.spots.get(from) as Point, this.layout.spots.get(to) as Point];
    if (from === to) return [a, b];
    const costs = new Map([[from, 0]]);
    const came = new Map<string, { readonly from: string; readonly edge: Edge }>();
    const open = new Set([from]);
    while (open.size > 0) {
      const next = cheapest(open, costs);
      if (next === to) break;
      open.delete(next);
      const cost = costs.get(next) as number;
      for (const edge of this.edges.get(next) ?? []) {
        const sum = cost + edge.length;
        if (sum >= (costs.get(edge.to) ?? Number.POSITIVE_INFINITY)) continue;
        costs.set(edge.to, sum);
        came.set(edge.to, { from: next, edge });
        open.add(edge.to);
      }
    }
    if (!came.has(to)) return [a, b];
    const parts: (readonly Point[])[] = [];
    for (let at = to; at !== from; ) {
      const step = came.get(at) as { readonly from: string; readonly edge: Edge };
      parts.unshift(step.edge.points);
      at = step.from;
    }
    return withoutRepeats(parts.flat());
  }
}

function cheapest(open: ReadonlySet<string>, costs: ReadonlyMap<string, number>): string {
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const each of open) {
    const cost = costs.get(each) as number;
    if (cost < least) [best, least] = [each, cost];
  }
  return best;
}

const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, i) => i === 0 || distance(point, points[i - 1] as Point) > 0.01);
