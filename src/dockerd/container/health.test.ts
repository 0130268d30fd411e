import { describe, expect, it } from 'vitest';
import { TestEngine } from '../engine.fixture.ts';
import type { Health } from './container.ts';
import { judge } from './health.ts';

const result = (ExitCode: number) => ({ Start: '', End: '', ExitCode, Output: '' });
const fresh = (): Health => ({ status: 'starting', failingStreak: 0, log: [] });

describe('what one result means', () => {
  it('a success is healthy at once', () => {
    const health = fresh();
    expect(judge(health, result(0), { retries: 3, inStartPeriod: true })).toBe(true);
    expect(health.status).toBe('healthy');
  });

  it('so many failures in a row are unhealthy, one success is healthy again', () => {
    const health = fresh();
    const changes = [1, 1, 1, 0, 1].map((code) => judge(health, result(code), { retries: 3, inStartPeriod: false }));
    expect(changes).toEqual([false, false, true, true, false]);
    expect(health).toMatchObject({ status: 'healthy', failingStreak: 1 });
  });

  it('failures of the start period count for nothing until it was healthy once', () => {
    const health = fresh();
    for (let i = 0; i < 5; i++) judge(health, result(1), { retries: 3, inStartPeriod: true });
    expect(health).toMatchObject({ status: 'starting', failingStreak: 0 });
    judge(health, result(0), { retries: 1, inStartPeriod: true });
    judge(health, result(1), { retries: 1, inStartPeriod: true });
    expect(health.status).toBe('unhealthy');
  });

  it('the last five results are kept', () => {
    const health = fresh();
    for (let i = 0; i < 9; i++) judge(health, result(i), { retries: 3, inStartPeriod: false });
    expect(health.log.map(({ ExitCode }) => ExitCode)).toEqual([4, 5, 6, 7, 8]);
  });
});

describe('a container with a check', () => {
  const Healthcheck = { Test: ['CMD', 'has', '/etc/ready'], Interval: 1e9, Retries: 2 };

  it('is starting, unhealthy, and healthy when the check says so', () => {
    const engine = new TestEngine();
    const container = engine.run('web', ['sleep', '1000'], { Healthcheck });
    expect(container.health).toMatchObject({ status: 'starting' });
    engine.pass(2.5);
    expect(container.health).toMatchObject({ status: 'unhealthy', failingStreak: 2 });
    const exec = engine.ask('POST', '/containers/web/exec', { body: { Cmd: ['put', '/etc/ready', 'x'] } });
    engine.ask('POST', `/exec/${(exec.body as { Id: string }).Id}/start`, { body: { Detach: true } });
    engine.pass(1.5);
    expect(container.health).toMatchObject({ status: 'healthy', failingStreak: 0 });
    expect(container.health?.log.at(-1)?.Output).toBe('yes\n');
    expect(engine.events().filter((line) => line.startsWith('health_status'))).toEqual([
      'health_status: unhealthy',
      'health_status: healthy',
    ]);
  });

  it('fails a check that takes too long, and checks no more when it has ended', () => {
    const engine = new TestEngine();
    const container = engine.run('web', ['exit', '0', '5'], {
      Healthcheck: { Test: ['CMD', 'sleep', '60'], Interval: 1e9, Timeout: 1e9, Retries: 1 },
    });
    engine.pass(3);
    expect(container.health).toMatchObject({ status: 'unhealthy' });
    expect(container.health?.log[0]).toMatchObject({ ExitCode: -1, Output: 'Health check exceeded timeout (1s)' });
    engine.pass(5);
    const { length } = container.health?.log ?? [];
    engine.pass(20);
    expect(container.health?.log).toHaveLength(length as number);
  });
});
