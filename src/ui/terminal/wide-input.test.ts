import { describe, expect, it } from 'vitest';
import { narrowed, wideInput } from './wide-input.ts';

describe('full-width input', () => {
  it('is found wherever it stands', () => {
    expect(wideInput('ｄｏｃｋｅｒ ps')).toBe('ｄｏｃｋｅｒ');
    expect(wideInput('docker　ps')).toBe('　');
    expect(wideInput('docker ps －a')).toBe('－');
  });

  it('is not what Japanese text is made of', () => {
    expect(wideInput('echo こんにちは カタカナ 漢字。')).toBeNull();
    expect(wideInput('docker ps')).toBeNull();
  });

  it('becomes the ASCII letters that were meant', () => {
    expect(narrowed('ｄｏｃｋｅｒ　ｎｅｔｗｏｒｋ　ｌｓ')).toBe('docker network ls');
    expect(narrowed('echo ＄ＨＯＭＥ｜ｃａｔ ～ 日本')).toBe('echo $HOME|cat ~ 日本');
  });
});
