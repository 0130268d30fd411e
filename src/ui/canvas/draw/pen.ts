import type { Subject } from '../../session/subject.ts';
import { type Font, fitText, type Measure, NAME_FONT } from '../layout/measure.ts';
import type { Point, Rect } from '../layout/geometry.ts';
import type { BoxShape, LineShape, Shape, TextShape, Tone } from './shape.ts';

export const FONTS = {
  machine: { family: 'sans', size: 15, weight: 600 },
  name: NAME_FONT,
  label: { family: 'sans', size: 12, weight: 400 },
  small: { family: 'sans', size: 11, weight: 400 },
  address: { family: 'mono', size: 10, weight: 400 },
  code: { family: 'mono', size: 10, weight: 400 },
  gate: { family: 'mono', size: 10.5, weight: 600 },
  note: { family: 'sans', size: 10.5, weight: 400 },
  port: { family: 'mono', size: 9, weight: 600 },
  token: { family: 'sans', size: 11, weight: 600 },
} as const satisfies Record<string, Font>;

type TextOptions = Partial<Pick<TextShape, 'align' | 'alpha' | 'subject'>> & { readonly width?: number };

/** Collects shapes; every text is fitted to the room that it has. */
export class Pen {
  readonly shapes: Shape[] = [];

  constructor(readonly measure: Measure) {}

  box(id: string, place: Rect, style: Omit<BoxShape, 'kind' | 'id' | keyof Rect>): void {
    const { x, y, width, height } = place;
    this.shapes.push({ kind: 'box', id, x, y, width, height, ...style });
  }

  line(id: string, points: readonly Point[], style: Omit<LineShape, 'kind' | 'id' | 'points'>): void {
    this.shapes.push({ kind: 'line', id, points, ...style });
  }

  disc(id: string, { x, y }: Point, radius: number, fill: Tone | null, subject: Subject | null = null): void {
    this.shapes.push({ kind: 'disc', id, x, y, radius, fill, subject });
  }

  /** Writes a text and returns its width. */
  text(id: string, { x, y }: Point, text: string, font: Font, tone: Tone, options: TextOptions = {}): number {
    const { width, ...style } = options;
    const fitted = width === undefined ? text : fitText(text, width, font, this.measure);
    this.shapes.push({ kind: 'text', id, x, y, text: fitted, font, tone, ...style });
    return this.measure(fitted, font);
  }
}
