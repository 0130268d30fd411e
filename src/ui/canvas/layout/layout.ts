import type { Point, Rect } from './geometry.ts';

/** Where everything is: boxes of parts by their ids, and the lines along which packets travel. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Rect>;
  readonly tracks: readonly Track[];
  /** Where a token rests when it is at that spot. */
  readonly spots: ReadonlyMap<string, Point>;
  /** Rooms are drawn small: name and address alone. */
  readonly compact: boolean;
}

/** A line between two spots, drawn or only travelled. */
export interface Track {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  /** A cable between plugs, a wire inside a machine, or a line that is travelled and not drawn. */
  readonly kind: 'cable' | 'wire' | 'hidden';
  /** Packets go along it in this direction alone. */
  readonly oneWay: boolean;
}

/** What the parts of the layout write into while they are placed. */
export class Plan {
  readonly boxes = new Map<string, Rect>();
  readonly spots = new Map<string, Point>();
  readonly tracks: Track[] = [];

  box(id: string, place: Rect): Rect {
    this.boxes.set(id, place);
    return place;
  }

  spot(id: string, point: Point): Point {
    this.spots.set(id, point);
    return point;
  }

  /** Joins two spots by a line through the given corners. */
  track(
    from: string,
    to: string,
    kind: Track['kind'],
    { corners = [], oneWay = false }: { readonly corners?: readonly Point[]; readonly oneWay?: boolean } = {},
  ): void {
    const [a, b] = [this.spots.get(from), this.spots.get(to)];
    if (a && b) this.tracks.push({ id: `${from}~${to}`, from, to, kind, oneWay, points: [a, ...corners, b] });
  }
}
