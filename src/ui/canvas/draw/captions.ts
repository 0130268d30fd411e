import { overlaps, type Point, pointAlong, type Rect } from '../layout/geometry.ts';
import type { Measure } from '../layout/measure.ts';
import type { Shape } from './shape.ts';

/** From the middle of a token to what is said beside it. */
const AWAY = 17;
const STEP = 14;
const RINGS = 5;
const PARTS_OF_WAY = [0, 0.25, 0.5, 0.75, 1];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Finds room for what is said beside a place: within the picture, not over one another, and over as few of its labels as can be. */
export class Captions {
  private readonly taken: Rect[] = [];

  /** @param labels what is better not covered */
  constructor(
    private readonly picture: Size,
    private readonly labels: readonly Rect[],
  ) {}

  /** @param way on which its token comes to the place: what is said keeps off it */
  place(at: Point, { width, height }: Size, way: readonly Point[] = [at]): Rect {
    const tokens = tokensOn(way);
    let best: Rect | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const wanted of candidates(at, width, height)) {
      const place = this.within(wanted);
      const cost = this.cost(place, tokens);
      if (cost < least) [best, least] = [place, cost];
      if (cost === 0) break;
    }
    const place = best as Rect;
    this.taken.push(place);
    return place;
  }

  private within({ x, y, width, height }: Rect): Rect {
    return {
      x: Math.max(4, Math.min(this.picture.width - width - 4, x)),
      y: Math.max(4, Math.min(this.picture.height - height - 4, y)),
      width,
      height,
    };
  }

  private cost(place: Rect, tokens: readonly Rect[]): number {
    const others = this.taken.filter((each) => overlaps(each, place)).length;
    const hidden = tokens.filter((each) => overlaps(each, place)).length;
    const labels = this.labels.filter((each) => overlaps(each, place)).length;
    return others * 100 + hidden * 20 + labels;
  }
}

/** The room of a token here and there on its way. */
function tokensOn(way: readonly Point[]): readonly Rect[] {
  const at = { x: 0, y: 0 };
  return PARTS_OF_WAY.map((part) => {
    pointAlong(way, part, at);
    return { x: at.x - 24, y: at.y - 12, width: 48, height: 24 };
  });
}

/** The room that every text among these takes. */
export const labelsOf = (shapes: readonly Shape[], measure: Measure): readonly Rect[] =>
  shapes.flatMap((shape) => (shape.kind === 'text' ? [roomy(textBox(shape, measure))] : []));

/** With what reaches above and below a line of text. */
const roomy = ({ x, y, width, height }: Rect): Rect => ({ x: x - 1, y: y - 2, width: width + 2, height: height + 4 });

/** Above, below, beside, and then further away. */
function* candidates(at: Point, width: number, height: number): Generator<Rect> {
  for (let ring = 0; ring < RINGS; ring++) {
    const away = AWAY + ring * STEP;
    yield { x: at.x - width / 2, y: at.y - away - height, width, height };
    yield { x: at.x - width / 2, y: at.y + away, width, height };
    yield { x: at.x + away + 12, y: at.y - height / 2, width, height };
    yield { x: at.x - away - 12 - width, y: at.y - height / 2, width, height };
    for (const x of [at.x - 12, at.x + 12 - width, at.x + away + 12, at.x - away - 12 - width])
      yield { x, y: at.y + away, width, height };
  }
}

/** The room that a text takes. */
export function textBox(
  { x, y, text, font, align = 'start' }: Extract<Shape, { kind: 'text' }>,
  measure: Measure,
): Rect {
  const width = measure(text, font);
  const left = x - { start: 0, middle: 0.5, end: 1 }[align] * width;
  return { x: left, y: y - font.size / 2, width, height: font.size };
}
