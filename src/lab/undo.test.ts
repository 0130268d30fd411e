import { describe, expect, it } from 'vitest';
import type { LoggedInput } from './messages.ts';
import { undo } from './undo.ts';

const open: LoggedInput = { at: 1, open: 1, columns: 80, rows: 24, folder: '/home/user' };
const type = (at: number, text: string, terminal = 1): LoggedInput => ({ at, type: terminal, text });

describe('undo', () => {
  it('takes back a line with the keys that made it', () => {
    const log = [open, type(2, 'l'), type(3, 's'), type(4, '\r'), type(5, 'p'), type(6, 's'), type(7, '\r')];
    expect(undo(log)).toEqual({ log: log.slice(0, 4), time: 5, what: 'ps' });
  });

  it('takes back what was typed since, in whichever terminal', () => {
    const log = [open, type(2, 'ls\r'), type(3, 'nc -l\r', 2), type(4, 'he'), type(5, 'x', 2)];
    expect(undo(log)).toEqual({ log: log.slice(0, 2), time: 3, what: 'nc -l' });
  });

  it('takes back a saved file alone', () => {
    const log: LoggedInput[] = [open, type(2, 'ls\r'), { at: 3, write: '/home/user/a.yml', content: 'x' }];
    expect(undo(log)).toEqual({ log: log.slice(0, 2), time: 3, what: '/home/user/a.yml' });
  });

  it('leaves terminals open that came later, at their size, and forgets what was noted of the machine', () => {
    const second: LoggedInput = { at: 5, open: 2, columns: 80, rows: 24, folder: '/home/user' };
    const resize: LoggedInput = { at: 6, resize: 1, columns: 90, rows: 30 };
    const log: LoggedInput[] = [open, type(2, 'ls\r'), second, { at: 5, check: 1 }, resize];
    expect(undo(log)?.log).toEqual([open, second, resize]);
  });

  it('tells the line without the keys that are no text', () => {
    expect(undo([open, type(2, '\u001b[A'), type(3, '\r')])?.what).toBe('');
    expect(undo([open, type(2, 'do\u0009\u0015ls -l\r')])?.what).toBe('dols -l');
  });

  it('has nothing to take back at the beginning', () => {
    expect(undo([open])).toBeNull();
    expect(undo([])).toBeNull();
  });
});
