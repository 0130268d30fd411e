import { describe, expect, it } from 'vitest';
import { displayablePorts } from './ports.ts';
import { naturalOrder } from './natural-order.ts';
import { alignTabs, ellipsis, LIST_LAYOUT, TOP_LAYOUT } from './table.ts';
import { bytesSize, goTime, humanDuration, humanSize, rfc3339 } from './units.ts';

describe('a table', () => {
  it('has columns of ten at least, three spaces apart, and no trailing padding', () => {
    expect(alignTabs('CONTAINER ID\tIMAGE\tNAMES\nabc\tbusybox\tone\n', LIST_LAYOUT)).toBe(
      'CONTAINER ID   IMAGE     NAMES\nabc            busybox   one\n',
    );
  });

  it('keeps an empty cell as wide as its column', () => {
    expect(alignTabs('PORTS\tNAMES\n\tone\n', LIST_LAYOUT)).toBe('PORTS     NAMES\n          one\n');
  });

  it('of docker top has columns of twenty', () => {
    expect(alignTabs('PID\tCOMMAND\n18664\tsleep\n', TOP_LAYOUT)).toBe(
      'PID                 COMMAND\n18664               sleep\n',
    );
  });

  it('ends a column where a line lacks it', () => {
    expect(alignTabs('a very long cell\tx\nshort\nb\ty\n', LIST_LAYOUT)).toBe(
      'a very long cell   x\nshort\nb         y\n',
    );
  });

  it('counts wide characters twice', () => {
    expect(alignTabs('名前\tx\nab\ty', { minimum: 1, padding: 1 })).toBe('名前 x\nab   y');
  });
});

describe('texts are cut', () => {
  it('with an ellipsis that counts', () => {
    expect(ellipsis('/docker-entrypoint.sh nginx', 20)).toBe('/docker-entrypoint.…');
    expect(ellipsis('exactly twenty chars', 20)).toBe('exactly twenty chars');
  });
});

describe('spans of time', () => {
  const second = 1000;
  const hour = 3600 * second;
  it.each([
    [0, 'Less than a second'],
    [999, 'Less than a second'],
    [second, '1 second'],
    [59 * second, '59 seconds'],
    [60 * second, 'About a minute'],
    [119 * second, 'About a minute'],
    [31 * 60 * second, '31 minutes'],
    [60 * 60 * second, 'About an hour'],
    [90 * 60 * second, '2 hours'],
    [47 * hour, '47 hours'],
    [48 * hour, '2 days'],
    [15 * 24 * hour, '2 weeks'],
    [61 * 24 * hour, '2 months'],
    [800 * 24 * hour, '2 years'],
  ])('%d ms', (span, words) => {
    expect(humanDuration(span)).toBe(words);
  });
});

describe('sizes', () => {
  it('have units of 1000 and so many digits', () => {
    expect(humanSize(1_180_432, 3)).toBe('1.18MB');
    expect(humanSize(14_912_345, 3)).toBe('14.9MB');
    expect(humanSize(2048, 3)).toBe('2.05kB');
    expect(humanSize(0)).toBe('0B');
  });

  it('or of 1024', () => {
    expect(bytesSize(1_048_576)).toBe('1MiB');
    expect(bytesSize(5_525_504)).toBe('5.27MiB');
  });
});

describe('the calendar', () => {
  it('knows leap years', () => {
    expect(rfc3339(951_782_400_000)).toBe('2000-02-29T00:00:00Z');
    expect(goTime(1_795_375_134)).toBe('2026-11-22 19:18:54 +0000 UTC');
  });
});

describe('ports', () => {
  const both = (PrivatePort: number, PublicPort: number, Type = 'tcp') =>
    ['0.0.0.0', '::'].map((IP) => ({ IP, PrivatePort, PublicPort, Type }));

  it('on both families', () => {
    expect(displayablePorts(both(80, 8080))).toBe('0.0.0.0:8080->80/tcp, [::]:8080->80/tcp');
  });

  it('that keep their numbers are one range', () => {
    const ports = [...both(53, 5353, 'udp'), ...both(9000, 9000), ...both(9001, 9001), ...both(9002, 9002)];
    expect(displayablePorts(ports)).toBe(
      '0.0.0.0:9000-9002->9000-9002/tcp, [::]:9000-9002->9000-9002/tcp, 0.0.0.0:5353->53/udp, [::]:5353->53/udp',
    );
  });

  it('that are only exposed have no address', () => {
    expect(displayablePorts([{ PrivatePort: 80, Type: 'tcp' }])).toBe('80/tcp');
  });
});

describe('names', () => {
  it('sort by the numbers in them', () => {
    expect(['p10', 'p2', 'p1', 'bridge'].sort(naturalOrder)).toEqual(['bridge', 'p1', 'p2', 'p10']);
  });
});
