import { describe, expect, it } from 'vitest';
import { overlaps } from '../layout/geometry.ts';
import { Captions } from './captions.ts';

const picture = { width: 900, height: 600 };
const size = { width: 200, height: 20 };
const at = { x: 450, y: 300 };
const tokenAt = ({ x, y }: { x: number; y: number }) => ({ x: x - 24, y: y - 12, width: 48, height: 24 });

describe('what is said beside a packet', () => {
  it.each([
    ['above', { x: 450, y: 220 }],
    ['below', { x: 450, y: 380 }],
    ['the left', { x: 350, y: 300 }],
    ['the right', { x: 550, y: 300 }],
  ])('keeps off the way on which the packet comes from %s', (_, from) => {
    const place = new Captions(picture, []).place(at, size, [from, at]);
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      const token = tokenAt({ x: from.x + (at.x - from.x) * part, y: from.y + (at.y - from.y) * part });
      expect(overlaps(place, token)).toBe(false);
    }
  });

  it('stays within the picture, and off labels and what else is said', () => {
    const label = { x: 350, y: 250, width: 200, height: 30 };
    const captions = new Captions(picture, [label]);
    const first = captions.place(at, size);
    const second = captions.place(at, size);
    expect(overlaps(first, label)).toBe(false);
    expect(overlaps(first, second)).toBe(false);
    const corner = captions.place({ x: 890, y: 5 }, size);
    expect(corner.x + corner.width).toBeLessThanOrEqual(picture.width);
    expect(corner.y).toBeGreaterThanOrEqual(0);
  });
});
