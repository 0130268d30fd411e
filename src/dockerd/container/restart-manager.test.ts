import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { RestartManager } from './restart-manager.ts';

const always = { Name: 'always', MaximumRetryCount: 0 };

describe('the pause before a restart', () => {
  it('is 100 ms and doubles up to a minute', () => {
    const restarts = new RestartManager();
    const pauses = Array.from({ length: 12 }, () => Number(restarts.next(always, 1, 0)) / MILLISECOND);
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000]);
    expect(restarts.count).toBe(12);
  });

  it('begins anew after a run of ten seconds', () => {
    const restarts = new RestartManager();
    restarts.next(always, 1, 0);
    restarts.next(always, 1, 0);
    expect(restarts.next(always, 1, 10 * SECOND - 1)).toBe(400 * MILLISECOND);
    expect(restarts.next(always, 1, 10 * SECOND)).toBe(100 * MILLISECOND);
  });

  it('begins anew with a start by hand, and so does the count', () => {
    const restarts = new RestartManager();
    restarts.next(always, 1, 0);
    restarts.reset();
    expect(restarts.count).toBe(0);
    expect(restarts.next(always, 1, 0)).toBe(100 * MILLISECOND);
  });
});

describe('whether there is a restart', () => {
  it.each([
    ['no', 0, 1, false],
    ['always', 0, 0, true],
    ['unless-stopped', 0, 0, true],
    ['on-failure', 0, 0, false],
    ['on-failure', 0, 1, true],
  ])('%s, at most %i, exit %i: %s', (Name, MaximumRetryCount, exit, expected) => {
    expect(new RestartManager().next({ Name, MaximumRetryCount }, exit, 0) !== null).toBe(expected);
  });

  it('on-failure gives up after so many', () => {
    const restarts = new RestartManager();
    const policy = { Name: 'on-failure', MaximumRetryCount: 2 };
    expect([1, 1, 1].map((exit) => restarts.next(policy, exit, 0) !== null)).toEqual([true, true, false]);
    expect(restarts.count).toBe(2);
  });
});
