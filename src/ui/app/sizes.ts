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

/** The size that was chosen at an earlier visit, or the usual one. */
export function rememberedSize(preferences: Preferences, name: PaneSize): number {
  const { usual, least, most } = SIZES[name];
  return preferences.number(`size-${name}`, usual, [least, most]);
}

export function rememberSize(preferences: Preferences, name: PaneSize, size: number): void {
  preferences.set(`size-${name}`, String(Math.round(size)));
}
