import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressMap } from './address-map.ts';

const step = fc.record({
  // Few keys, so that they meet; the extremes, because they are signed.
  key: fc.oneof(fc.integer({ min: -8, max: 40 }), fc.constantFrom(0, -1, 0x7fffffff, -0x80000000)),
  set: fc.boolean(),
});

describe('an address map', () => {
  it('holds what a Map would hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const map = new AddressMap<{ n: number }>();
        const model = new Map<number, { n: number }>();
        for (const [n, { key, set }] of steps.entries()) {
          if (set) {
            map.set(key, { n });
            model.set(key, { n });
          } else expect(map.delete(key)).toBe(model.delete(key));
          expect(map.size).toBe(model.size);
          for (const { key: other } of steps) expect(map.get(other)).toEqual(model.get(other));
        }
        expect([...map.values()].map((v) => v.n).sort((a, b) => a - b)).toEqual(
          [...model.values()].map((v) => v.n).sort((a, b) => a - b),
        );
      }),
      { numRuns: 50 },
    );
  });
});
