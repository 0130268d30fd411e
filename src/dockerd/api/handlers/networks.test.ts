import { describe, expect, it } from 'vitest';
import { TestEngine } from '../../engine.fixture.ts';

const create = (engine: TestEngine, Name: string, more: object = {}) =>
  engine.ask('POST', '/networks/create', { body: { Name, ...more } });
const filtered = (filters: object) => ({ query: { filters: JSON.stringify(filters) } });
const names = (engine: TestEngine, filters: object) =>
  (engine.ask('GET', '/networks', filtered(filters)).body as { Name: string }[]).map(({ Name }) => Name).sort();

describe('a network is refused', () => {
  it.each([
    ['averyveryverylongname', 500, 'numerical result out of range'],
    ['br/lab', 500, 'invalid argument'],
    ['docker0', 403, /^cannot create network \w+ \(docker0\): conflicts with network \w+ \(docker0\): networks have/],
    ['lo', 500, 'existing interface lo is not a bridge'],
  ])('a bridge called %s', (bridge, status, message) => {
    const engine = new TestEngine();
    const answer = create(engine, 'lab', { Options: { 'com.docker.network.bridge.name': bridge } });
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
    expect(create(engine, 'next').status).toBe(201);
  });

  it('an MTU that no bridge can have', () => {
    const answer = create(new TestEngine(), 'lab', { Options: { 'com.docker.network.driver.mtu': '70000' } });
    expect(answer).toMatchObject({ status: 500, body: { message: 'invalid argument' } });
  });

  it.each([
    [{ ConfigOnly: true }, 501, /only keep a configuration/],
    [{ ConfigFrom: { Network: 'other' } }, 501, /only keep a configuration/],
    [{ Ingress: true }, 403, 'Ingress network can only be global scope network'],
    [{ EnableIPv4: false }, 400, 'IPv4 or IPv6 must be enabled'],
    [{ IPAM: { Driver: 'own' } }, 404, 'plugin "own" not found'],
  ])('that is %j', (request, status, message) => {
    const answer = create(new TestEngine(), 'lab', request);
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });

  it('a second subnet', () => {
    const answer = create(new TestEngine(), 'lab', {
      IPAM: { Config: [{ Subnet: '10.1.0.0/16' }, { Subnet: '10.2.0.0/16' }] },
    });
    expect(answer).toMatchObject({ status: 403, body: { message: "bridge driver doesn't support multiple subnets" } });
  });
});

describe('a list of networks', () => {
  it('is filtered by expressions, and refuses what a filter cannot be', () => {
    const engine = new TestEngine();
    create(engine, 'app');
    create(engine, 'app2');
    expect(names(engine, { name: ['^app$'] })).toEqual(['app']);
    expect(names(engine, { name: ['app'] })).toEqual(['app', 'app2']);
    expect(names(engine, { type: ['builtin'] })).toEqual(['bridge', 'host', 'none']);
    expect(names(engine, { dangling: ['true'] })).toEqual(['app', 'app2']);
    expect(names(engine, { dangling: ['0'] })).toEqual(['bridge', 'host', 'none']);
    expect(engine.ask('GET', '/networks', filtered({ type: ['own'] })).body).toEqual({
      message: "invalid filter: 'type'='own'",
    });
    expect(engine.ask('GET', '/networks', filtered({ dangling: ['maybe'] })).status).toBe(400);
  });
});

describe('a prune', () => {
  const pruned = (engine: TestEngine, filters: object) =>
    (engine.ask('POST', '/networks/prune', filtered(filters)).body as { NetworksDeleted: string[] | null })
      .NetworksDeleted;

  it('takes the networks that its filters let it take', () => {
    const engine = new TestEngine();
    create(engine, 'old', { Labels: { keep: 'yes' } });
    engine.pass(100);
    create(engine, 'new');
    expect(pruned(engine, { until: ['1h'] })).toBeNull();
    expect(pruned(engine, { label: ['nosuch'] })).toBeNull();
    expect(pruned(engine, { 'label!': ['keep'] })).toEqual(['new']);
    expect(pruned(engine, { until: ['50s'] })).toEqual(['old']);
    const wrong = engine.ask('POST', '/networks/prune', filtered({ until: ['yesterday'] }));
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('"yesterday"') } });
  });

  it('leaves networks of running containers alone, not those of stopped ones', () => {
    const engine = new TestEngine();
    for (const name of ['live', 'left']) {
      create(engine, name);
      engine.run(`on-${name}`, ['sleep', '1000'], { HostConfig: { NetworkMode: name } });
    }
    engine.ask('POST', '/containers/on-left/stop');
    expect(pruned(engine, {})).toEqual(['left']);
  });

  it('of containers looks at their age, too', () => {
    const engine = new TestEngine();
    engine.run('box', ['exit', '0']);
    engine.pass(10);
    const prune = (until: string) =>
      engine.ask('POST', '/containers/prune', filtered({ until: [until] })).body as { ContainersDeleted: unknown };
    expect(prune('24h').ContainersDeleted).toBeNull();
    expect(prune('5s').ContainersDeleted).toHaveLength(1);
  });
});

describe("a container on another one's network", () => {
  it.each([
    [{ Hostname: 'own' }, {}, 'hostname and the network mode'],
    [{}, { Dns: ['1.1.1.1'] }, 'dns and the network mode'],
    [{}, { ExtraHosts: ['a:1.2.3.4'] }, 'custom host-to-IP mapping and the network mode'],
    [{}, { PublishAllPorts: true }, 'port publishing and the container type network mode'],
    [{ ExposedPorts: { '80/tcp': {} } }, {}, 'port exposing and the container type network mode'],
  ])('cannot have %j %j', (config, host, conflict) => {
    const engine = new TestEngine();
    engine.run('box', ['sleep', '1000']);
    const answer = engine.ask('POST', '/containers/create', {
      query: { name: 'beside' },
      body: { Image: 'small', ...config, HostConfig: { NetworkMode: 'container:box', ...host } },
    });
    expect(answer).toMatchObject({ status: 400, body: { message: `conflicting options: ${conflict}` } });
  });
});

describe("an endpoint's device", () => {
  const IFNAME = 'com.docker.network.endpoint.ifname';
  const start = (engine: TestEngine, ...endpoints: readonly string[]) => {
    const EndpointsConfig = Object.fromEntries(
      endpoints.map((name, i) => [`net${i}`, { DriverOpts: name === '' ? {} : { [IFNAME]: name } }]),
    );
    for (const name of Object.keys(EndpointsConfig)) create(engine, name);
    const body = { Image: 'small', HostConfig: { NetworkMode: 'net0' }, NetworkingConfig: { EndpointsConfig } };
    engine.ask('POST', '/containers/create', { query: { name: 'box' }, body });
    return engine.ask('POST', '/containers/box/start');
  };

  it('has the name that the user gives it', () => {
    const engine = new TestEngine();
    expect(start(engine, 'lan0', '').status).toBe(204);
    const { netns } = engine.container('box').sandbox ?? {};
    expect(netns?.admin.links().map(({ name }) => name)).toEqual(['lo', 'lan0', 'eth0']);
  });

  it.each([
    [['lan0', 'lan0'], 'file exists'],
    [['averyveryverylongname'], 'numerical result out of range'],
    [['a/b'], 'invalid argument'],
  ])("can't be called %j", (given, message) => {
    expect(start(new TestEngine(), ...given)).toMatchObject({
      status: 500,
      body: { message: expect.stringContaining(message) },
    });
  });
});
