import { describe, expect, it } from 'vitest';
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

it('the life of a container is a chart', () => {
  const { id, initial, states } = Lifecycle.chart;
  expect([id, initial]).toEqual(['container', 'created']);
  expect(states.map(({ name }) => name)).toEqual([
    'created',
    'running',
    'paused',
    'restarting',
    'exited',
    'removing',
    'dead',
  ]);
  expect(states.find(({ name }) => name === 'paused')?.transitions).toEqual([
    { event: 'unpause', to: 'running' },
    { event: 'exit', to: 'exited' },
  ]);
});
