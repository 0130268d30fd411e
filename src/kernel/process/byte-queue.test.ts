import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

describe('a queue of bytes', () => {
  it('gives them back in order, whatever the portions in and out', () => {
    const act = fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.nat(20));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 400 }), (acts) => {
        const queue = new ByteQueue();
        const expected: number[] = [];
        for (const step of acts) {
          if (typeof step === 'number')
            expect([...queue.take(step)]).toEqual(expected.splice(0, Math.min(step, expected.length)));
          else {
            queue.push(step);
            expected.push(...step);
          }
          expect(queue.length).toBe(expected.length);
        }
        expect([...queue.take(Number.POSITIVE_INFINITY)]).toEqual(expected);
      }),
    );
  });
});
