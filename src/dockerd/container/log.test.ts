import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import { ContainerLog } from './log.ts';

const DATE = Date.UTC(2026, 10, 23);

function textOf(log: ContainerLog): string[] {
  return Array.from({ length: log.length - log.dropped }, (_, i) => {
    const entry = log.at(log.dropped + i);
    return entry ? `${entry.stream} ${decodeUtf8(entry.line)}` : 'missing';
  });
}

describe("a container's log", () => {
  it('has an entry for each line, put together from what came in pieces', () => {
    const log = new ContainerLog();
    log.write('stdout', encodeUtf8('one\ntw'), DATE, 0);
    log.write('stderr', encodeUtf8('bad\n'), DATE, 5);
    log.write('stdout', encodeUtf8('o\n\n'), DATE, 6);
    expect(textOf(log)).toEqual(['stdout one\n', 'stderr bad\n', 'stdout two\n', 'stdout \n']);
    expect(log.at(1)).toMatchObject({ time: '2026-11-23T00:00:00.000000005Z', date: DATE });
  });

  it('has the last line also where it has no end', () => {
    const log = new ContainerLog();
    log.write('stdout', encodeUtf8('hi'), DATE, 0);
    expect(log.length).toBe(0);
    log.flush(DATE, 0);
    expect(textOf(log)).toEqual(['stdout hi']);
    log.flush(DATE, 0);
    expect(log.length).toBe(1);
  });

  it('lets the oldest go, and keeps the numbers of those that stay', () => {
    const log = new ContainerLog();
    for (let i = 0; i < 60_000; i++) log.write('stdout', encodeUtf8(`line ${i}\n`), DATE, 0);
    expect(log.length).toBe(60_000);
    expect(log.dropped).toBeGreaterThan(30_000);
    expect(log.at(log.dropped - 1)).toBeUndefined();
    for (const number of [log.dropped, 59_999])
      expect(textOf(log)[number - log.dropped]).toBe(`stdout line ${number}\n`);
  });
});
