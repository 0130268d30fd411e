import { describe, expect, it } from 'vitest';
import { TestEngine } from '../../engine.fixture.ts';
import { fitsEvent } from './events.ts';
import { readTable } from './top.ts';

describe('an exec', () => {
  const run = (engine: TestEngine, command: readonly string[]) => {
    const created = engine.ask('POST', '/containers/box/exec', { body: { Cmd: command, AttachStdout: true } });
    const { Id } = created.body as { Id: string };
    engine.ask('POST', `/exec/${Id}/start`, { body: {} });
    engine.pass(1);
    return (engine.ask('GET', `/exec/${Id}/json`).body as { ExitCode: number }).ExitCode;
  };

  it('ends with the code of its command; 127 and 126 where there is none to run', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    expect(run(engine, ['exit', '7'])).toBe(7);
    expect(run(engine, ['nosuch'])).toBe(127);
    expect(run(engine, ['/etc/passwd'])).toBe(126);
  });

  it('needs a container that runs', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    engine.ask('POST', '/containers/box/pause');
    const asked = () => engine.ask('POST', '/containers/box/exec', { body: { Cmd: ['exit'] } });
    expect(asked()).toMatchObject({
      status: 409,
      body: { message: 'Container box is paused, unpause the container before exec' },
    });
    engine.ask('POST', '/containers/box/stop');
    expect(asked().status).toBe(409);
  });

  it('is refused at once where a linked container has ended, not where it is about to start again', () => {
    const engine = new TestEngine();
    engine.run('server', ['exit', '0', '5'], { HostConfig: { RestartPolicy: { Name: 'always' } } });
    engine.run('client', ['sleep', '1000'], { HostConfig: { Links: ['server:web'] } });
    const asked = () => engine.ask('POST', '/containers/client/exec', { body: { Cmd: ['exit'] } });
    for (let i = 0; i < 1000 && engine.container('server').lifecycle.state === 'running'; i++) engine.pass(0.01);
    expect(engine.container('server').lifecycle.state).toBe('restarting');
    expect(asked().status).toBe(201);
    engine.ask('POST', '/containers/server/stop');
    expect(asked()).toMatchObject({
      status: 500,
      body: { message: 'Cannot link to a non running container: /server AS /client/web' },
    });
  });
});

describe('top', () => {
  it("shows the container's lines of the host's ps", () => {
    const engine = new TestEngine();
    const container = engine.run('box', ['sleep', '1000']);
    const pid = container.task?.pids.get(engine.machine.kernel.hostNamespaces.pids);
    expect(engine.ask('GET', '/containers/box/top').body).toEqual({
      Titles: ['PID', 'CMD'],
      Processes: [[String(pid), 'sleep 1000']],
    });
  });

  it('needs a column of process ids', () => {
    expect(readTable('USER CMD\nroot x\n', [1])).toMatchObject({ ok: false });
  });
});

describe('volumes', () => {
  it('begin with what the image has at their place, and keep what is written', () => {
    const engine = new TestEngine();
    const HostConfig = { Binds: ['data:/etc'] };
    engine.run('one', ['put', '/etc/passwd', 'changed'], { HostConfig });
    engine.pass(1);
    const file = '/var/lib/docker/volumes/data/_data/passwd';
    expect(engine.machine.kernel.files.read(file)).toEqual({ ok: true, value: 'changed' });
    engine.run('two', ['has', '/etc/passwd'], {});
    engine.pass(1);
    const image = engine.ask('GET', '/containers/two/archive', { query: { path: '/etc/passwd' } }).body as Uint8Array;
    expect(new TextDecoder().decode(image)).toContain('root:x:0:0');
  });

  it('stay while a container has them, and go when they are pruned', () => {
    const engine = new TestEngine();
    engine.run('one', ['exit', '0'], { HostConfig: { Binds: ['data:/d'] } });
    engine.pass(1);
    expect(engine.ask('DELETE', '/volumes/data').status).toBe(409);
    engine.ask('DELETE', '/containers/one');
    expect(engine.ask('POST', '/volumes/prune').body).toMatchObject({ VolumesDeleted: [] });
    const all = { filters: '{"all":["true"]}' };
    expect(engine.ask('POST', '/volumes/prune', { query: all }).body).toMatchObject({ VolumesDeleted: ['data'] });
  });
});

describe('lists', () => {
  const names = (engine: TestEngine, filters: object) =>
    (
      engine.ask('GET', '/containers/json', { query: { all: '1', filters: JSON.stringify(filters) } }).body as {
        Names: string[];
      }[]
    ).map(({ Names }) => Names[0]);

  it('are filtered by what containers are', () => {
    const engine = new TestEngine();
    engine.run('one', ['exit', '3']);
    engine.run('two', ['sleep', '100'], { Labels: { a: 'b' }, HostConfig: { Binds: ['data:/d'] } });
    engine.run('three', ['sleep', '100'], { ExposedPorts: { '80/tcp': {} } });
    expect(names(engine, { exited: ['3'] })).toEqual(['/one']);
    expect(names(engine, { status: ['running'] })).toEqual(['/three', '/two']);
    expect(names(engine, { label: ['a=b'] })).toEqual(['/two']);
    expect(names(engine, { volume: ['data'] })).toEqual(['/two']);
    expect(names(engine, { expose: ['70-90'] })).toEqual(['/three']);
    expect(names(engine, { before: ['two'] })).toEqual(['/one']);
    expect(names(engine, { since: ['one'] })).toEqual(['/three', '/two']);
    expect(names(engine, { name: ['^t'] })).toEqual(['/three', '/two']);
    const wrong = engine.ask('GET', '/containers/json', { query: { filters: '{"foo":["x"]}' } });
    expect(wrong).toMatchObject({ status: 400, body: { message: "invalid filter 'foo'" } });
  });
});

it('a swarm is asked for in vain', () => {
  const engine = new TestEngine();
  for (const path of ['/services', '/nodes', '/swarm'])
    expect(engine.ask('GET', path)).toMatchObject({
      status: 503,
      body: { message: expect.stringContaining('This node is not a swarm manager.') },
    });
});

describe('a tmpfs', () => {
  it('is as its options say, and no mount of the container in inspect', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '9'], { HostConfig: { Tmpfs: { '/t': 'ro,mode=700' } } });
    const stat = engine.ask('HEAD', '/containers/box/archive', { query: { path: '/t' } }).body as { mode: number };
    expect(stat.mode % 0o10000).toBe(0o700);
    expect(engine.ask('GET', '/containers/box/json').body).toMatchObject({
      Mounts: [],
      HostConfig: { Tmpfs: { '/t': 'ro,mode=700' } },
    });
    expect(engine.container('box').mounts).toMatchObject([{ type: 'tmpfs', readOnly: true }]);
  });
});

describe('events', () => {
  it('are kept, and found by what they are about', () => {
    const engine = new TestEngine();
    engine.run('box', ['exit', '2'], { Labels: { team: 'blue' }, HostConfig: { Binds: ['data:/d'] } });
    engine.pass(1);
    const log = engine.daemon.events;
    const all = Array.from({ length: log.length }, (_, i) => log.at(i)).flatMap((event) => event ?? []);
    const found = (filters: Record<string, readonly string[]>) =>
      all.filter((event) => fitsEvent(event, new Map(Object.entries(filters)))).map(({ Action }) => Action);
    expect(found({ container: ['bo'] })).toEqual(['create', 'start', 'die']);
    expect(found({ label: ['team=blue'], event: ['die'] })).toEqual(['die']);
    expect(found({ type: ['volume'] })).toEqual(['create', 'mount', 'unmount']);
    expect(found({ image: ['small'], event: ['start'] })).toEqual(['start']);
  });
});
