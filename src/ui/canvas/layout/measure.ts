/** How a text is set. */
export interface Font {
  readonly family: 'sans' | 'mono';
  readonly size: number;
  readonly weight: 400 | 600;
}

/** The names of containers and networks. */
export const NAME_FONT: Font = { family: 'sans', size: 13, weight: 600 };

export type Measure = (text: string, font: Font) => number;

/** Widths where there is no browser to measure: generous, so that what fits here fits on the screen. */
export const roughMeasure: Measure = (text, { family, size, weight }) => {
  let width = 0;
  for (const char of text) {
    const wide = (char.codePointAt(0) as number) > 0x2e80;
    width += wide ? 1 : family === 'mono' ? 0.61 : weight === 600 ? 0.6 : 0.56;
  }
  return width * size;
};

/** Shortens a text in its middle until it fits: both ends of a name tell it apart. */
export function fitText(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  for (let kept = text.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (measure(short, font) <= width) return short;
  }
  return '…';
}
