import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { wheelDelay } from './timer-wheel.ts';

describe('a kernel timer', () => {
  it('rings late by at most an eighth of its time and a jiffy, never early', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.integer({ min: 4 * MILLISECOND, max: 120 * SECOND }), (now, delay) => {
        const real = wheelDelay(now, delay);
        expect(real).toBeGreaterThanOrEqual(delay);
        expect(real).toBeLessThanOrEqual(delay * 1.13 + 8 * MILLISECOND);
      }),
    );
  });

  it('of five seconds rings within 256 ms, one of a second within 32 ms', () => {
    expect(wheelDelay(0, 5 * SECOND)).toBe(5.12 * SECOND);
    expect(wheelDelay(0, SECOND)).toBe(1.024 * SECOND);
  });
});
