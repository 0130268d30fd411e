import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearRegExp } from './linear-regexp.ts';

/** Expressions of a few letters, all of which JavaScript's own engine can match, too. */
const expressions = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', 'a*', 'b+', '(?:ab)', 'a?', 'a{1,2}', '^', '$', '\\b', 'a+?'),
    fc.tuple(tie('regex'), tie('regex')).map(([a, b]) => a + b),
    fc.tuple(tie('regex'), tie('regex')).map(([a, b]) => `(${a}|${b})`),
    tie('regex').map((a) => `(${a}a)+`),
    tie('regex').map((a) => `(?:${a}b)*`),
  ),
})).regex;
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 8 });

const SLOW = [
  ['(a+)+$', 'a'.repeat(40) + 'b'],
  ['^(a|aa)+$', 'a'.repeat(60) + 'b'],
  ['(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$', 'a'.repeat(200)],
  ['^.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*c$', 'a'.repeat(60) + 'b'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60)],
] as const;

describe('a linear regular expression', () => {
  it.each(SLOW)('%s ends on a text that sends others astray', (source, text) => {
    expect(linearRegExp(source).test(text)).toBe(false);
  });

  it('finds what JavaScript finds, where there is only one way to find it', () => {
    fc.assert(
      fc.property(expressions, texts, (source, text) => {
        const mine = linearRegExp(source).exec(text);
        const other = new RegExp(source).exec(text);
        expect(mine && [mine.index, mine[0]]).toEqual(other && [other.index, other[0]]);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it('replaces, splits and counts groups as strings do', () => {
    const regex = linearRegExp('((a|b)+)(c|d)*', 'g');
    expect('xabcy-bd'.replace(regex, '<$1>')).toBe('x<ab>y-<b>');
    expect([...'ab cd ba'.matchAll(regex)].map(({ index }) => index)).toEqual([0, 6]);
    expect('1aab2b3'.split(linearRegExp('(?:a|b)+'))).toEqual(['1', '2', '3']);
    expect(linearRegExp('(a|(b))+').exec('ab')?.slice(0, 3)).toEqual(['ab', 'b', 'b']);
  });

  it('takes characters beyond the first plane as one', () => {
    expect(linearRegExp('^(?:.|x)+$', 'u').test('😀')).toBe(true);
    expect(linearRegExp('(?:日|本)+', 'u').exec('a日本')?.index).toBe(1);
  });
});
