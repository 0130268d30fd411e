import { describe, expect, it } from 'vitest';
import { type Key, TerminalKeys } from './terminal-keys.ts';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});
const meaning = (event: Key, selected = false) => new TerminalKeys().meaning(event, { selected });

describe('keys of a terminal', () => {
  it('copy with Ctrl+C when something is selected, and interrupt when not', () => {
    expect(meaning(key('c', { ctrlKey: true }), true)).toBe('copy');
    expect(meaning(key('c', { ctrlKey: true }), false)).toBe('machine');
    expect(meaning(key('C', { ctrlKey: true, shiftKey: true }), false)).toBe('copy');
  });

  it('paste with Ctrl+V and Ctrl+Shift+V, which the browser does', () => {
    expect(meaning(key('v', { ctrlKey: true }))).toBe('browser');
    expect(meaning(key('V', { ctrlKey: true, shiftKey: true }))).toBe('browser');
  });

  it('leave with Escape and then Tab, but not with Tab alone or later', () => {
    const keys = new TerminalKeys();
    const press = (event: Key) => keys.meaning(event, { selected: false });
    expect(press(key('Tab'))).toBe('machine');
    expect(press(key('Escape'))).toBe('hold');
    expect(press(key('Shift', { shiftKey: true }))).toBe('modifier');
    expect(press(key('Tab', { shiftKey: true }))).toBe('leave');
    expect(press(key('Escape'))).toBe('hold');
    expect(press(key('a'))).toBe('machine');
    expect(press(key('Tab'))).toBe('machine');
  });

  it('submit nothing with the Enter that confirms a composition', () => {
    expect(meaning(key('Enter', { isComposing: true }))).toBe('nothing');
    expect(meaning(key('Enter', { keyCode: 229 }))).toBe('nothing');
    expect(meaning(key('Enter', { keyCode: 13 }))).toBe('machine');
  });

  it('leave everything else to the machine: Ctrl+A, Ctrl+R, Alt+B', () => {
    expect(meaning(key('r', { ctrlKey: true }))).toBe('machine');
    expect(meaning(key('a', { ctrlKey: true }))).toBe('machine');
    expect(meaning(key('b', { altKey: true }))).toBe('machine');
  });
});
