import { describe, expect, it } from 'vitest';
import { DropReason } from '../../../kernel/net/drop-reason.ts';
import { DROP_WORDS } from './drop-words.ts';

describe('why a packet was dropped', () => {
  for (const language of ['en', 'ja'] as const)
    it(`is explained for each of the kernel's reasons, and for none that it doesn't have (${language})`, () => {
      expect(Object.keys(DROP_WORDS[language]).sort()).toEqual(Object.values(DropReason).sort());
    });

  it('says what happened, why, and what to do, each in words of its own', () => {
    for (const language of ['en', 'ja'] as const)
      for (const { name, what, why, remedy } of Object.values(DROP_WORDS[language])) {
        expect(new Set([name, what, why, remedy]).size).toBe(4);
        expect(name.length).toBeLessThan(28);
        for (const text of [what, why, remedy]) expect(text.split('`').length % 2).toBe(1);
      }
  });
});
