import { describe, expect, it } from 'vitest';
import { rowAfterKey, rowsInSight, scrollToRow } from './virtual-rows.ts';

describe('rows in sight', () => {
  it('are few, however many there are', () => {
    const { first, end } = rowsInSight(20_000, 28, 28 * 10_000, 600);
    expect(first).toBeLessThanOrEqual(10_000);
    expect(end).toBeGreaterThanOrEqual(10_000 + 21);
    expect(end - first).toBeLessThan(45);
  });

  it('never go beyond the list', () => {
    expect(rowsInSight(3, 28, 0, 600)).toEqual({ first: 0, end: 3 });
    expect(rowsInSight(0, 28, 0, 600)).toEqual({ first: 0, end: 0 });
    expect(rowsInSight(2, 28, 9000, 600)).toEqual({ first: 2, end: 2 });
  });
});

describe('scrolling to a row', () => {
  const window = { rowHeight: 28, scrollTop: 280, height: 300, header: 20 };
  it('moves no further than needed', () => {
    expect(scrollToRow(12, window)).toBe(280);
    expect(scrollToRow(2, window)).toBe(56);
    expect(scrollToRow(30, window)).toBe(31 * 28 - 280);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 4, 5],
    ['ArrowDown', 9, 9],
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 9],
    ['ArrowUp', 0, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['PageDown', 5, 9],
    ['PageUp', 5, 1],
    ['x', 5, null],
  ] as const)('%s from row %i', (key, row, next) => expect(rowAfterKey(key, row, 10, 4)).toBe(next));

  it('lead nowhere in an empty list', () => expect(rowAfterKey('End', -1, 0, 4)).toBeNull());
});
