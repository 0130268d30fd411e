import { describe, expect, it } from 'vitest';
import type { ProjectOutline } from '../../../lab/messages.ts';
import { buildScene } from './build-scene.ts';
import { ViewBuilder } from './view.fixture.ts';

type Service = ProjectOutline['services'][number];

const service = (name: string, rest: Partial<Service> = {}): Service => ({
  name,
  image: 'busybox',
  networks: ['default'],
  networkMode: null,
  ports: [],
  line: 1,
  ...rest,
});

const sceneOf = (services: readonly Service[], builder = new ViewBuilder().network('bridge')) =>
  buildScene(builder.build(), 'plumbing', {
    path: '/home/user/My.App/compose.yaml',
    outline: { services, networks: [] },
  });

describe('what an open compose file would make', () => {
  it('stands as ghosts on the network that compose would make', () => {
    const network = sceneOf([service('web'), service('db')]).host?.networks.at(-1);
    expect(network).toMatchObject({ name: 'myapp_default', planned: true });
    expect(network?.rooms.map(({ name, planned }) => [name, planned])).toEqual([
      ['web', true],
      ['db', true],
    ]);
  });

  it('stands on the default bridge or on the host where it says so', () => {
    const networks = sceneOf([service('a', { networkMode: 'bridge' }), service('b', { networkMode: 'host' })]).host
      ?.networks;
    expect(networks?.map(({ id, rooms }) => [id, rooms.map(({ name }) => name)])).toEqual([
      ['net:docker0', ['a']],
      ['net:host', ['b']],
    ]);
  });

  it('stands beside the service whose network it will share', () => {
    const modes = [
      service('proxy', { networkMode: 'service:web' }),
      service('web'),
      service('log', { networkMode: 'service:proxy' }),
    ];
    const network = sceneOf(modes).host?.networks.at(-1);
    expect(network?.name).toBe('myapp_default');
    expect(network?.rooms.map(({ name, guestOf }) => [name, guestOf])).toEqual([
      ['proxy', 'web'],
      ['web', null],
      ['log', 'web'],
    ]);
  });

  it('would open doors, but none that are open already, and no ranges', () => {
    const builder = new ViewBuilder().network('bridge').container('old', { networks: ['bridge'], ports: [[80, 80]] });
    const ports = ['80:8080', '1234:80', '127.0.0.1:53:53/udp', '9000-9002:9000-9002', '80'];
    const doors = sceneOf([service('web', { ports })], builder).host?.doors;
    expect(doors?.map(({ id, planned }) => [id, planned])).toEqual([
      ['door:0.0.0.0:80/tcp', false],
      ['door:0.0.0.0:1234/tcp', true],
      ['door:127.0.0.1:53/udp', true],
    ]);
  });

  it('is nothing where all of it is up', () => {
    expect(sceneOf([]).host?.networks.flatMap(({ rooms }) => rooms)).toEqual([]);
  });
});
