import { describe, expect, it } from 'vitest';
import type { LabView } from '../../../lab/view/lab-view.ts';
import { buildScene } from './build-scene.ts';
import { ViewBuilder } from './view.fixture.ts';

/** Which containers stand at which network, and in whose namespace. */
const roomsOf = (view: LabView) =>
  buildScene(view, 'plumbing').host?.networks.map(({ name, rooms }) => [
    name,
    ...rooms.map((room) => (room.guestOf === null ? room.name : `${room.name} in ${room.guestOf}`)),
  ]);

const withNetworks = () => new ViewBuilder().network('bridge').network('app');

describe('a container', () => {
  it('stands at its network while it is stopped, too', () => {
    const view = withNetworks()
      .container('web', { networks: ['app'], state: 'exited' })
      .build();
    expect(roomsOf(view)).toEqual([['bridge'], ['app', 'web']]);
  });

  it('that shares the network of another stands at the network where that one is', () => {
    const view = withNetworks()
      .container('guest', { networkMode: 'container:the-web' })
      .container('web', { name: 'the-web', networks: ['app'] })
      .container('second', { networkMode: 'container:guest' })
      .build();
    expect(roomsOf(view)).toEqual([['bridge'], ['app', 'guest in the-web', 'the-web', 'second in the-web']]);
  });

  it('whose network has gone with another is on none', () => {
    const view = withNetworks().container('guest', { networkMode: 'container:gone' }).build();
    expect(roomsOf(view)).toEqual([['bridge'], ['app'], ['none', 'guest']]);
  });
});
