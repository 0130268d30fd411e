import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../base/bytes.ts';
import { emitTar, parseTar, type TarEntry } from '../../../base/tar.ts';
import { TestEngine } from '../../engine.fixture.ts';

const file = (name: string, text: string): TarEntry => ({
  name,
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  modified: 0,
  target: '',
  data: encodeUtf8(text),
});
const folder = (name: string): TarEntry => ({ ...file(name, ''), type: 'directory', mode: 0o755 });

const archive = (name: string, path: string) => [`/containers/${name}/archive`, { query: { path } }] as const;

function read(engine: TestEngine, name: string, path: string): Record<string, string> {
  const answer = engine.ask('GET', ...archive(name, path));
  const entries = parseTar(answer.body as Uint8Array);
  if (!entries.ok) throw new Error(entries.error);
  return Object.fromEntries(entries.value.map((entry) => [entry.name, decodeUtf8(entry.data)]));
}

function write(engine: TestEngine, name: string, path: string, entries: readonly TarEntry[]) {
  const [url, options] = archive(name, path);
  return engine.ask('PUT', url, { ...options, body: emitTar(entries) });
}

describe('an archive', () => {
  it('goes into a container and comes out of it, whether it runs or not', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    expect(write(engine, 'box', '/tmp', [folder('d/'), file('d/a', 'one')]).status).toBe(404);
    expect(write(engine, 'box', '/etc', [folder('d/'), file('d/a', 'one')]).status).toBe(200);
    expect(read(engine, 'box', '/etc/d')).toEqual({ 'd/': '', 'd/a': 'one' });
    expect(read(engine, 'box', '/etc/d/.')).toEqual({ './': '', './a': 'one' });
    engine.ask('POST', '/containers/box/stop');
    expect(write(engine, 'box', '/etc/d', [file('b', 'two')]).status).toBe(200);
    engine.ask('POST', '/containers/box/start');
    expect(read(engine, 'box', '/etc/d')).toEqual({ 'd/': '', 'd/a': 'one', 'd/b': 'two' });
  });

  it('makes the folders that its files are in', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    expect(write(engine, 'box', '/', [file('run/secrets/deep/a', 'one')]).status).toBe(200);
    expect(read(engine, 'box', '/run/secrets/deep')).toEqual({ 'deep/': '', 'deep/a': 'one' });
  });

  it('of a path that is not there, or into what is no folder', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    expect(engine.ask('GET', ...archive('box', '/nosuch'))).toMatchObject({
      status: 404,
      body: { message: 'Could not find the file /nosuch in container box' },
    });
    expect(write(engine, 'box', '/etc/passwd', [file('x', '')])).toMatchObject({
      status: 400,
      body: { message: 'extraction point is not a directory' },
    });
    expect(write(engine, 'box', '/', [file('etc', '')]).status).toBe(400);
  });

  it('does not go where a container may not write', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000'], { HostConfig: { ReadonlyRootfs: true, Binds: ['data:/d', 'data:/r:ro'] } });
    const refusal = (path: string) => (write(engine, 'box', path, [file('x', '')]).body ?? {}) as { message?: string };
    expect(refusal('/etc').message).toBe('container rootfs is marked read-only');
    expect(refusal('/r').message).toBe('mounted volume is marked read-only');
    expect(refusal('/d').message).toBeUndefined();
    expect(read(engine, 'box', '/r/x')).toEqual({ x: '' });
  });

  it('tells before what it would be', () => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    const stat = engine.ask('HEAD', ...archive('box', '/etc')).body as { name: string; mode: number };
    expect(stat.name).toBe('etc');
    expect(Math.floor(stat.mode / 2 ** 31)).toBe(1);
  });
});

it('changes are what the container itself did, not what the engine mounts into it', () => {
  const engine = new TestEngine();
  engine.run('box', ['sleep', '1000'], { HostConfig: { Binds: ['data:/d'] } });
  write(engine, 'box', '/etc', [file('new', 'x')]);
  write(engine, 'box', '/d', [file('unseen', 'x')]);
  expect(engine.ask('GET', '/containers/box/changes').body).toEqual([
    { Path: '/d', Kind: 1 },
    { Path: '/etc', Kind: 0 },
    { Path: '/etc/new', Kind: 1 },
  ]);
  const sized = engine.ask('GET', '/containers/box/json', { query: { size: '1' } }).body;
  expect(sized).toMatchObject({ SizeRw: 1, SizeRootFs: 1001 });
});
