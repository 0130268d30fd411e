import { describe, expect, it } from 'vitest';
import { TestEngine } from '../../engine.fixture.ts';

const tags = (engine: TestEngine, query: Record<string, string> = {}) =>
  (engine.ask('GET', '/images/json', { query }).body as { RepoTags: string[] }[]).map(({ RepoTags }) => RepoTags);

describe('an image', () => {
  it('has as many names as it is given, and goes with the last', () => {
    const engine = new TestEngine();
    expect(engine.ask('POST', '/images/small/tag', { query: { repo: 'my/own', tag: '1' } }).status).toBe(201);
    expect(tags(engine)).toEqual([['my/own:1', 'small:latest']]);
    expect(tags(engine, { filters: '{"reference":["my/*"]}' })).toEqual([['my/own:1']]);
    expect(engine.ask('DELETE', '/images/small').body).toEqual([{ Untagged: 'small:latest' }]);
    const last = engine.ask('DELETE', '/images/my/own:1').body as object[];
    expect(last.map((each) => Object.keys(each)[0])).toEqual(['Untagged', 'Deleted', 'Deleted']);
    expect(tags(engine)).toEqual([]);
  });

  it('stays while a container uses it, unless it is forced', () => {
    const engine = new TestEngine();
    const { id } = engine.run('user', ['exit', '0']);
    engine.pass(1);
    expect(engine.ask('DELETE', '/images/small')).toMatchObject({
      status: 409,
      body: {
        message: expect.stringContaining(
          `unable to remove repository reference "small" (must force) - container ${id.slice(0, 12)} is using`,
        ),
      },
    });
    expect(engine.ask('DELETE', '/images/small', { query: { force: '1' } }).status).toBe(200);
    const [listed] = engine.ask('GET', '/containers/json', { query: { all: '1' } }).body as { Image: string }[];
    expect(listed?.Image).toMatch(/^sha256:/);
  });

  it('is named in no registry that this host reaches', () => {
    const engine = new TestEngine();
    expect(engine.ask('POST', '/images/create', { query: { fromImage: 'nosuch', tag: 'latest' } })).toMatchObject({
      status: 500,
      body: {
        message:
          'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 192.168.0.1:53: no such host',
      },
    });
  });

  it('is pruned when nobody uses it', () => {
    const engine = new TestEngine();
    expect(engine.ask('POST', '/images/prune').body).toEqual({ ImagesDeleted: null, SpaceReclaimed: 0 });
    const all = { filters: '{"dangling":["false"]}' };
    expect(engine.ask('POST', '/images/prune', { query: all }).body).toMatchObject({ SpaceReclaimed: 1000 });
    expect(tags(engine)).toEqual([]);
  });
});
