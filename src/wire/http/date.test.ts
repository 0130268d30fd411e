import { expect, it } from 'vitest';
import { Random } from '../../sim/random.ts';
import { httpDate, parseHttpDate } from './date.ts';

it('writes dates as HTTP does', () => {
  expect(httpDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  expect(httpDate(Date.UTC(2024, 1, 29, 23, 59, 59))).toBe('Thu, 29 Feb 2024 23:59:59 GMT');
});

it('agrees with the language over the centuries, both ways', () => {
  const random = new Random(5);
  for (let i = 0; i < 500; i++) {
    const date = random.below(4_000_000_000) * 1000;
    expect(httpDate(date)).toBe(new Date(date).toUTCString());
    expect(parseHttpDate(httpDate(date))).toBe(date);
  }
});

it('takes nothing else for a date', () => {
  for (const text of ['', 'yesterday', 'Thu, 01 Foo 1970 00:00:00 GMT', '2026-11-23'])
    expect(parseHttpDate(text)).toBeNull();
});
