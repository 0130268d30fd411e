import fc from 'fast-check';
import { applyPatches, enablePatches, produceWithPatches } from 'immer';
import { describe, expect, it } from 'vitest';
import { reconcile } from './reconcile.ts';

enablePatches();

const bring = (before: object, after: object) =>
  produceWithPatches(before, (draft: object) => reconcile(draft, before, after));

/** Views are trees of plain data, as JSON knows them. */
const { tree } = fc.letrec<{ tree: Record<string, unknown>; value: unknown }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'toString', 'length'), tie('value'), { noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(1, 2, 'x', null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('tree'),
  ),
}));

describe('reconcile', () => {
  it('comes to the new state, and so do its patches on the other side of the wall', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const [next, patches] = bring(before, after);
        const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
        expect(plain(next)).toEqual(plain(after));
        expect(plain(applyPatches(before, structuredClone(patches)))).toEqual(plain(after));
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('keeps what has not changed', () => {
    const before = { namespaces: { a: { routes: ['x'] }, b: { routes: ['y'] } }, time: 1 };
    const [next] = bring(before, { namespaces: { a: { routes: ['x'] }, b: { routes: ['z'] } }, time: 2 });
    const { namespaces } = next as typeof before;
    expect(namespaces.a).toBe(before.namespaces.a);
    expect(namespaces.b).not.toBe(before.namespaces.b);
  });

  it('says no more than what has changed', () => {
    const before = { containers: { x: { name: 'web', state: 'running' } }, rows: [{ n: 1 }, { n: 2 }] };
    const [, patches] = bring(before, {
      containers: { x: { name: 'web', state: 'exited' } },
      rows: [{ n: 1 }, { n: 3 }, { n: 4 }],
    });
    expect(patches).toHaveLength(3);
    expect(patches).toEqual(
      expect.arrayContaining([
        { op: 'replace', path: ['containers', 'x', 'state'], value: 'exited' },
        { op: 'replace', path: ['rows', 1, 'n'], value: 3 },
        { op: 'add', path: ['rows', 2], value: { n: 4 } },
      ]),
    );
  });
});
