import { expect, it } from 'vitest';
import { DropReason } from '../../../kernel/net/drop-reason.ts';
import { CANVAS_WORDS } from './words.ts';

it.each(Object.values(DropReason))('%s is said in Japanese', (reason) => {
  expect(CANVAS_WORDS.ja.reason(reason)).toMatch(/[\u3040-\u9fff]/);
});
