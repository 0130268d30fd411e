import { describe, expect, it } from 'vitest';
import { SemanticMarks } from './semantic-marks.ts';

const mark = (text: string) => `\u001b]133;${text}\u0007`;

describe('semantic marks', () => {
  it('tell prompt, line and output apart, and when a command has ended', () => {
    const marks = new SemanticMarks();
    expect(marks.feed(`${mark('A')}user$ ${mark('B')}ls${mark('C')}a b\r\n${mark('D;2')}${mark('A')}user$ `)).toEqual([
      { kind: 'text', region: 'prompt', text: 'user$ ' },
      { kind: 'text', region: 'line', text: 'ls' },
      { kind: 'text', region: 'output', text: 'a b\r\n' },
      { kind: 'ended', status: 2 },
      { kind: 'text', region: 'prompt', text: 'user$ ' },
    ]);
  });

  it('come whole wherever the chunks are cut', () => {
    const text = `${mark('C')}one${mark('D;0')}`;
    for (let cut = 0; cut <= text.length; cut++) {
      const marks = new SemanticMarks();
      const segments = [...marks.feed(text.slice(0, cut)), ...marks.feed(text.slice(cut))];
      const shown = segments.map((each) => (each.kind === 'text' ? each.text : '')).join('');
      expect(shown).toBe('one');
      expect(segments.at(-1)).toEqual({ kind: 'ended', status: 0 });
    }
  });

  it('leave other escape sequences alone', () => {
    const marks = new SemanticMarks();
    expect(marks.feed('\u001b[32mgreen\u001b[0m')).toEqual([
      { kind: 'text', region: 'output', text: '\u001b[32mgreen\u001b[0m' },
    ]);
  });
});
