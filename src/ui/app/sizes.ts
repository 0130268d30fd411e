import type { Preferences } from '../session/preferences.ts';

/** What the splitters move, in pixels. */
export type PaneSize = 'guide' | 'details' | 'lower' | 'dock';

export interface SizeRule {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

export const SIZES: Readonly<Record<PaneSize, SizeRule>> = {
  guide: { usual: 344, least: 240, most: 560 },
  details: { usual: 300, least: 200, most: 560 },
  lower: { usual: 348, least: 120, most: 900 },
  dock: { usual: 432, least: 240, most: 900 },
};

/** How much of a low window's height goes to what is below the picture, where nobody has chosen otherwise. */
const LOWER_PART = 0.39;

/** The size that a pane has where nobody has chosen another. */
export function usualSize(name: PaneSize): number {
  const { usual } = SIZES[name];
  return name === 'lower' ? Math.min(usual, Math.round(innerHeight * LOWER_PART)) : usual;
}

/** The size that was chosen at an earlier visit, or the usual one. */
export function rememberedSize(preferences: Preferences, name: PaneSize): number {
  const { least, most } = SIZES[name];
  return preferences.number(`size-${name}`, usualSize(name), [least, most]);
}

export function rememberSize(preferences: Preferences, name: PaneSize, size: number): void {
  preferences.set(`size-${name}`, String(Math.round(size)));
}
