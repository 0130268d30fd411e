import { describe, expect, it } from 'vitest';
import type { Palette } from './palette.ts';
import { paletteOf } from './palette.ts';
import type { Shape } from './shape.ts';
import { toSvg } from './svg.ts';

const PALETTE: Palette = paletteOf((name) => (name === '--ink' ? '#111111' : '#eeeeee'));
const svg = (...shapes: Shape[]) => toSvg(shapes, { width: 100, height: 50, palette: PALETTE, title: 'a <picture>' });

describe('a picture as SVG', () => {
  it('is a document of its own with a title', () => {
    expect(svg()).toContain('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"');
    expect(svg()).toContain('<title>a &lt;picture&gt;</title>');
  });

  it('takes nothing that a container is called for markup', () => {
    const name = '<script>alert("x")</script>';
    const drawn = svg({
      kind: 'text',
      id: 't',
      x: 1,
      y: 2,
      text: name,
      font: { family: 'sans', size: 10, weight: 400 },
      tone: 'ink',
    });
    expect(drawn).not.toContain('<script>');
    expect(drawn).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(drawn).toContain('fill="#111111"');
  });

  it('rounds the corners of lines, at most to the middle of their parts', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 40 },
    ];
    const drawn = svg({ kind: 'line', id: 'l', points, stroke: 'ink', thickness: 2, corner: 8 });
    expect(drawn).toContain('d="M0 0L5 0Q10 0 10 8L10 40"');
  });

  it('dashes what is dashed', () => {
    const box = {
      kind: 'box',
      id: 'b',
      x: 0,
      y: 0,
      width: 10,
      height: 4,
      radius: 9,
      fill: null,
      stroke: 'ink',
    } as const;
    expect(svg({ ...box, dashed: true })).toContain(
      'rx="2" fill="none" stroke="#111111" stroke-width="1" stroke-dasharray',
    );
    expect(svg(box)).not.toContain('dasharray');
  });
});
