import { describe, expect, it } from 'vitest';
import type { HopRecord } from '../../lab/feed/feed.ts';
import { EMPTY_VIEW } from '../../lab/view/empty-view.ts';
import { ViewHistory } from './view-history.ts';

const recordAt = (time: number): HopRecord => ({
  id: time,
  time,
  kind: 'transmit',
  place: { kind: 'namespace', namespace: 'ubuntu' },
  packet: null,
  journey: null,
  detail: '',
  because: null,
  cause: -1,
});

describe('looking back', () => {
  const [first, second] = [
    { ...EMPTY_VIEW, time: 1 },
    { ...EMPTY_VIEW, time: 5 },
  ];
  const history = new ViewHistory();
  history.push(first, 1);
  history.push(first, 3);
  history.push(second, 5);
  const at = (time: number) => history.of(recordAt(time), [recordAt(time)]);

  it('shows what still held at a step that changed nothing, not what came after it', () => {
    expect([at(1), at(2), at(3)]).toEqual([first, first, first]);
  });

  it('shows what a step changed', () => {
    expect([at(4), at(5)]).toEqual([second, second]);
  });

  it('shows the last there is beyond it, and before everything the first', () => {
    expect(at(9)).toBe(second);
    expect(history.before(0)).toBe(first);
  });
});
