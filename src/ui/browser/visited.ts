import type { Preferences } from '../session/preferences.ts';

const NAME = 'browser.addresses';
const MOST = 12;

/** Addresses that were asked for, newest first, as they are remembered between visits. */
export function visitedAddresses(preferences: Preferences): readonly string[] {
  try {
    const kept: unknown = JSON.parse(preferences.get(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string').slice(0, MOST) : [];
  } catch {
    // Somebody else wrote there.
    return [];
  }
}

export function rememberAddress(preferences: Preferences, url: string): void {
  const others = visitedAddresses(preferences).filter((each) => each !== url);
  preferences.set(NAME, JSON.stringify([url, ...others].slice(0, MOST)));
}
