import { beforeAll, describe, expect, it } from 'vitest';
import { drawScene } from '../draw/draw-scene.ts';
import { layoutFor } from '../layout/layout-for.ts';
import { roughMeasure } from '../layout/measure.ts';
import { Slots } from '../layout/slots.ts';
import { Ways } from '../layout/ways.ts';
import { StoryLab } from '../playhead/story.fixture.ts';
import { outlineOf, type OutlineNode } from '../words/outline.ts';
import { CANVAS_WORDS } from '../words/words.ts';
import { buildScene } from './build-scene.ts';
import { deviceId } from './part-id.ts';
import type { Scene } from './scene.ts';

const lab = new StoryLab();
let scene: Scene;

beforeAll(() => {
  lab
    .run('docker network create -d macvlan --subnet 192.168.0.0/24 --gateway 192.168.0.1 -o parent=eth0 lan')
    .run('docker run -d --name one --network lan --ip 192.168.0.77 busybox sleep 1000')
    .run('docker run -d --name two --network lan --ip 192.168.0.78 busybox sleep 1000');
  scene = buildScene(lab.view, 'plumbing');
});

const network = () => scene.host?.networks.find(({ name }) => name === 'lan');
const idOf = (name: string) => Object.values(lab.view.containers).find((each) => each.name === name)?.id ?? '';

describe('a macvlan network in the picture', () => {
  it('has its containers at ports of the card that they share', () => {
    expect(network()).toMatchObject({
      kind: 'macvlan',
      bridge: { name: 'eth0', addresses: ['192.168.0.0/24'], up: true },
    });
    expect(network()?.rooms.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(network()?.bridge?.ports.map(({ number, peer, up }) => ({ number, peer, up }))).toEqual([
      { number: 1, peer: `${idOf('one')}/eth0`, up: true },
      { number: 2, peer: `${idOf('two')}/eth0`, up: true },
    ]);
  });

  it('is joined to the uplink by a line on which packets go', () => {
    const layout = layoutFor(scene, { width: 900, height: 600 }, new Slots());
    const ways = new Ways(layout);
    const uplink = deviceId('ubuntu/eth0');
    const way = ways.between(deviceId(`${idOf('one')}/eth0`), uplink) ?? [];
    const port = layout.spots.get(network()?.bridge?.ports[0]?.id ?? '');
    expect(port).toBeDefined();
    expect(way).toContainEqual(port);
    expect(way.at(-1)).toEqual(layout.spots.get(uplink));
    // Every piece of it is drawn straight across or down.
    for (let i = 1; i < way.length; i++) expect(way[i]?.x === way[i - 1]?.x || way[i]?.y === way[i - 1]?.y).toBe(true);
  });

  it.each([
    ['compose', 'macvlan  192.168.0.0/24'],
    ['plumbing', 'macvlan · eth0  192.168.0.0/24'],
  ] as const)('says what it is in the %s view', (depth, text) => {
    const shown = buildScene(lab.view, depth);
    const layout = layoutFor(shown, { width: 900, height: 600 }, new Slots());
    const shapes = drawScene({ scene: shown, layout, words: CANVAS_WORDS.en, measure: roughMeasure });
    expect(shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))).toContain(text);
  });

  it('is told in words, in both languages', () => {
    const texts = (nodes: readonly OutlineNode[]): string[] =>
      nodes.flatMap(({ text, children }) => [text, ...texts(children)]);
    expect(texts(outlineOf(scene, 'en'))).toContain('Network lan: macvlan on eth0, 192.168.0.0/24');
    expect(texts(outlineOf(scene, 'ja'))).toContain('ネットワーク lan: eth0 上の macvlan、192.168.0.0/24');
  });

  it('is gone when it is removed, and its containers with it', () => {
    lab.run('docker rm -f one two').run('docker network rm lan');
    expect(buildScene(lab.view, 'plumbing').host?.networks.map(({ name }) => name)).not.toContain('lan');
  });
});
