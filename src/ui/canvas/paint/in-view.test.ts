import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../draw/shape.ts';
import { holds } from '../layout/geometry.ts';
import { isInView, viewOf } from './in-view.ts';

const PANE = { width: 800, height: 400 };

describe('what of a picture is painted', () => {
  it('is all that the pane sees, and stays the same while it does', () => {
    const place = fc.record({ x: fc.integer({ max: 3000 }), y: fc.integer({ max: 3000 }) });
    const camera = fc
      .tuple(place, fc.double({ min: 0.35, max: 4, noNaN: true }))
      .map(([at, scale]) => ({ ...at, scale }));
    fc.assert(
      fc.property(camera, camera, (first, second) => {
        const before = viewOf(first, PANE, null);
        const view = viewOf(second, PANE, before);
        const seen = { x: second.x, y: second.y, width: PANE.width / second.scale, height: PANE.height / second.scale };
        expect(holds(view, seen)).toBe(true);
        expect(viewOf(second, PANE, view)).toBe(view);
      }),
    );
  });

  it('is kept while the camera moves a little, and becomes less when it has come near', () => {
    const view = viewOf({ x: 0, y: 0, scale: 1 }, PANE, null);
    expect(viewOf({ x: 150, y: -80, scale: 1 }, PANE, view)).toBe(view);
    expect(viewOf({ x: 100, y: 100, scale: 4 }, PANE, view).width).toBeLessThan(view.width / 2);
  });

  const font = { family: 'sans', size: 12, weight: 400 } as const;
  const line = (points: { x: number; y: number }[]): Shape => ({
    kind: 'line',
    id: 'l',
    points,
    stroke: 'wire',
    thickness: 2,
  });
  const text = (x: number, align: 'start' | 'middle' | 'end'): Shape => ({
    kind: 'text',
    id: 't',
    x,
    y: 50,
    text: '日本語',
    font,
    tone: 'ink',
    align,
  });
  it.each<[string, Shape, boolean]>([
    [
      'a box that reaches into it',
      { kind: 'box', id: 'b', x: -50, y: -50, width: 60, height: 60, radius: 0, fill: 'paper' },
      true,
    ],
    ['a box beside it', { kind: 'box', id: 'b', x: -50, y: 0, width: 40, height: 40, radius: 0, fill: 'paper' }, false],
    ['a disc at its edge', { kind: 'disc', id: 'd', x: 103, y: 50, radius: 4, fill: 'wire' }, true],
    [
      'a line that crosses it',
      line([
        { x: -500, y: 50 },
        { x: 500, y: 50 },
      ]),
      true,
    ],
    [
      'a line below it',
      line([
        { x: 0, y: 150 },
        { x: 100, y: 150 },
      ]),
      false,
    ],
    ['a text that ends in it', text(-30, 'start'), true],
    ['a text that begins in it', text(130, 'end'), true],
    ['a text that stands around its edge', text(-15, 'middle'), true],
    ['a text away from it', text(-60, 'start'), false],
  ])('%s: %#', (_, shape, painted) => {
    expect(isInView(shape, { x: 0, y: 0, width: 100, height: 100 })).toBe(painted);
  });
});
