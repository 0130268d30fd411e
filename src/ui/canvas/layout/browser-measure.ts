import type { Font, Measure } from './measure.ts';

const MOST_KEPT = 5000;

/** Widths as this browser sets the page's fonts; each text is measured once. */
export function browserMeasure(fonts: { readonly sans: string; readonly mono: string }): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text: string, font: Font) => {
    const key = `${font.family}${font.size}${font.weight}${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (!context) return text.length * font.size * 0.62;
    context.font = `${font.weight} ${font.size}px ${fonts[font.family]}`;
    const width = context.measureText(text).width;
    if (known.size > MOST_KEPT) known.clear();
    known.set(key, width);
    return width;
  };
}
