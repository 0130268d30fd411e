import { describe, expect, it } from 'vitest';
import { Preferences } from './preferences.ts';

const storage = (items = new Map<string, string>()) => ({
  items,
  getItem: (name: string) => items.get(name) ?? null,
  setItem: (name: string, value: string) => void items.set(name, value),
});

describe('preferences', () => {
  it('are there at the next visit', () => {
    const { items } = storage();
    new Preferences(storage(items)).set('language', 'ja');
    expect(new Preferences(storage(items)).get('language')).toBe('ja');
  });

  it('hold until the page is closed where storage is full, and say so', () => {
    const preferences = new Preferences({
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    });
    expect(preferences.kept.value).toBe(true);
    preferences.set('language', 'ja');
    expect(preferences.get('language')).toBe('ja');
    expect(preferences.kept.value).toBe(false);
  });

  it('do without storage', () => {
    const preferences = new Preferences(null);
    preferences.set('size', '300');
    expect(preferences.number('size', 200, [100, 250])).toBe(250);
    expect(preferences.kept.value).toBe(false);
  });

  it('take nothing that is no number for one', () => {
    const { items } = storage(new Map([['bridgewalk.size', 'wide']]));
    expect(new Preferences(storage(items)).number('size', 200, [100, 250])).toBe(200);
  });
});
