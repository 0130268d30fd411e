import { describe, expect, it } from 'vitest';
import type { Check } from './course/exercise.ts';
import { Progress } from './progress.ts';

const check = (id: string, ...after: readonly string[]): Check => ({
  id,
  after,
  label: { ja: id, en: id },
  when: { all: [] },
  hints: [],
});

describe('progress', () => {
  it('opens a check when those before it are satisfied', () => {
    const progress = new Progress([check('a'), check('b', 'a'), check('c', 'a', 'b')]);
    expect(progress.states()).toEqual({ a: 'open', b: 'waiting', c: 'waiting' });
    progress.satisfy('a', 5);
    expect(progress.states()).toEqual({ a: 'satisfied', b: 'open', c: 'waiting' });
    progress.satisfy('b', 9);
    expect(progress.states()).toEqual({ a: 'satisfied', b: 'satisfied', c: 'open' });
  });

  it('does not take a check that still waits', () => {
    const progress = new Progress([check('a'), check('b', 'a')]);
    progress.satisfy('b', 5);
    expect(progress.states()).toEqual({ a: 'open', b: 'waiting' });
  });

  it('is solved when every check is satisfied, in whichever order they allow', () => {
    const progress = new Progress([check('a'), check('b')]);
    progress.satisfy('b', 1);
    expect(progress.solved).toBe(false);
    progress.satisfy('a', 2);
    expect(progress.solved).toBe(true);
  });

  it('knows since when an answer counts: since the last of those before it', () => {
    const progress = new Progress([check('a'), check('b'), check('c', 'a', 'b')]);
    expect(progress.since([])).toBe(-1);
    progress.satisfy('b', 7);
    progress.satisfy('a', 3);
    expect(progress.since(['a', 'b'])).toBe(7);
  });
});
