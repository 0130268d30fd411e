import { describe, expect, it } from 'vitest';
import { VIEW } from '../inspector/view.fixture.ts';
import { Preferences } from '../session/preferences.ts';
import { openAddresses } from './open-ports.ts';
import { rememberAddress, visitedAddresses } from './visited.ts';

describe('addresses that were asked for', () => {
  it('are remembered, newest first, each once, not too many', () => {
    const preferences = new Preferences(null);
    for (let i = 0; i < 20; i++) rememberAddress(preferences, `http://localhost:${i}/`);
    rememberAddress(preferences, 'http://localhost:15/');
    const kept = visitedAddresses(preferences);
    expect(kept.slice(0, 3)).toEqual(['http://localhost:15/', 'http://localhost:19/', 'http://localhost:18/']);
    expect(kept).toHaveLength(12);
  });

  it('are none where something else was written', () => {
    const preferences = new Preferences(null);
    preferences.set('browser.addresses', '{');
    expect(visitedAddresses(preferences)).toEqual([]);
    preferences.set('browser.addresses', '[1,"http://a/"]');
    expect(visitedAddresses(preferences)).toEqual(['http://a/']);
  });
});

describe('addresses worth a try', () => {
  it('are those of published ports, as each machine reaches them', () => {
    expect(openAddresses(VIEW, 'host')).toEqual(['http://localhost:1234/']);
    expect(openAddresses(VIEW, 'lan')).toEqual(['http://192.168.0.10:1234/']);
  });
});
