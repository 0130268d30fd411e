import { describe, expect, it } from 'vitest';
import { EditLine } from './edit-line.ts';

function typed(text: string): EditLine {
  const line = new EditLine();
  for (const character of text) line.insert(character);
  return line;
}

describe('a line that is being edited', () => {
  it('takes text at the cursor', () => {
    const line = typed('docker ls');
    line.cursor = 7;
    line.insert('network ');
    expect(line.text).toBe('docker network ls');
    expect(line.cursor).toBe(15);
  });

  it('joins a combining mark to the character in front of it', () => {
    const line = typed('がx');
    expect(line.characters).toEqual(['が', 'x']);
    line.cursor = 1;
    line.remove(0);
    expect(line.text).toBe('x');
  });

  it('takes every change back, one after the other', () => {
    const line = typed('abc');
    line.transpose();
    line.cursor = 1;
    line.remove(3, { kill: true });
    line.yank();
    line.yank();
    const seen: string[] = [];
    do seen.push(line.text);
    while (line.undo());
    expect(seen).toEqual(['acbcb', 'acb', 'a', 'acb', 'abc', 'ab', 'a', '']);
  });

  it('has nothing to take back in a line that came from the history', () => {
    const line = typed('abc');
    line.set('docker ps');
    expect(line.undo()).toBe(false);
    expect(line.text).toBe('docker ps');
  });
});
