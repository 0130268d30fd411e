import { describe, expect, it } from 'vitest';
import { chartOf } from '../chart.ts';
import { LIFECYCLE } from './lifecycle-chart.ts';
import { Lifecycle, type LifecycleEvent } from './lifecycle.ts';

const after = (...events: readonly LifecycleEvent[]) => {
  const life = new Lifecycle();
  for (const event of events) life.send(event);
  return life.state;
};

describe('a container', () => {
  it('is created, runs, and has exited', () => {
    expect(after()).toBe('created');
    expect(after('start')).toBe('running');
    expect(after('start', 'exit')).toBe('exited');
    expect(after('start', 'exit', 'start')).toBe('running');
  });

  it('can be paused while it runs alone', () => {
    expect(after('start', 'pause')).toBe('paused');
    expect(after('start', 'pause', 'unpause')).toBe('running');
    expect(after('pause')).toBe('created');
  });

  it('is restarting between an end and the next start', () => {
    expect(after('start', 'restart')).toBe('restarting');
    expect(after('start', 'restart', 'start')).toBe('running');
    expect(after('start', 'restart', 'exit')).toBe('exited');
  });

  it('stays created where a first start fails', () => {
    expect(after('fail')).toBe('created');
    expect(after('start', 'exit', 'fail')).toBe('exited');
  });

  it('ends with its removal', () => {
    expect(after('remove', 'removed')).toBe('dead');
  });

  it('runs while it is paused, but not between two runs', () => {
    const life = new Lifecycle();
    life.send('start');
    life.send('pause');
    expect(life.running).toBe(true);
    life.send('unpause');
    life.send('restart');
    expect(life.running).toBe(false);
  });
});

describe('the chart of its life', () => {
  const { states, initial } = chartOf(LIFECYCLE);

  it('has all that a state can come to', () => {
    expect(states.map(({ name }) => name)).toContain(initial);
    expect(states.find(({ name }) => name === 'paused')?.transitions).toEqual([
      { event: 'unpause', to: 'running' },
      { event: 'exit', to: 'exited' },
    ]);
  });

  it('has no arrow that a container would not take', () => {
    const ways = new Map<string, readonly LifecycleEvent[]>([[initial, []]]);
    for (const [state, way] of ways)
      for (const { event, to } of states.find(({ name }) => name === state)?.transitions ?? []) {
        const longer = [...way, event as LifecycleEvent];
        expect(after(...longer)).toBe(to);
        if (!ways.has(to)) ways.set(to, longer);
      }
    expect([...ways.keys()].sort()).toEqual(states.map(({ name }) => name).sort());
  });
});
