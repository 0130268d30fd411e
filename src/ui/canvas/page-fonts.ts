/** The families of the page's style sheet. */
export interface PageFonts {
  readonly sans: string;
  readonly mono: string;
}

/** As the page's style sheet gives them (theme/tokens.css). */
export function pageFonts(): PageFonts {
  const style = getComputedStyle(document.documentElement);
  return {
    sans: style.getPropertyValue('--sans').trim() || 'sans-serif',
    mono: style.getPropertyValue('--mono').trim() || 'monospace',
  };
}
