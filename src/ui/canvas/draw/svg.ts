import type { Point } from '../layout/geometry.ts';
import type { Palette } from './palette.ts';
import { corners } from './corners.ts';
import type { BoxShape, LineShape, Shape, TextShape } from './shape.ts';

export interface SvgOptions {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly title: string;
  readonly fonts?: { readonly sans: string; readonly mono: string };
}

const FONTS = {
  sans: 'system-ui, "Noto Sans JP", sans-serif',
  mono: '"JetBrains Mono", "DejaVu Sans Mono", monospace',
};

/** Shapes as an SVG document that stands for itself. */
export function toSvg(shapes: readonly Shape[], { width, height, palette, title, fonts = FONTS }: SvgOptions): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img">
<title>${escape(title)}</title>
<rect width="100%" height="100%" fill="${palette.paper}"/>
${svgBody(shapes, palette, fonts)}
</svg>
`;
}

/** The same shapes as elements of SVG, for a document that is there already. */
export function svgBody(
  shapes: readonly Shape[],
  palette: Palette,
  fonts: NonNullable<SvgOptions['fonts']> = FONTS,
): string {
  return shapes.map((shape) => element(shape, palette, fonts)).join('\n');
}

function element(shape: Shape, palette: Palette, fonts: NonNullable<SvgOptions['fonts']>): string {
  switch (shape.kind) {
    case 'box':
      return box(shape, palette);
    case 'line':
      return line(shape, palette);
    case 'text':
      return text(shape, palette, fonts);
    case 'disc':
      return `<circle cx="${n(shape.x)}" cy="${n(shape.y)}" r="${n(shape.radius)}"${paint(shape, palette)}/>`;
  }
}

function paint(
  { fill, stroke, thickness = 1, alpha }: Pick<BoxShape, 'fill' | 'stroke' | 'thickness' | 'alpha'>,
  palette: Palette,
): string {
  const edge = stroke ? ` stroke="${palette[stroke]}" stroke-width="${n(thickness)}"` : '';
  return ` fill="${fill ? palette[fill] : 'none'}"${edge}${opacity(alpha)}`;
}

const opacity = (alpha: number | undefined): string => (alpha === undefined ? '' : ` opacity="${n(alpha)}"`);

function box(shape: BoxShape, palette: Palette): string {
  const { x, y, width, height, radius, dashed } = shape;
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(Math.min(radius, height / 2))}"${paint(shape, palette)}${dash}/>`;
}

function line({ points, stroke, thickness, dashed, corner = 0, alpha }: LineShape, palette: Palette): string {
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  return `<path d="${path(points, corner)}" fill="none" stroke="${palette[stroke]}" stroke-width="${n(thickness)}" stroke-linecap="round"${dash}${opacity(alpha)}/>`;
}

function path(points: readonly Point[], radius: number): string {
  const [first, ...rest] = corners(points, radius);
  if (!first) return '';
  return [
    `M${n(first.to.x)} ${n(first.to.y)}`,
    ...rest.map(({ by, to }) => (by ? `Q${n(by.x)} ${n(by.y)} ${n(to.x)} ${n(to.y)}` : `L${n(to.x)} ${n(to.y)}`)),
  ].join('');
}

const ANCHOR = { start: 'start', middle: 'middle', end: 'end' } as const;

function text(shape: TextShape, palette: Palette, fonts: NonNullable<SvgOptions['fonts']>): string {
  const { x, y, font, tone, align = 'start', alpha } = shape;
  return `<text x="${n(x)}" y="${n(y + font.size * 0.35)}" font-family='${fonts[font.family].replaceAll("'", '"')}' font-size="${n(font.size)}" font-weight="${font.weight}" text-anchor="${ANCHOR[align]}" fill="${palette[tone]}"${opacity(alpha)}>${escape(shape.text).replaceAll('  ', '\u00a0 ')}</text>`;
}

const n = (value: number): string => String(Math.round(value * 100) / 100);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (value: string): string => value.replace(/[&<>"]/g, (char) => ENTITIES[char] as string);
