import { describe, expect, it } from 'vitest';
import { TestEngine } from '../engine.fixture.ts';

const status = (engine: TestEngine, name: string) => engine.container(name).lifecycle.state;
const RESTARTED = { RestartPolicy: { Name: 'always' } };

describe('stop', () => {
  it('ends a process that hears SIGTERM at once, and one that does not after the grace period', () => {
    const engine = new TestEngine();
    engine.run('soft', ['sleep', '1000']);
    engine.run('hard', ['deaf']);
    const began = engine.machine.queue.now;
    engine.ask('POST', '/containers/soft/stop');
    expect(engine.machine.queue.now - began).toBeLessThan(1e9);
    engine.ask('POST', '/containers/hard/stop', { query: { t: '3' } });
    expect((engine.machine.queue.now - began) / 1e9).toBeCloseTo(3, 0);
    expect([engine.container('soft').exitCode, engine.container('hard').exitCode]).toEqual([143, 137]);
    expect(engine.ask('POST', '/containers/soft/stop').status).toBe(304);
  });

  it('is the end, whatever the restart policy says', () => {
    const engine = new TestEngine();
    engine.run('back', ['sleep', '1000'], { HostConfig: RESTARTED });
    engine.ask('POST', '/containers/back/stop');
    engine.pass(60);
    expect(status(engine, 'back')).toBe('exited');
  });

  it('of a paused container thaws it', () => {
    const engine = new TestEngine();
    engine.run('cold', ['sleep', '1000']);
    engine.ask('POST', '/containers/cold/pause');
    expect(status(engine, 'cold')).toBe('paused');
    expect(engine.ask('POST', '/containers/cold/pause').status).toBe(409);
    engine.ask('POST', '/containers/cold/stop');
    expect(status(engine, 'cold')).toBe('exited');
  });
});

describe('a container that ends by itself', () => {
  it('comes back by its policy, later each time', () => {
    const engine = new TestEngine();
    const { id } = engine.run('flaky', ['exit', '4'], {
      HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
    });
    engine.pass(10);
    expect(engine.events()).toEqual(['create', ...Array.from({ length: 4 }, () => ['start', 'die 4']).flat()]);
    const inspected = engine.ask('GET', `/containers/${id}/json`).body as { RestartCount: number };
    expect(inspected.RestartCount).toBe(3);
    expect(status(engine, 'flaky')).toBe('exited');
  });

  it('is removed where that was asked for, with its anonymous volumes', () => {
    const engine = new TestEngine();
    engine.run('gone', ['exit', '0', '1'], { HostConfig: { AutoRemove: true }, Volumes: { '/data': {} } });
    expect(engine.daemon.volumes.list()).toHaveLength(1);
    engine.pass(2);
    expect(engine.daemon.containers.list()).toHaveLength(0);
    expect(engine.daemon.volumes.list()).toHaveLength(0);
  });

  it('takes the rest of its processes along', () => {
    const engine = new TestEngine();
    const container = engine.run('init', ['exit', '0', '5']);
    const exec = engine.ask('POST', '/containers/init/exec', { body: { Cmd: ['sleep', '100'] } }).body as {
      Id: string;
    };
    engine.ask('POST', `/exec/${exec.Id}/start`, { body: { Detach: true } });
    expect(container.tasks).toHaveLength(2);
    engine.pass(6);
    expect(container.tasks.every((task) => task.exitStatus !== null)).toBe(true);
  });
});

describe('a container that cannot start', () => {
  it.each([
    ['nosuch', 127, 'executable file not found'],
    ['/etc/passwd', 126, 'permission denied'],
  ])('%s: %i', (command, code, words) => {
    const engine = new TestEngine();
    const body = { Image: 'small', Cmd: [command] };
    engine.ask('POST', '/containers/create', { query: { name: 'bad' }, body });
    const started = engine.ask('POST', '/containers/bad/start');
    expect(started.status).toBe(500);
    expect(JSON.stringify(started.body)).toContain(words);
    expect(engine.container('bad')).toMatchObject({ exitCode: code });
    expect(status(engine, 'bad')).toBe('created');
  });

  it('is removed as well where it should go by itself, and whoever waits for that hears of it', () => {
    const engine = new TestEngine();
    const body = { Image: 'small', Cmd: ['nosuch'], HostConfig: { AutoRemove: true } };
    engine.ask('POST', '/containers/create', { query: { name: 'bad' }, body });
    engine.ask('POST', '/containers/bad/start');
    engine.pass(1);
    expect(engine.daemon.containers.list()).toHaveLength(0);
  });
});

describe('what a container may be', () => {
  it.each([
    [{ HostConfig: { Memory: 1000 } }, 'Minimum memory limit allowed is 6MB'],
    [{ HostConfig: { NanoCpus: 9e9 } }, 'range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available'],
    [{ HostConfig: { RestartPolicy: { Name: 'often' } } }, "unknown policy 'often'"],
    [{ HostConfig: { Binds: ['data:relative'] } }, "invalid mount path: 'relative' mount path must be absolute"],
    [{ HostConfig: { Binds: ['one:/d', 'two:/d'] } }, 'Duplicate mount point: /d'],
    [{ HostConfig: { LogConfig: { Type: 'papyrus' } } }, "logger: no log driver named 'papyrus' is registered"],
    [{ WorkingDir: 'here' }, "the working directory 'here' is invalid"],
    [{ StopSignal: 'SIGFOO' }, 'invalid signal: SIGFOO'],
  ])('not %j', (body, words) => {
    const engine = new TestEngine();
    const refused = engine.ask('POST', '/containers/create', { body: { Image: 'small', ...body } });
    expect(refused.status).toBe(400);
    expect((refused.body as { message: string }).message).toContain(words);
    expect(engine.daemon.containers.list()).toHaveLength(0);
  });

  it('a name that nobody else has', () => {
    const engine = new TestEngine();
    engine.run('one', ['sleep', '9']);
    const again = engine.ask('POST', '/containers/create', { query: { name: 'one' }, body: { Image: 'small' } });
    expect(again.status).toBe(409);
    expect(engine.ask('POST', '/containers/one/rename', { query: { name: 'two' } }).status).toBe(204);
    expect(engine.container('two').name).toBe('two');
  });

  it('limits that are changed later', () => {
    const engine = new TestEngine();
    engine.run('one', ['sleep', '9']);
    const limits = { Memory: 64 << 20, MemorySwap: 128 << 20, RestartPolicy: { Name: 'always' } };
    expect(engine.ask('POST', '/containers/one/update', { body: limits }).status).toBe(200);
    expect(engine.container('one').hostConfig).toMatchObject(limits);
    expect(engine.ask('POST', '/containers/one/update', { body: { Memory: 1 } }).status).toBe(400);
  });
});

describe('--sysctl', () => {
  const create = (engine: TestEngine, HostConfig: object) =>
    engine.ask('POST', '/containers/create', { query: { name: 'box' }, body: { Image: 'small', HostConfig } });

  it('says which settings are not here', () => {
    const engine = new TestEngine();
    const { body } = create(engine, { Sysctls: { 'net.core.somaxconn': '10', 'net.ipv4.ip_forward': '0' } });
    expect(body).toMatchObject({ Warnings: [expect.stringContaining('no setting net.core.somaxconn')] });
    expect(engine.ask('POST', '/containers/box/start').status).toBe(204);
    expect(engine.container('box').namespaces?.net.sysctlGet('net.ipv4.ip_forward')).toBe('0');
  });

  it.each([
    [{ Sysctls: { 'net.ipv4.ip_forward': 'abc' } }, 'failed to write sysctl net.ipv4.ip_forward = "abc"'],
    [
      { NetworkMode: 'host', Sysctls: { 'net.ipv4.ip_forward': '0' } },
      'sysctl "net.ipv4.ip_forward" not allowed in host network namespace',
    ],
  ])('refuses %j', (HostConfig, message) => {
    const engine = new TestEngine();
    create(engine, HostConfig);
    expect(engine.ask('POST', '/containers/box/start')).toMatchObject({
      status: 500,
      body: { message: expect.stringContaining(message) },
    });
  });
});
